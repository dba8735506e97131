"""The list of contacts (C31): a line per county, in xlsx, xls, ods or csv."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from models.rules.headers import Aliases, build_aliases, find_header
from tasks.reading import refusals
from tasks.reading.limits import Limits
from tasks.reading.rows import filled
from tasks.reading.table import Body, Grid, Plan
from tasks.reading.tables import DEFAULTS, bodies, shown

KIND, TITLE = "contacts", "联系人名单"
HEADINGS = {
    "county": ("县区", "县(区)", "所在县区", "所在县（区）", "单位", "县区名称"),
    "name": ("姓名", "联系人", "联系人姓名", "责任人"),
    "phone": ("电话", "联系电话", "手机", "手机号", "手机号码", "办公电话"),
    "mail": ("邮箱", "电子邮箱", "邮件", "邮箱地址"),
    "bot": ("机器人地址", "群机器人", "机器人", "群机器人地址", "webhook"),
}


class ContactRow(NamedTuple):
    row_no: int
    county: str | None
    name: str | None
    phone: str | None
    mail: str | None
    bot: str | None


def read_contacts(path: Path, limits: Limits = DEFAULTS) -> list[ContactRow]:
    """The rows of every sheet with a column 县区 and a column 姓名."""
    seen: list[Grid] = []

    def choose(grid: Grid) -> Plan | None:
        seen.append(grid)
        return _plan(grid)

    rows = [row for body in bodies(path, limits, choose) for row in _rows(body)]
    if not any(map(shown, seen)):
        raise refusals.empty(path.name)
    if not rows:
        raise refusals.no_header(path.name, TITLE, ["县区", "姓名"], shown(seen[0]))
    return rows


@cache
def _aliases() -> Aliases:
    rows = [(field, alias, KIND, 1) for field, names in HEADINGS.items() for alias in names]
    return build_aliases(rows, [KIND])


def _plan(grid: Grid) -> Plan | None:
    header = find_header(grid.head, _aliases(), KIND, keys=("county", "name"))
    if header is None or not {"county", "name"} <= set(header.fields):
        return None
    return Plan(header, sorted(header.columns_of(field)[0] for field in header.fields), [])


def _rows(body: Body) -> list[ContactRow]:
    header = body.plan.header
    places = {field: header.columns_of(field)[0] for field in header.fields}
    lines = body.frame.with_columns(filled(column) for column in places.values())
    found = []
    for line in lines.filter(lines["row_no"] > header.last + 1).iter_rows(named=True):
        cells = {field: line[f"c{places[field]}"] if field in places else None for field in HEADINGS}
        if any(cells.values()):
            found.append(ContactRow(line["row_no"], **cells))
    return found
