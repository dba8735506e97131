"""The sheets of the platform's export: the list of declarations, and sheets of details that name its numbers."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from models.errors import InputRefused
from models.form.items import Item, Sort
from models.form.tables import TABLES, Table
from models.inbound import Kind
from models.rules.headers import Header, normal_heading
from tasks.filing.platform_columns import BASICS, Target, is_declaration_no, target_of
from tasks.reading.limits import Limits
from tasks.reading.rows import filled, table_of
from tasks.reading.table import Body, Grid, Plan
from tasks.reading.table import Table as Read
from tasks.reading.tables import bodies
from tasks.reading.understanding import plan_sheet

NO_LIST = "E1758"
KEY = "declaration_no"


@dataclass(frozen=True)
class Details:
    """Lines of one table of the form: declaration_no, row_no, and a column per field, as text."""

    sheet: str
    table: Table
    columns: dict[str, Item]  # name in the frame → field
    frame: pl.DataFrame


@dataclass
class Export:
    """`main`: each sheet of declarations with the frame of its further columns (row_no, x0 …)."""

    file: str
    main: list[tuple[Read, pl.DataFrame, dict[str, Target]]] = field(default_factory=list)
    details: list[Details] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # headings nobody knows


def read_export(path: Path, limits: Limits | None = None) -> Export:
    """Raises InputRefused where no sheet lists declarations with their numbers."""
    export = Export(path.name)
    for body in bodies(path, limits or Limits(), _chooser(path.name)):
        table = _detail_table(body.plan.header)
        if table is not None and _key_column(body.plan.header) is not None:
            export.details.append(_details(body, table))
        else:
            _take_main(export, body)
    if not export.main:
        raise InputRefused(
            NO_LIST, f"“{path.name}”里没有申报列表：需要“申报编号”“单位名称”和“申报状态”各列。"
        )
    return export


def _chooser(file: str) -> Callable[[Grid], Plan | None]:
    def choose(grid: Grid) -> Plan | None:
        return _detail_plan(grid) or _main_plan(file, grid)

    return choose


def _main_plan(file: str, grid: Grid) -> Plan | None:
    plan = plan_sheet(file, grid, Kind.DECLARATIONS)
    if plan is None or KEY not in plan.header.fields or "declaration_state" not in plan.header.fields:
        return None
    more = _further(plan.header)
    numbers = [at for at, target in more.items() if target.item.path.endswith("report_nos")]
    return replace(plan, columns=sorted({*plan.columns, *more}), codes=sorted({*plan.codes, *numbers}))


def _further(header: Header) -> dict[int, Target]:
    """Columns that intake does not read and the form has."""
    found = {}
    for at, (heading, meaning) in enumerate(zip(header.headings, header.meanings, strict=True)):
        if heading and (meaning is None or not meaning.field):
            target = target_of(heading)
            if target is not None:
                found[at] = target
    return found


def _take_main(export: Export, body: Body) -> None:
    header = body.plan.header
    table = table_of(export.file, body)
    targets = {f"x{at}": target for at, target in _further(header).items()}
    flags = {f"n{at}": f"m{at}" for at in _further(header) if f"n{at}" in body.frame.columns}
    columns = [filled(int(name[1:])).alias(name) for name in targets]
    frame = body.frame.select("row_no", *columns, *(pl.col(old).alias(new) for old, new in flags.items()))
    frame = frame.filter(pl.col("row_no").is_in(table.frame["row_no"].implode()))
    export.main.append((table, frame, targets))
    known = {header.headings[int(name[1:])] for name in targets}
    export.unread += [heading for heading in header.unknown if heading not in known]


def _detail_table(header: Header) -> Table | None:
    """The table whose columns a sheet has, if it lists no declarations itself."""
    headings = {normal_heading(heading) for heading in header.headings}
    best = max(TABLES, key=lambda table: _overlap(table, headings))
    has_state = any("状态" in heading or heading == "申报类型" for heading in headings)
    return best if _overlap(best, headings) >= 2 and not has_state else None


def _overlap(table: Table, headings: set[str]) -> int:
    return sum(normal_heading(item.title) in headings for item in table.columns)


def _key_column(header: Header) -> int | None:
    return next((at for at, heading in enumerate(header.headings) if is_declaration_no(heading)), None)


def _detail_plan(grid: Grid) -> Plan | None:
    for at, line in enumerate(grid.head):
        header = Header(at, at, tuple((text or "").strip() for text in line), (None,) * len(line))
        if _key_column(header) is not None and _detail_table(header) is not None:
            return Plan(header, list(range(len(line))), [])
    return None


def _details(body: Body, table: Table) -> Details:
    header = body.plan.header
    key = _key_column(header)
    ours = {normal_heading(item.title): item for item in table.columns}
    columns = {
        f"c{at}": ours[text] for at, h in enumerate(header.headings) if (text := normal_heading(h)) in ours
    }
    below = body.frame.filter(pl.col("row_no") > header.last + 1)
    cells = [filled(at) for at in body.plan.columns]
    frame = below.with_columns(cells).select("row_no", pl.col(f"c{key}").alias(KEY), *columns)
    frame = frame.filter(pl.any_horizontal(pl.exclude("row_no").is_not_null()))
    return Details(body.grid.sheet, table, columns, frame)


def basics_cells(table: Read) -> dict[str, str]:
    """Path of the form → field of the list, for what the list has."""
    return {path: name for path, name in BASICS.items() if name in table.frame.columns}


def is_text(item: Item) -> bool:
    return item.sort is Sort.WORDS
