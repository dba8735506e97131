"""Where every county stands with its list (C25): the city sees who has not returned."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.database import session
from models.queries.obligations import obligation_standings
from models.queries.snapshots import snapshots
from models.queries.transfers import transfers
from models.queries.verification import findings, progress, returns, rounds
from models.rules.obligations import State
from models.target import SnapshotKind
from models.verification import RoundKind
from tasks.verification.issue import KEY


@dataclass
class CountyStatus:
    """One county's line. `round` is None before anything was issued; `done` of `asked` units are answered."""

    county: str
    name: str
    round: int | None = None
    issued_on: date | None = None
    asked: int = 0
    done: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    returned_files: int = 0
    refused_rows: int = 0  # of the newest file
    transfers_waiting: int = 0  # offered by or to the county, not yet answered
    due: date | None = None
    state: str = State.OPEN
    returned_on: date | None = None
    late_days: int = 0
    accepted: bool = False
    baseline: int | None = None
    baseline_on: date | None = None

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


def status(campaign: Campaign, as_of: date, *, county: str | None = None) -> list[CountyStatus]:
    lines = {one.code: CountyStatus(one.code, one.name) for one in campaign.counties}
    with session() as db:
        _add_rounds(db, campaign, as_of, lines)
        _add_answers(db, campaign, as_of, lines)
        _add_state(db, campaign, as_of, lines)
    return [line for line in lines.values() if county in (None, line.county)]


def _add_rounds(db: Session, campaign: Campaign, as_of: date, lines: dict[str, CountyStatus]) -> None:
    for one in rounds(db, campaign, as_of=as_of, kind=RoundKind.FULL):
        lines[one.county].round, lines[one.county].issued_on = one.number, one.issued_on
    for file in returns(db, campaign, as_of=as_of):
        line = lines[file.county]
        line.returned_files, line.refused_rows = line.returned_files + 1, file.refused


def _add_answers(db: Session, campaign: Campaign, as_of: date, lines: dict[str, CountyStatus]) -> None:
    for (code, key), counted in progress(db, campaign, as_of).items():
        if key == KEY:
            lines[code].asked, lines[code].done = counted["asked"], counted["done"]
    for code, counts in findings(db, campaign, as_of).items():
        lines[code].findings = counts
    for offer in transfers(db, campaign, as_of):
        if offer["answer"] is None:
            lines[offer["from_county"]].transfers_waiting += 1
            lines[offer["to_county"]].transfers_waiting += 1


def _add_state(db: Session, campaign: Campaign, as_of: date, lines: dict[str, CountyStatus]) -> None:
    for standing in obligation_standings(db, campaign, as_of):
        if standing.key == KEY and (line := lines.get(standing.county)):
            line.due, line.state = standing.due, standing.state
            line.returned_on, line.late_days = standing.returned_on, standing.late_days
            line.accepted = standing.state == State.ACCEPTED
    for frozen in snapshots(db, campaign, kind=SnapshotKind.BASELINE):
        if frozen.as_of <= as_of and (line := lines.get(frozen.county)):
            line.baseline, line.baseline_on = frozen.id, frozen.as_of
