"""Sector by county: integers below, rates from them above, shaded by conditional formatting."""

from typing import Any

from xlsxwriter.utility import xl_col_to_name

from models.rules.rate import UNDEFINED
from notices.bulletin.book.cell_formulas import ratio_formula
from notices.bulletin.book.inks import Inks
from notices.bulletin.book.paper_setup import set_print
from notices.bulletin.content import HeatTable
from notices.bulletin.formulas import Ratio, Share

SHADES = {"min_color": "#FFFFFF", "max_color": "#5B9BD5", "min_type": "num", "max_type": "num"}
LABELS = ("完成率(%)", "已申报", "应申报")


def write_heat(page: Any, chart: HeatTable, inks: Inks) -> None:
    """Three blocks one below the other: rates, done, whole."""
    count = len(chart.rows)
    tops = [1 + block * (count + 2) for block in range(3)]
    page.write_string(0, 0, chart.title, inks.note)
    for top, label in zip(tops, LABELS, strict=True):
        page.write_row(top, 0, [f"县（区）　{label}", *chart.columns], inks.heading)
        for row, (name, _) in enumerate(chart.rows, start=top + 1):
            page.write_string(row, 0, name, inks.words)
    for at, (_, shares) in enumerate(chart.rows, start=1):
        for column, share in enumerate(shares, start=1):
            _write_share(page, [top + at for top in tops], column, share, inks)
    scale = {"type": "2_color_scale", "min_value": 0, "max_value": 100} | SHADES
    page.conditional_format(2, 1, 1 + count, max(len(chart.columns), 1), scale)
    page.set_column(0, 0, 24)
    page.set_column(1, len(chart.columns), 12)
    set_print(page, heading_row=1, across=False)


def _write_share(page: Any, rows: list[int], column: int, share: Share, inks: Inks) -> None:
    letter = xl_col_to_name(column)
    home = {"done": f"{letter}{rows[1] + 1}", "whole": f"{letter}{rows[2] + 1}"}
    formula = ratio_formula(Ratio(("done",), ("whole",)), home.__getitem__)
    value = share.text if share.value is None else float(share.text)
    page.write_formula(rows[0], column, formula, inks.rate, value)
    for row, number in ((rows[1], share.done), (rows[2], share.whole)):
        if number is None:
            page.write_string(row, column, UNDEFINED, inks.typed)
        else:
            page.write_number(row, column, number, inks.typed)
