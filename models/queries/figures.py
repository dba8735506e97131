"""Every figure is a filter over the laid-out units: counted in one pass, listed by the same words (1.7).

`figure_unit` and `figure_act` are laid out before (models.actions.figure_units, figure_acts, or a frozen month's).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.rules.figures import DECLARED

R, N = "population = 'R'", "population = 'N'"
HELD = f"{N} AND NOT removed"
OPEN = f"{HELD} AND NOT declared"
CONDITIONS = {
    "r": R,
    "r_declared": f"{R} AND declared",
    "r_pending": f"{R} AND pending",
    "r_undeclared": f"{R} AND NOT declared AND NOT pending",
    "r_unsure": f"{R} AND unsure",
    "r_own": f"{R} AND own_on IS NOT NULL",
    "b": f"{N} AND based",
    "a": f"{N} AND NOT based",
    "x": f"{N} AND removed",
    "n": HELD,
    "d": f"{HELD} AND declared",
    "p": f"{HELD} AND pending",
    "u": OPEN,
    "undeclared": f"{OPEN} AND NOT pending",
    "own": f"{HELD} AND own_on IS NOT NULL",
    "unsure": f"{HELD} AND unsure",
    "recheck": f"{HELD} AND NOT in_r",
}
WORDS = {
    "sector": f"{R} AND sector = :{{at}}",
    "borderline": f"{R} AND borderline = :{{at}}",
    "extra": "population = 'E' AND extra = :{at}",
}
INDICATOR = f"{R} AND :{{at}} = ANY(indicators)"
ACTS = ("work", "cause")
# All that the conditions look at: thousands of rows, whatever the city.
KEYS = "population, county, based, removed, in_r, declared, pending, unsure, sector, borderline, extra, indicators"
CUBE = f"""
    CREATE TEMP TABLE figure_cube ON COMMIT DROP AS
    SELECT {KEYS}, min(own_on) AS own_on, count(*)::int AS units FROM figure_unit
    GROUP BY {KEYS}, own_on IS NOT NULL"""
ORDER = "county, work_order NULLS LAST, name, credit_code, employer_id"


@dataclass
class Filters:
    """Conditions by key, with the words they are asked with."""

    conditions: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)

    def add(self, key: str) -> None:
        self.conditions[key] = self._condition(key)

    def _condition(self, key: str) -> str:
        if key.endswith(DECLARED):
            return f"{self._condition(key.removesuffix(DECLARED))} AND declared"
        if key in CONDITIONS:
            return CONDITIONS[key]
        kind, _, word = key.partition(":")
        at = f"w{len(self.given)}"
        self.given[at] = word or kind
        return (WORDS[kind] if word else INDICATOR).format(at=at)


def figure_keys(campaign: Campaign) -> list[str]:
    """Every key that counts units, in the order of the table."""
    slices = [indicator.key for indicator in campaign.indicators]
    slices += [f"sector:{sector.key}" for sector in campaign.sectors]
    slices += [f"borderline:{group.name}" for sector in campaign.sectors for group in sector.borderline]
    slices += dict.fromkeys(f"extra:{extra.name}" for extra in campaign.extras)
    return [*CONDITIONS, *(part for key in slices for part in (key, f"{key}{DECLARED}"))]


def lay_cube(db: Session) -> None:
    """Count the laid-out units once, by everything a figure asks for."""
    db.execute(text("DROP TABLE IF EXISTS pg_temp.figure_cube"))
    db.execute(text(CUBE))


def counts(db: Session, campaign: Campaign) -> dict[str, dict[str, int]]:
    """County → key → units: every figure of the table in one pass over the small cube."""
    filters = Filters()
    for key in figure_keys(campaign):
        filters.add(key)
    columns = [
        f"coalesce(sum(units) FILTER (WHERE {condition}), 0)::int AS c{at}"
        for at, condition in enumerate(filters.conditions.values())
    ]
    statement = f"SELECT county, {', '.join(columns)} FROM figure_cube GROUP BY county"
    found = db.execute(text(statement), filters.given)
    return {row[0]: dict(zip(filters.conditions, row[1:], strict=True)) for row in found}


def act_counts(db: Session) -> dict[str, dict[str, int]]:
    """County → key → acts, or units reached or changed."""
    found: dict[str, dict[str, int]] = {}
    statement = "SELECT county, kind, count(*)::int AS acts FROM figure_act GROUP BY county, kind"
    for row in db.execute(text(statement)):
        found.setdefault(row.county, {})[row.kind] = row.acts
    return found


class Done(NamedTuple):
    acts: int = 0
    units: int = 0


def acts_between(db: Session, first: date, last: date, *, county: str | None = None) -> dict[str, Done]:
    """Key → acts of those days and the units they reached. Where a unit counts once, by the first day it was reached."""
    statement = """
        SELECT kind, count(*)::int AS acts, count(DISTINCT employer_id)::int AS units FROM figure_act
        WHERE done_on BETWEEN :first AND :last AND (CAST(:county AS text) IS NULL OR county = :county)
        GROUP BY kind"""
    found = db.execute(text(statement), {"first": first, "last": last, "county": county})
    return {row.kind: Done(row.acts, row.units) for row in found}


def members(
    db: Session,
    key: str,
    *,
    county: str | None = None,
    also: str = "true",
    given: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """The units behind a printed integer, in the order of work. `also`: a further condition, as of a breakdown."""
    filters = Filters()
    filters.add(key)
    statement = f"""SELECT * FROM figure_unit WHERE {filters.conditions[key]} AND ({also})
        AND (CAST(:county AS text) IS NULL OR county = :county) ORDER BY {ORDER}"""
    found = db.execute(text(statement), {"county": county} | filters.given | dict(given or {}))
    return [dict(row) for row in found.mappings()]


def acts(db: Session, key: str, *, county: str | None = None) -> list[dict[str, Any]]:
    """The acts behind a figure of work, or the units behind a cause, with the unit's name as laid out."""
    statement = """
        SELECT a.kind, a.county, a.act, a.employer_id, a.done_on, u.name, u.credit_code
        FROM figure_act a LEFT JOIN (
            SELECT DISTINCT ON (employer_id) employer_id, name, credit_code FROM figure_unit
            ORDER BY employer_id, population) u ON u.employer_id = a.employer_id
        WHERE a.kind = :kind AND (CAST(:county AS text) IS NULL OR a.county = :county)
        ORDER BY a.county, a.done_on, a.employer_id, a.act"""
    found = db.execute(text(statement), {"kind": key, "county": county})
    return [dict(row) for row in found.mappings()]


def is_act(key: str) -> bool:
    return key.partition(":")[0] in ACTS


def laid_rows(db: Session, columns: str) -> Iterator[dict[str, Any]]:
    """Every unit with some of its columns, for whoever draws samples or writes files from them."""
    statement = f"SELECT {columns} FROM figure_unit ORDER BY population, {ORDER}"
    for row in db.execute(text(statement)).yield_per(10_000).mappings():
        yield dict(row)


def units_rows(db: Session, campaign: Campaign, unit: int) -> list[dict[str, Any]]:
    """Every row that counts the unit, with the keys of all figures the row is part of."""
    filters = Filters()
    for key in figure_keys(campaign):
        filters.add(key)
    flags = ", ".join(f"coalesce({one}, false)" for one in filters.conditions.values())
    statement = f"""SELECT *, ARRAY[{flags}] AS flags FROM figure_unit
        WHERE :unit IN (employer_id, unit) ORDER BY population, county, employer_id"""
    rows = []
    for row in map(dict, db.execute(text(statement), {"unit": unit} | filters.given).mappings()):
        flags = row.pop("flags")
        counted = [key for key, holds in zip(filters.conditions, flags, strict=True) if holds]
        rows.append(row | {"figures": counted})
    return rows
