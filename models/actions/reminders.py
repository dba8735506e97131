"""The writes of one tick: the day, its digests, the rungs they claim (C30)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.reminder import Digest, Reminder, Tick
from models.rules.ladder import Step


def begin_tick(db: Session, campaign: Campaign, day: date) -> bool:
    """False: the day was ticked before. Two at once: the second waits for the first, and then reads False."""
    made = upsert(Tick).on_conflict_do_nothing().returning(Tick.day)
    return db.scalar(made, {"campaign": campaign.key, "day": day}) is not None


def write_digests(
    db: Session, campaign: Campaign, day: date, contents: Mapping[str, dict[str, Any]]
) -> dict[str, int]:
    """Office → number of its digest of the day; a second one of the same day breaks the unique key."""
    if not contents:
        return {}
    rows = [
        {"campaign": campaign.key, "office": office, "day": day, "content": content}
        for office, content in contents.items()
    ]
    made = db.execute(insert(Digest).returning(Digest.office, Digest.id), rows)
    return {office: number for office, number in made}


def claim_rungs(db: Session, claims: Iterable[tuple[int, int, Step]]) -> None:
    """(digest, obligation, step): whoever inserts a rung sends it; one claimed before undoes the whole tick."""
    rows = [
        {
            "digest_id": digest,
            "obligation_id": obligation,
            "course": step.rung.course,
            "rung": step.rung.days,
            "planned_on": step.on,
        }
        for digest, obligation, step in claims
    ]
    if rows:
        db.execute(insert(Reminder), rows)
