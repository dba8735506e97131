"""Both populations by a property of the units: R and N side by side, never mixed (C17, 1.7)."""

from collections.abc import Sequence

from notices.bulletin.content import Column, FigureTable, Row
from notices.bulletin.formulas import Name, Net, Ratio

COUNTED = ("r", "r_declared", "n", "d", "p", "x")


def property_table(
    title: str, rows: Sequence[Row], *, name: str = "", notes: tuple[str, ...] = ()
) -> FigureTable:
    """A row gives COUNTED; `name`: of its sheet, by default the title."""
    columns = (
        Column(key="name", title="分类", made=Name(), width=2.6),
        Column(key="r", title="应申报\nR"),
        Column(key="r_declared", title="已申报"),
        Column(key="r_rate", title="申报率\n(%)", made=Ratio(("r_declared",), ("r",))),
        Column(key="n", title="扩面目标\nN"),
        Column(key="d", title="已申报\nD"),
        Column(key="p", title="待审核\nP"),
        Column(key="left", title="未申报", made=Net(("n",), ("d", "p"))),
        Column(key="x", title="核销\nX"),
    )
    return FigureTable(name=name or title, title=title, columns=columns, rows=tuple(rows), notes=notes)
