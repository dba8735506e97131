"""A filled form as a document, wherever its sheets and columns went and whichever program saved it (F12, 2.3)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from models.errors import InputRefused
from models.form.items import Item, Sort
from models.form.tables import SINGLE, TABLES, Table, path_of, put, put_line
from models.form.titles import title_of
from models.rules.form_cells import UNREAD, FormWords, read_cell
from models.rules.headers import Header, normal_heading
from notices.workbook import META
from tasks.filing.layout import ANSWER, ASIDE, KIND, LAYOUT, QUESTION
from tasks.own_sheets import meta_of, meta_plan
from tasks.reading.limits import MIB, Limits
from tasks.reading.rows import ERRORS, SIGNATURE
from tasks.reading.table import Body, Grid, Plan
from tasks.reading.tables import bodies

NO_FORM, TWICE, NEWER = "E1730", "E1734", "E1738"
LIMITS = Limits(
    file_bytes=16 * MIB, unpacked_bytes=128 * MIB, rows=20_000, cells=1_000_000, memory_bytes=512 * MIB
)
PERSONAL = frozenset({"basics.contact", "basics.phone", "basics.filled_by"})
QUESTIONS: Mapping[str, Item] = {normal_heading(item.title): item for item in SINGLE}


class Cell(NamedTuple):
    text: str | None
    number: bool


class Trouble(NamedTuple):
    """A cell that says nothing we can use. What stands there is not repeated where it may be a person's."""

    code: str
    field: str
    path: str
    found: str
    message: str


@dataclass
class FilledForm:
    document: dict[str, Any] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)


Take = Callable[[Sequence[Cell]], None]


def read_filled(path: Path, words: FormWords) -> FilledForm:
    """Raises InputRefused where the file is no form of ours, or of a later version of the program."""
    clerk = _Clerk(words)
    meta: dict[str, str] = {}
    for body in bodies(path, LIMITS, _plan, also=(META,)):
        if body.grid.sheet == META:
            meta = meta_of(body)
        else:
            clerk.read(_lines(body))
    _check(path.name, clerk, meta)
    return FilledForm(clerk.document, meta, clerk.troubles)


def _check(name: str, clerk: "_Clerk", meta: Mapping[str, str]) -> None:
    if not clerk.seen or meta.get("kind", KIND) != KIND:
        raise InputRefused(
            NO_FORM, f"“{name}”不是申报表：没有“{QUESTION}”“{ANSWER}”两列。空表用 yingbao review form 取。"
        )
    layout = meta.get("layout", LAYOUT)
    if layout.isdigit() and int(layout) > int(LAYOUT):
        raise InputRefused(NEWER, f"“{name}”是新版程序写的申报表（第{layout}版），请升级程序后再导入。")


def _plan(grid: Grid) -> Plan | None:
    if grid.sheet == META:
        return meta_plan(grid)
    columns = list(range(grid.width))
    return Plan(Header(-1, -1, ("",) * grid.width, (None,) * grid.width), columns, columns)


def _lines(body: Body) -> Iterator[list[Cell]]:
    wrong = {(row, column): text for row, column, text in body.errors.iter_rows()}
    for line in body.frame.iter_rows(named=True):
        row = line["row_no"]
        yield [
            Cell(wrong.get((row, f"c{at}"), line[f"c{at}"]), bool(line.get(f"n{at}")))
            for at in body.plan.columns
        ]


class _Clerk:
    """Goes down a sheet: a line of headings says what the lines below it are."""

    def __init__(self, words: FormWords) -> None:
        self.words = words
        self.document: dict[str, Any] = {}
        self.troubles: list[Trouble] = []
        self.seen = False
        self.rows: dict[str, int] = {}
        self.answers: dict[str, Any] = {}

    def read(self, lines: Iterator[list[Cell]]) -> None:
        take: Take | None = None
        for cells in lines:
            headings = [normal_heading(cell.text) for cell in cells]
            found = self._under(headings)
            if found is not None:
                take = found
            elif take is not None and not _explains(cells):
                take(cells)

    def _under(self, headings: Sequence[str]) -> Take | None:
        """What to do with the lines under these headings; None where they are none."""
        if QUESTION in headings and ANSWER in headings:
            self.seen = True
            question, answer = headings.index(QUESTION), headings.index(ANSWER)
            return lambda cells: self._take_answer(cells[question], cells[answer])
        best = max(TABLES, key=lambda table: _overlap(table, headings))
        if _overlap(best, headings) < 2:
            return None
        return self._begin(best, headings)

    def _begin(self, table: Table, headings: Sequence[str]) -> Take:
        ours = {normal_heading(column.title): column for column in table.columns}
        columns = [(at, ours[text]) for at, text in enumerate(headings) if text in ours]
        for heading, column in ours.items():
            if headings.count(heading) != 1:
                told = "没有这一列" if heading not in headings else "有几列叫这个名字，请只留一列"
                self._trouble(TWICE if heading in headings else UNREAD, column.path, "", told)
        return lambda cells: self._take_line(table, [(column, cells[at]) for at, column in columns])

    def _take_answer(self, question: Cell, answer: Cell) -> None:
        item = QUESTIONS.get(normal_heading(question.text))
        if item is None:
            return
        value = self._value(item, item.path, answer)
        known = self.answers.setdefault(item.path, value)
        if known is None:
            self.answers[item.path] = value
        elif value is not None and value != known:
            self._trouble(TWICE, item.path, answer.text or "", "填了两处，内容不同，请只留一处")
        put(self.document, item.path, self.answers[item.path])

    def _take_line(self, table: Table, given: Sequence[tuple[Item, Cell]]) -> None:
        if not any(cell.text and cell.text.strip() for _, cell in given):
            return
        row = self.rows.setdefault(table.name, 0)
        key, kind = _key_of(table, given, self.words)
        line: dict[str, Any] = {} if kind is None else {"of": kind}
        for column, cell in given:
            if column is not key:
                path = path_of(table, column, kind, row)
                line[column.path.rpartition(".")[2]] = self._value(column, path, cell)
        if not any(value is not None for name, value in line.items() if name != "of"):
            return
        if key is not None and kind is None:
            self._trouble(UNREAD, key.path, "", f"{table.columns[0].title}没有填或看不明白，这一行没有读入")
            return
        self.rows[table.name] = row + 1
        put_line(self.document, table, line)

    def _value(self, item: Item, path: str, cell: Cell) -> Any:
        if cell.text in ERRORS or (cell.text or "").startswith("#"):
            self._trouble(UNREAD, path, cell.text or "", "单元格是错误值，请改成应有的内容")
            return None
        said = read_cell(item, cell.text, self.words, number=cell.number)
        if said.wrong is not None:
            self._trouble(said.wrong[0], path, cell.text or "", said.wrong[1])
        return said.value

    def _trouble(self, code: str, path: str, found: str, message: str) -> None:
        shown = "" if path in PERSONAL else found.strip()
        self.troubles.append(Trouble(code, title_of(path), path, shown, message))


def _explains(cells: Sequence[Cell]) -> bool:
    """A line of one cell that is said about the sheet: our own notes, 填表人：…"""
    texts = [cell.text.strip() for cell in cells if cell.text and cell.text.strip()]
    return len(texts) == 1 and (texts[0].startswith(ASIDE) or re.match(SIGNATURE, texts[0]) is not None)


def _overlap(table: Table, headings: Sequence[str]) -> int:
    return sum(normal_heading(column.title) in headings for column in table.columns)


def _key_of(
    table: Table, given: Sequence[tuple[Item, Cell]], words: FormWords
) -> tuple[Item | None, str | None]:
    """The column that says what a line is about, and what it says there."""
    first = table.columns[0]
    if first.sort not in (Sort.CLASS, Sort.CHOICE):
        return None, None
    cell = next((cell for column, cell in given if column is first), Cell(None, False))
    return first, read_cell(first, cell.text, words).value
