"""Units reported as stopped too long are asked about again every month (C09, C25)."""

from collections import defaultdict
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from models.actions.obligations import open_obligations
from models.actions.verification import open_round
from models.campaign import Campaign
from models.database import writing
from models.queries.snapshots import frozen_members, snapshots
from models.queries.transfers import taken
from models.queries.verification import rounds, verdicts_in_force
from models.rules.duties import Duty, monthly_duties
from models.target import SnapshotKind
from models.verification import Finding, RoundKind
from tasks.verification.book import write_book
from tasks.verification.units import unit_rows


def issue_rechecks(campaign: Campaign, as_of: date, out: Path, *, by: str) -> list[Path]:
    """A round for every county with such units, under the monthly obligation that the day's month answers.

    Run again in the same month, it asks nobody twice; outside the campaign's months it asks nobody.
    """
    duty = monthly_duty(campaign, as_of)
    if duty is None:
        return []
    with writing() as db:
        open_obligations(db, campaign, as_of)
        asked = {
            one.county for one in rounds(db, campaign, kind=RoundKind.RECHECK) if one.obligation == duty.key
        }
        stopped = _stopped(db, campaign, as_of)
        return [
            _issue_one(db, campaign, as_of, out, county, stopped[county], duty, by)
            for county in sorted(stopped)
            if county not in asked
        ]


def monthly_duty(campaign: Campaign, as_of: date) -> Duty | None:
    """The month before is answered in this one."""
    first = as_of.replace(day=1)
    return next((duty for duty in monthly_duties(campaign) if duty.opens == first), None)


def _stopped(db: Session, campaign: Campaign, as_of: date) -> dict[str, list[int]]:
    """County that answers for it now → units whose verdict in force is 停产 beyond the limit."""
    moved = taken(db, campaign, as_of)
    units = defaultdict(list)
    for unit, verdict in verdicts_in_force(db, campaign, as_of).items():
        if verdict["finding"] == Finding.STOPPED_LONG:
            units[moved.get(unit, verdict["county"])].append(unit)
    return units


def _issue_one(
    db: Session,
    campaign: Campaign,
    as_of: date,
    out: Path,
    county: str,
    stopped: list[int],
    duty: Duty,
    by: str,
) -> Path:
    issued = snapshots(db, campaign, kind=SnapshotKind.ISSUED)
    frozen = {unit: facts for one in issued for unit, facts in frozen_members(db, one) if unit in stopped}
    units = unit_rows(db, stopped, frozen)
    members = [unit["unit"] for unit in units]
    asked = open_round(
        db,
        campaign,
        county,
        RoundKind.RECHECK,
        obligation=duty.key,
        snapshot_id=None,
        members=members,
        on=as_of,
        by=by,
    )
    verdicts = verdicts_in_force(db, campaign, as_of)
    return write_book(db, campaign, asked, units, verdicts, out, as_of)
