"""Ranked bars that follow the table: names and rates are looked up by place, so they move when a number changes."""

from typing import Any

from notices.bulletin.book.figure_sheet import shown
from notices.bulletin.book.inks import Inks
from notices.bulletin.book.number_sheet import ORDER, ordered
from notices.bulletin.book.paper_setup import set_print
from notices.bulletin.book.table_cells import FIRST, TableCells
from notices.bulletin.formulas import Ratio

BLUE = "#1F4E79"
FONT = {"name": "宋体", "size": 10}


def write_rank_chart(book: Any, page: Any, cells: TableCells, inks: Inks) -> None:
    """The table's first rate that its places go by."""
    assert cells.place is not None
    rate = _rate_key(cells, cells.place.by)
    page.write_row(0, 0, ["次序", "县（区）", "完成率(%)"], inks.heading)
    for at, line in enumerate(ordered(cells), start=1):
        page.write_number(at, 0, at, inks.count)
        page.write_formula(at, 1, _looked_up(cells, "B", cells.numbers_name, at), inks.words, line.row.name)
        column, sheet = cells.column(rate), cells.table.name
        formula = _looked_up(cells, column, sheet, at)
        page.write_formula(at, 2, formula, inks.rate, shown(line.values[rate]))
    page.set_column(1, 1, 20)
    page.insert_chart(0, 4, _bars(book, page.get_name(), len(cells.table.rows), cells.table.title))
    set_print(page, heading_row=0)


def _rate_key(cells: TableCells, by: Ratio) -> str:
    return next(column.key for column in cells.table.columns if column.made == by)


def _looked_up(cells: TableCells, column: str, sheet: str, at: int) -> str:
    last, order = cells.last_county, cells.helper(ORDER)
    found = f"MATCH($A{at + 1},'{cells.numbers_name}'!${order}${FIRST}:${order}${last},0)"
    return f"=INDEX('{sheet}'!${column}${FIRST}:${column}${last},{found})"


def _bars(book: Any, sheet: str, count: int, title: str) -> Any:
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [sheet, 1, 1, count, 1],
            "values": [sheet, 1, 2, count, 2],
            "fill": {"color": BLUE},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0.00", "font": FONT},
        }
    )
    chart.set_title(
        {"name": f"{title}　完成率(%)", "name_font": {"name": "黑体", "size": 12}, "overlay": False}
    )
    chart.set_y_axis({"reverse": True, "crossing": "max", "num_font": FONT})
    chart.set_x_axis({"min": 0, "max": 100, "num_format": "0", "num_font": FONT})
    chart.set_legend({"none": True})
    chart.set_size({"width": 620, "height": 90 + 30 * count})
    return chart
