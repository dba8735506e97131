"""The table of all counties, summed from the small cube that `targets compute` leaves behind (C08, C22)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.targets import UNKNOWN_COUNTY, stored_day
from models.rules.rate import rate
from models.rules.targets import Rule

UNKNOWN, OUTSIDE, ALL = "县区不明", "外市", "合计"


@dataclass
class Slice:
    """A part of R: how many units, how many of them declared."""

    units: int = 0
    declared: int = 0

    def add(self, units: int, declared: int) -> None:
        self.units += units
        self.declared += declared


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
    rules: dict[str, int] = field(default_factory=dict)
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

    @property
    def rate(self) -> str:
        return rate(self.declared, self.r)

    def as_row(self) -> dict[str, Any]:
        """Everything by its name, for a table or as JSON."""
        worked_out = {"undeclared": self.undeclared, "targets": self.targets, "rate": self.rate}
        return asdict(self) | worked_out


# the cube is read once and summed along every dimension of the table
SLICES = """
    WITH cube AS MATERIALIZED (SELECT * FROM target_total WHERE campaign = :campaign),
    shown AS (
        SELECT county, 'rule' AS part, rule AS key, units, declared, pending, unsure FROM cube
        UNION ALL SELECT county, 'r', '', units, declared, pending, unsure FROM cube WHERE in_r
        UNION ALL SELECT county, 'indicators', unnest(indicators), units, declared, pending, unsure FROM cube WHERE in_r
        UNION ALL SELECT county, 'sectors', sector, units, declared, pending, unsure FROM cube WHERE in_r
        UNION ALL SELECT county, 'borderline', borderline, units, declared, pending, unsure FROM cube WHERE in_r
        UNION ALL SELECT county, 'extras', extra, units, declared, pending, unsure FROM cube WHERE rule = :extra
    )
    SELECT county, part, key, sum(units)::int AS units,
        coalesce(sum(units) FILTER (WHERE declared), 0)::int AS declared,
        coalesce(sum(units) FILTER (WHERE pending), 0)::int AS pending,
        coalesce(sum(units) FILTER (WHERE unsure), 0)::int AS unsure
    FROM shown WHERE key IS NOT NULL GROUP BY county, part, key"""


def county_totals(db: Session, campaign: Campaign, *, county: str | None = None) -> list[CountyTotal]:
    """Every county of the campaign, the units whose county is unknown or another city's, and their sum."""
    day = stored_day(db, campaign)
    counties = campaign.names_on(day) if day else campaign.county_names
    names = counties | {UNKNOWN_COUNTY: UNKNOWN, OUTSIDE: OUTSIDE}
    lines = {code: _line(campaign, code, name) for code, name in names.items()}
    whole = _line(campaign, ALL, ALL)
    for part in db.execute(text(SLICES), {"campaign": campaign.key, "extra": Rule.EXTRA}):
        for line in (lines.get(part.county, lines[OUTSIDE]), whole):
            _add(line, part)
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


def _add(line: CountyTotal, part: Row[Any]) -> None:
    if part.part == "rule":
        line.units += part.units
        line.rules[part.key] = line.rules.get(part.key, 0) + part.units
    elif part.part == "r":
        line.r += part.units
        line.declared += part.declared
        line.pending += part.pending
        line.unsure += part.unsure
    else:
        getattr(line, part.part).setdefault(part.key, Slice()).add(part.units, part.declared)
