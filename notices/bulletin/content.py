"""What an official paper says, before it is set as PDF, docx or xlsx (C26, C29, 2.5, 2.6).

Nothing here knows where figures come from. Numbers are integers; every rate, sum and place is stated as a formula
over them, so that the printed value and the workbook's live formula are one statement.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from notices.bulletin.formulas import Formula, Share


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Level 1 to 4 numbers itself 一、（一）1.（1）; `heading` is set in the level's face, `text` runs on after it.

    A place for words that a person must write stands in `text` as 〔请补充：…〕.
    """

    text: str = ""
    heading: str = ""
    level: int = 0


@dataclass(frozen=True, kw_only=True)
class Column:
    """`made` None: an integer that each row gives. Hidden columns only feed formulas: rates of a slice, last month."""

    key: str
    title: str = ""
    made: Formula | None = None
    width: float = 1.0
    hidden: bool = False


@dataclass(frozen=True)
class Row:
    """A county; a number that does not exist yet, as before its baseline, is None and prints — (1.7)."""

    code: str
    name: str
    numbers: Mapping[str, int | None]


@dataclass(frozen=True, kw_only=True)
class FigureTable:
    """`beside`: rows that the total needs and that are no county and get no place, as 县区不明."""

    name: str  # of its sheet in the workbook
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    beside: tuple[Row, ...] = ()
    total: str = "合计"
    notes: tuple[str, ...] = ()  # formulas, cut of the data, snapshot: printed below the table

    @property
    def shown(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.hidden)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Units by name. `widths` in parts of the page; `name` is that of its sheet.

    `printed`: how many lines paper gets; the workbook has all, and a note says how many more there are.
    """

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | int | date | None, ...], ...]
    widths: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()
    empty: str = "（无）"
    printed: int | None = None


@dataclass(frozen=True)
class Named:
    """A county and its part done."""

    name: str
    share: Share


@dataclass(frozen=True, kw_only=True)
class RankedBars:
    """The highest first; a county without a rate stands last with —."""

    title: str
    bars: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """`actual` is as long as `months` or shorter; the plan is in per cent."""

    title: str
    months: tuple[str, ...]
    actual: tuple[Share, ...]
    plan: tuple[Share, ...]


@dataclass(frozen=True)
class Tile:
    name: str
    column: int  # from 0, west to east
    row: int  # from 0, north to south
    share: Share


@dataclass(frozen=True, kw_only=True)
class TileGrid:
    """Places of the counties to one another without their outlines, which would need a 审图号."""

    title: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, kw_only=True)
class HeatTable:
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Share, ...]], ...]


Chart = RankedBars | Progress | TileGrid | HeatTable
Figure = FigureTable | Listing | RankedBars | Progress | TileGrid | HeatTable
Block = Paragraph | Figure


@dataclass(frozen=True, kw_only=True)
class Annex:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class RedHead:
    """发文机关标志 over the red line; the 发文字号 is given when the office has drawn one."""

    issuer: str
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """`title` in phrases that stay together when it breaks; `basis` the document the campaign rests on (C01)."""

    title: tuple[str, ...]
    basis: str
    signed_by: str
    day: date
    blocks: tuple[Block, ...]
    to: str = ""  # 主送, without the colon
    head: RedHead | None = None
    annexes: tuple[Annex, ...] = ()
    members: tuple[Listing, ...] = ()  # in the workbook only
    facts: tuple[tuple[str, str], ...] = ()  # snapshot, hash, cut: on the workbook's sheet of definitions

    @property
    def plain_title(self) -> str:
        return "".join(self.title)

    def all_blocks(self) -> Iterator[Block]:
        yield from self.blocks
        for annex in self.annexes:
            yield from annex.blocks

    def tables(self) -> tuple[FigureTable, ...]:
        return tuple(block for block in self.all_blocks() if isinstance(block, FigureTable))

    def charts(self) -> tuple[Chart, ...]:
        return tuple(block for block in self.all_blocks() if isinstance(block, Chart))

    def listings(self) -> tuple[Listing, ...]:
        """Printed ones first, then those of the workbook only."""
        printed = (block for block in self.all_blocks() if isinstance(block, Listing))
        return (*printed, *self.members)
