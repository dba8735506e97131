"""The figures by any property of the units: sector, size, town, industry, hazard class … (C17, C19, C20, C23).

A property of one value a unit adds up to the table of the counties; one of several (programmes, hazard classes,
indicators) counts a unit under each, and says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.queries.figures import CONDITIONS, ORDER
from models.rules.rate import Rate

NONE = ""  # the value of units that have none
COUNTED = ("r", "r_declared", "n", "d", "p", "u", "undeclared", "x")


@dataclass(frozen=True)
class Dimension:
    """`value` of a unit, or the rows that `several` joins to it."""

    title: str
    value: str
    several: str = ""


def _each(column: str, name: str) -> str:
    return f"LEFT JOIN LATERAL unnest({column}) AS {name}(one) ON true"


DIMENSIONS = {
    "sector": Dimension("严重行业", "sector"),
    "risk": Dimension("风险分类", "risk"),
    "size": Dimension("企业规模", "size"),
    "town": Dimension("乡镇（街道）", "town"),
    "industry": Dimension("行业大类", "left(industry, 2)"),
    "group": Dimension("企业集团", "group_key"),
    "ownership": Dimension("所有制", "ownership"),
    "park": Dimension("园区", "park"),
    "rung": Dimension("工作阶梯", "rung::text"),
    "reason": Dimension("未申报原因", "reason"),
    "hazard": Dimension("危害因素类别", "h.class", "LEFT JOIN figure_hazard h ON h.hazards = u.hazards"),
    "department": Dimension(
        "行业主管部门", "m.department", "LEFT JOIN figure_department m ON m.industry = u.industry"
    ),
    "programme": Dimension("专项名单", "p.one", _each("u.programmes", "p")),
    "indicator": Dimension("考核指标", "i.one", _each("u.indicators", "i")),
}


@dataclass(frozen=True)
class Cell:
    """One value of the property in one county (None: the city)."""

    county: str | None
    value: str
    counts: Mapping[str, int]

    @property
    def r_rate(self) -> Rate:
        return Rate(self.counts["r_declared"], self.counts["r"])

    @property
    def done(self) -> Rate:
        return Rate(self.counts["d"], self.counts["n"])

    def as_row(self) -> dict[str, Any]:
        rates = {"r_rate": str(self.r_rate), "done": str(self.done)}
        return {"county": self.county, "value": self.value} | dict(self.counts) | rates


def breakdown(db: Session, dimension: str, *, county: str | None = None) -> list[Cell]:
    """Counted in one pass by county and value, and by value for the city."""
    asked = DIMENSIONS[dimension]
    value = f"coalesce({asked.value}, '{NONE}')"
    columns = [f"count(*) FILTER (WHERE {CONDITIONS[key]})::int AS {key}" for key in COUNTED]
    statement = f"""
        SELECT grouping(u.county) = 1 AS whole, u.county, {value} AS value, {", ".join(columns)}
        FROM figure_unit u {asked.several} WHERE population <> 'E'
        GROUP BY GROUPING SETS ((u.county, {value}), ({value}))
        ORDER BY grouping(u.county) DESC, u.county, value"""
    cells = [
        Cell(None if row.whole else row.county, row.value, {key: getattr(row, key) for key in COUNTED})
        for row in db.execute(text(statement))
    ]
    return [cell for cell in cells if cell.county == county] if county is not None else cells


def broken_down(
    db: Session, dimension: str, value: str, key: str, *, county: str | None = None
) -> list[dict[str, Any]]:
    """The units behind one integer of a breakdown."""
    asked = DIMENSIONS[dimension]
    statement = f"""
        SELECT u.* FROM figure_unit u {asked.several}
        WHERE {CONDITIONS[key]} AND coalesce({asked.value}, '{NONE}') = :value
        AND (CAST(:county AS text) IS NULL OR u.county = :county) ORDER BY {ORDER.replace("county", "u.county")}"""
    found = db.execute(text(statement), {"value": value, "county": county})
    return [dict(row) for row in found.mappings()]


GROUPS = f"""
    SELECT u.group_key, max(head.name) AS name, count(*) FILTER (WHERE {CONDITIONS["r"]})::int AS r,
        count(*) FILTER (WHERE {CONDITIONS["r_declared"]})::int AS r_declared,
        count(*) FILTER (WHERE {CONDITIONS["n"]})::int AS n, count(*) FILTER (WHERE {CONDITIONS["d"]})::int AS d
    FROM figure_unit u
    LEFT JOIN LATERAL (
        SELECT h.name FROM employer h
        WHERE h.credit_code = u.group_key AND h.merged_into IS NULL AND h.ended_at IS NULL
            AND coalesce(h.branch_part, '') = '' AND NOT coalesce(h.is_branch, false)
        ORDER BY h.name_key LIMIT 1) AS head ON true
    WHERE u.group_key IS NOT NULL AND u.population <> 'E' GROUP BY u.group_key
    HAVING count(*) FILTER (WHERE {CONDITIONS["r"]}) > 1
    ORDER BY count(*) FILTER (WHERE {CONDITIONS["r"]} AND NOT declared) DESC, 3 DESC, 1"""


def group_lines(db: Session) -> list[dict[str, Any]]:
    """Groups with more than one unit of R, the biggest gap first (C23: 2 of 3 shown)."""
    return [dict(row) for row in db.execute(text(GROUPS)).mappings()]
