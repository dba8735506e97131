"""A sheet on paper: across, all columns on one page's width, headings on every page, page numbers."""

from typing import Any

A4 = 9


def set_print(page: Any, heading_row: int, across: bool = True) -> None:
    if across:
        page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
    page.set_footer("&C第 &P 页 共 &N 页")
    page.repeat_rows(0, heading_row)
