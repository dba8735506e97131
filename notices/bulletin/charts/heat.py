"""Sector by county: the rate in figures upon its shade."""

from notices.bulletin.charts.drawing import (
    BLACK,
    GREY,
    WHITE,
    WIDE,
    Drawing,
    Part,
    Rect,
    Words,
    stacked,
    two_lines,
)
from notices.bulletin.charts.shade import shade
from notices.bulletin.content import HeatTable
from notices.bulletin.formulas import Share

LABEL, HEAD, LINE = 84.0, 28.0, 20.0
SMALL = 9.5


def draw_heat(chart: HeatTable) -> Drawing:
    wide = (WIDE - LABEL) / max(len(chart.columns), 1)
    parts: list[Part] = []
    for at, name in enumerate(chart.columns):
        parts += stacked(LABEL + wide * (at + 0.5), HEAD / 2, two_lines(name, 6), SMALL, BLACK)
    for down, (name, shares) in enumerate(chart.rows):
        y = HEAD + down * LINE
        parts.append(Words(LABEL - 6, y + LINE / 2, name, "end"))
        for at, share in enumerate(shares):
            parts += _cell(share, LABEL + at * wide, y, wide)
    return Drawing(chart.title, WIDE, HEAD + LINE * len(chart.rows), tuple(parts))


def _cell(share: Share, x: float, y: float, wide: float) -> list[Part]:
    fill, ink = (WHITE, BLACK) if share.value is None else shade(share.value)
    return [
        Rect(x + 1, y + 1, wide - 2, LINE - 2, fill, GREY),
        Words(x + wide / 2, y + LINE / 2, share.text, "middle", SMALL, ink),
    ]
