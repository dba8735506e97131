"""The paper as it is laid out, the same for PDF and docx: numbers of levels, breaks of titles, texts of cells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.rules.notice_words import chinese_day
from notices.bulletin.charts.draw import draw
from notices.bulletin.charts.drawing import Drawing
from notices.bulletin.content import Annex, Block, FigureTable, Listing, Paper, RedHead
from notices.bulletin.figure_rows import figure_rows
from notices.bulletin.formulas import Name
from notices.bulletin.numbering import Numbered, numbered
from notices.bulletin.title_lines import title_lines, width

WIDEST_UPRIGHT = {
    FigureTable: 13,
    Listing: 6,
}  # columns of 12 mm, or of words; more need the page's long side
WHOLE_ROWS = {FigureTable: 15, Listing: 5}  # a list's rows are several lines high, and it may be torn
ISSUER_SIZES = (28.0, 50.0)  # points
TEXT_WIDTH = 442.2


@dataclass(frozen=True)
class Cell:
    text: str
    words: bool = False  # flush left


@dataclass(frozen=True)
class Line:
    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True)
class TableSheet:
    title: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]  # per cent
    rows: tuple[Line, ...]
    notes: tuple[str, ...]
    wide: bool
    whole: bool  # short enough not to be torn over two pages
    kind: str = "table"


@dataclass(frozen=True)
class ParagraphSheet:
    number: str
    heading: str
    text: str
    level: int
    kind: str = "paragraph"


@dataclass(frozen=True)
class ChartSheet:
    title: str
    drawing: Drawing
    kind: str = "chart"


BlockSheet = TableSheet | ParagraphSheet | ChartSheet


@dataclass(frozen=True)
class AnnexSheet:
    number: str
    title: str
    blocks: tuple[BlockSheet, ...]

    @property
    def wide(self) -> bool:
        return any(isinstance(block, TableSheet) and block.wide for block in self.blocks)


@dataclass(frozen=True)
class PaperSheet:
    paper: Paper

    @property
    def head(self) -> RedHead | None:
        return self.paper.head

    @property
    def issuer_size(self) -> float:
        """As large as the line allows."""
        smallest, largest = ISSUER_SIZES
        size = TEXT_WIDTH / width(self.paper.head.issuer) if self.paper.head else largest
        return round(min(max(size * 0.96, smallest), largest), 1)

    @property
    def title(self) -> tuple[str, ...]:
        return title_lines(self.paper.title)

    @property
    def basis(self) -> str:
        return f"（依据：{self.paper.basis}）"

    @property
    def to(self) -> str:
        return f"{self.paper.to}：" if self.paper.to else ""

    @property
    def signed_by(self) -> str:
        return self.paper.signed_by

    @property
    def day(self) -> str:
        return chinese_day(self.paper.day)

    @property
    def attached(self) -> tuple[str, ...]:
        """附件说明: without a mark at the end; numbered when there are several."""
        titles = [annex.title for annex in self.paper.annexes]
        if len(titles) == 1:
            return (f"附件：{titles[0]}",)
        lines = [f"{at}. {title}" for at, title in enumerate(titles, start=1)]
        return tuple(f"附件：{line}" if at == 0 else line for at, line in enumerate(lines))

    @cached_property
    def blocks(self) -> tuple[BlockSheet, ...]:
        return tuple(_laid_out(self.paper.blocks))

    @cached_property
    def annexes(self) -> tuple[AnnexSheet, ...]:
        several = len(self.paper.annexes) > 1
        return tuple(
            _annex(annex, f"附件{at}" if several else "附件")
            for at, annex in enumerate(self.paper.annexes, start=1)
        )


def _annex(annex: Annex, number: str) -> AnnexSheet:
    """A table that carries the annex's own title does not repeat it."""
    return AnnexSheet(number, annex.title, tuple(_laid_out(annex.blocks, annex.title)))


def _laid_out(blocks: Iterable[Block], above: str = "") -> Iterator[BlockSheet]:
    for block in numbered(blocks):
        match block:
            case Numbered():
                yield ParagraphSheet(block.number, block.heading, block.text, block.level)
            case FigureTable() | Listing():
                sheet = _figures(block) if isinstance(block, FigureTable) else _listing(block)
                yield TableSheet("" if block.title == above else block.title, *sheet)
            case _:
                yield ChartSheet(block.title, draw(block))


TableParts = tuple[tuple[str, ...], tuple[float, ...], tuple[Line, ...], tuple[str, ...], bool, bool]


def _figures(table: FigureTable) -> TableParts:
    last = len(table.rows) + len(table.beside)
    words = [isinstance(column.made, Name) for column in table.shown]
    rows = tuple(
        Line(tuple(map(Cell, line.texts, words)), at == last) for at, line in enumerate(figure_rows(table))
    )
    headings = tuple(column.title for column in table.shown)
    widths = _parts(column.width for column in table.shown)
    wide, whole = len(headings) > WIDEST_UPRIGHT[FigureTable], len(rows) <= WHOLE_ROWS[FigureTable]
    return headings, widths, rows, table.notes, wide, whole


def _listing(listing: Listing) -> TableParts:
    printed = listing.rows[: listing.printed]
    rows = tuple(Line(tuple(map(_listed, row))) for row in printed)
    rows = rows or (Line((Cell(listing.empty), *[Cell("")] * (len(listing.headings) - 1))),)
    widths = _parts(listing.widths or [1.0] * len(listing.headings))
    more = len(listing.rows) - len(printed)
    rest = (f"其余{more}行见电子表格的工作表“{listing.name}”。",) if more else ()
    wide, whole = len(widths) > WIDEST_UPRIGHT[Listing], len(rows) <= WHOLE_ROWS[Listing]
    return listing.headings, widths, rows, (*listing.notes, *rest), wide, whole


def _listed(value: str | int | date | None) -> Cell:
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return Cell(text, isinstance(value, str))


def _parts(widths: Iterable[float]) -> tuple[float, ...]:
    held = tuple(widths)
    return tuple(round(100 * one / sum(held), 3) for one in held)
