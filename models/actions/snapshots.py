"""Freeze a county's list of undeclared targets: 下发清单 or 基线 (1.7). Nothing frozen is ever changed."""

from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.event import Event
from models.target import Snapshot, SnapshotKind


def freeze(
    db: Session,
    campaign: Campaign,
    kind: SnapshotKind,
    county: str,
    *,
    sha256: str,
    as_of: date,
    known_at: datetime,
    by: str,
    reason: str | None,
) -> Snapshot:
    """Store the members laid out in the temporary table `member_new` for good."""
    members = db.scalar(text("SELECT count(*) FROM member_new")) or 0
    frozen = Snapshot(campaign=campaign.key, kind=kind, county=county, as_of=as_of, known_at=known_at)
    frozen.members, frozen.sha256, frozen.by, frozen.reason = members, sha256, by, reason
    db.add(frozen)
    db.flush()
    db.execute(
        text("INSERT INTO snapshot_member SELECT :id, employer_id, facts FROM member_new"), {"id": frozen.id}
    )
    detail = {"county": county, "as_of": as_of.isoformat(), "members": members, "sha256": sha256}
    db.add(
        Event(
            act=f"target.freeze.{kind}",
            subject=f"snapshot:{frozen.id}",
            by=by,
            detail=detail | {"reason": reason},
        )
    )
    db.flush()
    return frozen
