"""Send the frozen lists to the counties: a round and its workbook each (C25)."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from models.actions.obligations import open_obligations
from models.actions.verification import open_round
from models.campaign import Campaign
from models.database import writing
from models.errors import RuleRefused
from models.obligation import ObligationKind
from models.queries.snapshots import frozen_members, snapshots
from models.queries.transfers import taken
from models.queries.verification import verdicts_in_force
from models.target import Snapshot, SnapshotKind
from models.verification import RoundKind
from tasks.verification.book import write_book
from tasks.verification.units import unit_rows

KEY = str(ObligationKind.VERIFICATION)


def issue(campaign: Campaign, as_of: date, out: Path, *, by: str, county: str | None = None) -> list[Path]:
    """A round for every county, or one. The frozen list must be there; a later round shows the verdicts in force.

    A round is stored only with its workbook written: a run that is killed leaves no round nobody received.
    """
    wanted = [county] if county else [one.code for one in campaign.counties_on(as_of)]
    with writing() as db:
        open_obligations(db, campaign, as_of)
        frozen = {one: _issued(db, campaign, one, as_of) for one in wanted}
        moved = taken(db, campaign, as_of)
        return [_issue_one(db, campaign, as_of, out, frozen[one], moved, by) for one in wanted]


def _issue_one(
    db: Session,
    campaign: Campaign,
    as_of: date,
    out: Path,
    frozen: Snapshot,
    moved: dict[int, str],
    by: str,
) -> Path:
    county = frozen.county
    facts = dict(frozen_members(db, frozen))
    numbers = [*facts, *(unit for unit, to in moved.items() if to == county)]
    units = unit_rows(db, numbers, facts, gone={unit for unit, to in moved.items() if to != county})
    members = [unit["unit"] for unit in units]
    asked = open_round(
        db,
        campaign,
        county,
        RoundKind.FULL,
        obligation=KEY,
        snapshot_id=frozen.id,
        members=members,
        on=as_of,
        by=by,
    )
    verdicts = verdicts_in_force(db, campaign, as_of, county=county)
    return write_book(db, campaign, asked, units, verdicts, out, as_of, sha256=frozen.sha256)


def _issued(db: Session, campaign: Campaign, county: str, as_of: date) -> Snapshot:
    found = snapshots(db, campaign, county=county, kind=SnapshotKind.ISSUED)
    if not found:
        name = campaign.county_names[county]
        raise RuleRefused(
            "E1285", f"{name}还没有冻结下发清单，先运行 yingbao targets freeze --kind issued，再下发核对表。"
        )
    if as_of < found[0].as_of:
        raise RuleRefused("E1285", f"下发日 {as_of} 早于下发清单的日期 {found[0].as_of}。")
    return found[0]
