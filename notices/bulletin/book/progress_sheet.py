"""Progress against the plan: integers month by month, rates from them, a native line chart."""

from typing import Any

from notices.bulletin.book.cell_formulas import ratio_formula
from notices.bulletin.book.inks import Inks
from notices.bulletin.book.paper_setup import set_print
from notices.bulletin.book.rank_chart import BLUE, FONT
from notices.bulletin.content import Progress
from notices.bulletin.formulas import Ratio, Share

HEADINGS = ("月份", "完成率(%)", "已申报", "现应申报", "计划(%)")
NOTHING = Share(None, None)


def write_progress(book: Any, page: Any, chart: Progress, inks: Inks) -> None:
    page.write_string(0, 0, chart.title, inks.note)
    page.write_row(1, 0, HEADINGS, inks.heading)
    missing = [NOTHING] * (len(chart.months) - len(chart.actual))
    months = zip(chart.months, [*chart.actual, *missing], chart.plan, strict=True)
    for row, (month, actual, plan) in enumerate(months, start=2):
        page.write_string(row, 0, month, inks.words)
        _write_actual(page, row, actual, inks)
        _write_plan(page, row, plan, inks)
    page.set_column(0, 4, 11)
    page.insert_chart(0, 6, _lines(book, page.get_name(), chart))
    set_print(page, heading_row=1)


def _write_actual(page: Any, row: int, actual: Share, inks: Inks) -> None:
    """Empty where there is no rate: a chart takes — for nought."""
    if actual.value is None:
        for column in (1, 2, 3):
            page.write_blank(row, column, None, inks.rate)
        return
    home = {"done": f"C{row + 1}", "whole": f"D{row + 1}"}
    formula = ratio_formula(Ratio(("done",), ("whole",)), home.__getitem__)
    page.write_formula(row, 1, formula, inks.rate, float(actual.text))
    page.write_number(row, 2, actual.done, inks.typed)
    page.write_number(row, 3, actual.whole, inks.typed)


def _write_plan(page: Any, row: int, plan: Share, inks: Inks) -> None:
    """Empty before the plan begins."""
    if plan.value is None:
        page.write_blank(row, 4, None, inks.rate)
    else:
        page.write_number(row, 4, float(plan.text), inks.rate)


def _lines(book: Any, sheet: str, progress: Progress) -> Any:
    """The actual line ends where it ends: months to come are not nought."""
    first, last = 2, 1 + len(progress.months)
    known = [at for at, share in enumerate(progress.actual, start=first) if share.value is not None]
    chart = book.add_chart({"type": "line"})
    if known:
        chart.add_series(
            {
                "name": "实际",
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, 1, known[-1], 1],
                "line": {"color": BLUE, "width": 2},
                "marker": {"type": "square", "size": 6, "fill": {"color": BLUE}, "border": {"color": BLUE}},
            }
        )
    chart.add_series(
        {
            "name": "计划",
            "categories": [sheet, first, 0, last, 0],
            "values": [sheet, first, 4, last, 4],
            "line": {"color": "#7F7F7F", "width": 1.5, "dash_type": "dash"},
        }
    )
    chart.set_title({"name": progress.title, "name_font": {"name": "黑体", "size": 12}})
    chart.set_y_axis({"min": 0, "max": 100, "num_format": "0", "num_font": FONT})
    chart.set_x_axis({"num_font": FONT | {"rotation": -45}})
    chart.set_legend({"position": "bottom", "font": FONT})
    chart.set_size({"width": 680, "height": 340})
    return chart
