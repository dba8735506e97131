"""The platform's export with all its sections, into the history of each declaration; `yingbao ingest` reads the same
file for linkage, and only that counts (Q1). One file is one transaction."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy.orm import Session

from models.actions.platform_filing import Order, Shown, Taken, take_shown
from models.campaign import Campaign
from models.database import writing
from models.declaration import DeclarationState
from models.errors import InputRefused
from models.inbound import RAW
from models.queries.platform_filing import conflict_lines, facts_of, linked_units
from models.rules.normal import normalise
from tasks.cell_faults import cell_faults
from tasks.filing.documents import form_words
from tasks.filing.platform_documents import Assembler, Columns, Wrong
from tasks.filing.platform_rows import judged, twice_said
from tasks.filing.platform_sheets import KEY, Details, Export, basics_cells, read_export
from tasks.normal_rows import gazetteer, readied
from tasks.reading import data_date_of, sha256_of
from tasks.reading.table import Table

PART = 5_000  # declarations held as documents at a time
NO_DATE, NOT_YET, NO_MASTER, MOVED = "E1031", "E1036", "E1748", "E1749"


@dataclass(frozen=True)
class Problem:
    sheet: str
    row_no: int
    declaration_no: str | None
    code: str
    field: str
    message: str
    left_out: bool  # the whole row


@dataclass
class Imported:
    """What became of an export."""

    file: str
    sha256: str
    data_date: date
    rehearsed: bool
    rows: int = 0
    taken: Counter[Taken] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        return len({(one.sheet, one.row_no) for one in self.problems if one.left_out})


def import_platform(
    path: Path,
    campaign: Campaign,
    *,
    by: str,
    today: date,
    data_date: date | None = None,
    rehearse: bool = False,
) -> Imported:
    export = read_export(path)
    day = data_date or data_date_of([table for table, _, _ in export.main], path.name)
    if day is None:
        raise InputRefused(NO_DATE, f"{path.name} 没有写明数据截止日期，请用 --data-date 2024-06-30 写明。")
    if day > today:
        raise InputRefused(NOT_YET, f"{path.name} 的数据截止日期 {day} 在今天（{today}）之后，请核对。")
    result = Imported(path.name, sha256_of(path), day, rehearse, unread=export.unread)
    order = Order(day, campaign.platforms.counting[0], path.name, by)
    with writing(rehearse=rehearse) as db:
        _Import(db, campaign, export, order, result).run()
        result.conflicts = list(conflict_lines(db))
    return result


class _Import:
    def __init__(
        self, db: Session, campaign: Campaign, export: Export, order: Order, result: Imported
    ) -> None:
        self.db, self.campaign, self.export = db, campaign, export
        self.order, self.result = order, result
        self.units = linked_units(db)
        self.seen: set[str] = set()

    def run(self) -> None:
        doubled = twice_said([table for table, _, _ in self.export.main])
        for table, further, targets in self.export.main:
            columns = Columns(basics_cells(table), targets)
            assembler = Assembler(form_words(), columns)
            raw = readied(table.frame, table).join(further, on="row_no", maintain_order="left")
            self._faults(table)
            self.result.rows += raw.height
            for part in raw.iter_slices(PART):
                self._take(table.sheet, part, assembler, doubled)
        self._without_master()

    def _take(self, sheet: str, part: pl.DataFrame, assembler: Assembler, doubled: set[str]) -> None:
        words = part.select("row_no", *(name for name in RAW if name in part.columns))
        words = words.drop("legal_representative", strict=False)
        normal, found = normalise(words, gazetteer=gazetteer(self.campaign), programmes={}, person_key=b"")
        lost = _lost_days(found)
        lines = self._lines_of(part[KEY])
        shown, rows = [], {}
        for row, facts in zip(part.iter_rows(named=True), normal.iter_rows(named=True), strict=True):
            one, wrong = self._shown(row, facts, assembler, lines, doubled)
            more = lost.get(row["row_no"], []) if one is not None else []
            self._tell(sheet, row["row_no"], row[KEY], [*wrong, *more])
            if one is not None and one.key not in self.seen:
                self.seen.add(one.key)
                shown.append(one)
                rows[one.key] = row["row_no"]
        for done in take_shown(self.db, self._with_facts(shown), self.order):
            self.result.taken[done.taken] += 1
            if done.moved:
                told = Wrong(MOVED, "统一社会信用代码", "这份申报以前属于另一个注册单位，仍留在原处，请核实")
                self._tell(sheet, rows[done.key], done.key, [told])

    def _shown(
        self,
        row: Mapping[str, Any],
        facts: Mapping[str, Any],
        assembler: Assembler,
        lines: Mapping[str, Sequence[tuple[Details, Mapping[str, Any]]]],
        doubled: set[str],
    ) -> tuple[Shown | None, list[Wrong]]:
        known, wrong = judged(row, facts, doubled, self.campaign, self.order.data_date)
        if known is None:
            return None, wrong
        details = [(one.table, one.columns, line) for one, line in lines.get(known.key, ())]
        form, more = assembler.build(row, known.paths, details)
        if form is None:
            return None, [*wrong, *more]
        shown = Shown(
            known.key,
            form,
            DeclarationState(known.state),
            known.filed_on,
            known.since,
            self.units.get(known.key),
            None,
        )
        return shown, [*wrong, *more]

    def _with_facts(self, shown: Sequence[Shown]) -> list[Shown]:
        facts = facts_of(self.db, {one.employer_id for one in shown if one.employer_id})
        return [
            Shown(
                one.key,
                one.form,
                one.state,
                one.filed_on,
                one.since,
                one.employer_id,
                facts.get(one.employer_id or 0),
            )
            for one in shown
        ]

    def _lines_of(self, keys: pl.Series) -> dict[str, list[tuple[Details, dict[str, Any]]]]:
        """Lines of the detail sheets by declaration number."""
        found: dict[str, list[tuple[Details, dict[str, Any]]]] = defaultdict(list)
        wanted = keys.drop_nulls().unique().implode()
        for details in self.export.details:
            for line in details.frame.filter(pl.col(KEY).is_in(wanted)).iter_rows(named=True):
                found[line[KEY]].append((details, line))
        return found

    def _without_master(self) -> None:
        """Lines of declarations that the list does not have."""
        listed = pl.concat([table.frame.select(KEY) for table, _, _ in self.export.main]).drop_nulls()
        for details in self.export.details:
            for row_no, key in _strays(details, listed):
                told = Wrong(NO_MASTER, "申报编号", "申报列表里没有这个编号，这一行没有收入", whole=True)
                self._tell(details.sheet, row_no, key, [told])

    def _faults(self, table: Table) -> None:
        for one in cell_faults(table).iter_rows(named=True):
            told = Wrong(one["code"], RAW.get(one["field"], one["field"] or ""), one["message"])
            self._tell(table.sheet, one["row_no"], None, [told])

    def _tell(self, sheet: str, row_no: int, key: str | None, wrong: Sequence[Wrong]) -> None:
        self.result.problems += [
            Problem(sheet, row_no, key, one.code, one.field, one.message, one.whole) for one in wrong
        ]


def _strays(details: Details, listed: pl.DataFrame) -> Iterator[tuple[int, str | None]]:
    strays = details.frame.join(listed.unique(), on=KEY, how="anti", nulls_equal=False)
    yield from strays.select("row_no", KEY).sort("row_no").iter_rows()


def _lost_days(found: pl.DataFrame) -> dict[int, list[Wrong]]:
    """Days that could not be read, by row: without them a state is dated by the picture."""
    told: dict[int, list[Wrong]] = defaultdict(list)
    for one in found.filter(pl.col("field").is_in(["filed_on", "approved_on"])).iter_rows(named=True):
        told[one["row_no"]].append(Wrong(one["code"], RAW[one["field"]], one["message"]))
    return told
