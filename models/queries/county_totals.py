"""The table of all counties, summed from the small cube that `targets compute` leaves behind (C08, C22)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.targets import UNKNOWN_COUNTY
from models.rules.targets import Rule
from models.target import TargetTotal

UNKNOWN, OUTSIDE, ALL = "县区不明", "外市", "合计"


@dataclass
class Slice:
    """A part of R: how many units, how many of them declared."""

    units: int = 0
    declared: int = 0

    def add(self, units: int, declared: bool) -> None:
        self.units += units
        self.declared += units if declared else 0


@dataclass
class CountyTotal:
    """One line of the table. r = declared + pending + undeclared; unsure units are among those not declared."""

    county: str
    name: str
    units: int = 0  # all units, in or out
    r: int = 0
    declared: int = 0
    pending: int = 0
    unsure: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    indicators: dict[str, Slice] = field(default_factory=dict)
    sectors: dict[str, Slice] = field(default_factory=dict)
    borderline: dict[str, Slice] = field(default_factory=dict)
    extras: dict[str, Slice] = field(default_factory=dict)

    @property
    def undeclared(self) -> int:
        return self.r - self.declared - self.pending

    @property
    def targets(self) -> int:
        """申报目标: all of R without a standing approval."""
        return self.r - self.declared


def county_totals(db: Session, campaign: Campaign, *, county: str | None = None) -> list[CountyTotal]:
    """Every county of the campaign, the units whose county is unknown or another city's, and their sum."""
    names = {one.code: one.name for one in campaign.counties} | {UNKNOWN_COUNTY: UNKNOWN, OUTSIDE: OUTSIDE}
    lines = {code: _line(campaign, code, name) for code, name in names.items()}
    whole = _line(campaign, "", ALL)
    # the columns, not the objects: no identity map for thousands of rows
    cells = select(TargetTotal.__table__).where(TargetTotal.campaign == campaign.key)
    for cell in db.execute(cells):
        for line in (lines.get(cell.county, lines[OUTSIDE]), whole):
            _add(line, cell)
    if county is not None:
        return [lines[county]]
    return [*lines.values(), whole]


def _line(campaign: Campaign, county: str, name: str) -> CountyTotal:
    return CountyTotal(
        county,
        name,
        indicators=_slices(indicator.key for indicator in campaign.indicators),
        sectors=_slices(sector.key for sector in campaign.sectors),
        borderline=_slices(group.name for sector in campaign.sectors for group in sector.borderline),
        extras=_slices(extra.name for extra in campaign.extras),
    )


def _slices(keys: Iterable[str]) -> dict[str, Slice]:
    return {key: Slice() for key in keys}


def _add(line: CountyTotal, cell: Row[tuple[object, ...]]) -> None:
    line.units += cell.units
    line.rules[cell.rule] += cell.units
    if cell.rule == Rule.EXTRA:
        line.extras.setdefault(cell.extra, Slice()).add(cell.units, cell.declared)
    if not cell.in_r:
        return
    line.r += cell.units
    line.declared += cell.units if cell.declared else 0
    line.pending += cell.units if cell.pending else 0
    line.unsure += cell.units if cell.unsure else 0
    for key in cell.indicators:
        line.indicators[key].add(cell.units, cell.declared)
    if cell.sector:
        line.sectors[cell.sector].add(cell.units, cell.declared)
    if cell.borderline:
        line.borderline[cell.borderline].add(cell.units, cell.declared)
