"""A list of the old system's records: 基本信息 row by row, whatever the list's columns are called (F25)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.campaign import Campaign
from models.errors import InputRefused
from models.form.basics import Basics
from models.inbound import RAW, Kind
from models.rules.headers import Header, find_header, normal_heading
from models.rules.normal import normalise
from tasks.filing.documents import form_words
from tasks.filing.platform_columns import Target, target_of
from tasks.filing.platform_documents import Assembler, Columns, Wrong
from tasks.filing.platform_sheets import basics_cells
from tasks.normal_rows import gazetteer, readied
from tasks.reading.limits import Limits
from tasks.reading.rows import filled, table_of
from tasks.reading.table import Body, Grid, Plan, Table
from tasks.reading.tables import bodies
from tasks.reading.understanding import CODES, header_aliases

NO_LIST = "E1758"
ACCOUNT = ("原账号", "老系统账号", "原系统账号", "登录账号", "账号", "用户名", "登录名")
RECORD = ("记录编号", "老系统编号", "原系统编号", "备案编号", "原申报编号")


@dataclass(frozen=True)
class OldRecord:
    """`basics` is null where the row cannot be a document."""

    sheet: str
    row_no: int
    name: str | None
    account: str | None
    number: str | None
    basics: Basics | None
    wrong: tuple[Wrong, ...]

    @property
    def key(self) -> str:
        """What makes it the same record next time."""
        basics = self.basics
        code = basics.credit_code if basics else None
        return self.number or self.account or f"{code}/{self.name}"


def read_legacy(path: Path, campaign: Campaign) -> list[OldRecord]:
    """Raises InputRefused where no sheet names units with their codes."""
    found: list[OldRecord] = []
    seen = False
    for body in bodies(path, Limits(), _plan):
        seen = True
        found += _records(path.name, body, campaign)
    if not seen:
        raise InputRefused(
            NO_LIST, f"“{path.name}”里没有老系统的单位名单：需要“单位名称”“统一社会信用代码”两列。"
        )
    return found


def _plan(grid: Grid) -> Plan | None:
    header = find_header(grid.head, header_aliases(), Kind.DECLARATIONS)
    if header is None or not {"name", "credit_code"} <= set(header.fields):
        return None
    fields = {column for one in header.fields for column in header.columns_of(one)}
    codes = [column for one in CODES for column in header.columns_of(one)]
    wanted = {*fields, *_further(header), *_named(header, ACCOUNT), *_named(header, RECORD), 0}
    return Plan(header, sorted(wanted), sorted(codes))


def _further(header: Header) -> dict[int, Target]:
    """Columns of 基本信息 that linkage does not read; other sections are not taken over (F25)."""
    found = {}
    for at, (heading, meaning) in enumerate(zip(header.headings, header.meanings, strict=True)):
        if heading and (meaning is None or not meaning.field):
            target = target_of(heading)
            if target is not None and target.item.path.startswith("basics."):
                found[at] = target
    return found


def _named(header: Header, words: tuple[str, ...]) -> list[int]:
    known = [normal_heading(word) for word in words]
    return [at for at, heading in enumerate(header.headings) if normal_heading(heading) in known][:1]


def _records(file: str, body: Body, campaign: Campaign) -> Iterator[OldRecord]:
    header = body.plan.header
    table = table_of(file, body)
    extra = {f"x{at}": target for at, target in _further(header).items()}
    own = {"account": _named(header, ACCOUNT), "record": _named(header, RECORD)}
    columns = [filled(int(name[1:])).alias(name) for name in extra]
    columns += [filled(at[0]).alias(name) for name, at in own.items() if at]
    raw = readied(table.frame, table).join(body.frame.select("row_no", *columns), on="row_no", how="left")
    words = raw.select("row_no", *(name for name in RAW if name in raw.columns))
    normal, _ = normalise(
        words.drop("legal_representative", strict=False),
        gazetteer=gazetteer(campaign),
        programmes={},
        person_key=b"",
    )
    assembler = Assembler(form_words(), Columns(_cells(table), extra))
    for row, facts in zip(raw.iter_rows(named=True), normal.iter_rows(named=True), strict=True):
        yield _record(table.sheet, row, facts, assembler)


def _cells(table: Table) -> dict[str, str]:
    return {path: name for path, name in basics_cells(table).items() if path.startswith("basics.")}


def _record(sheet: str, row: Mapping[str, Any], facts: Mapping[str, Any], assembler: Assembler) -> OldRecord:
    taken = ("name", "credit_code", "county", "town", "industry", "parent_code")
    known = {f"basics.{name}": facts[name] for name in taken}
    form, wrong = assembler.build(row, known, ())
    number = row.get("record") or row.get("declaration_no")
    basics = form.basics if form else None
    return OldRecord(sheet, row["row_no"], facts["name"], row.get("account"), number, basics, tuple(wrong))


def doubled(records: list[OldRecord]) -> set[str]:
    """Keys under which the list says different things."""
    said: dict[str, Basics | None] = {}
    twice = set()
    for one in records:
        if said.setdefault(one.key, one.basics) != one.basics:
            twice.add(one.key)
    return twice
