"""Counties by rate, the highest first; the rate stands at the bar's end, — where there is none."""

from notices.bulletin.charts.drawing import FONT, GREY, PALE, WIDE, Drawing, Line, Part, Rect, Words
from notices.bulletin.content import Named, RankedBars

BAR, FILL = 20.0, "#1f4e79"
LABEL, VALUE, TOP, BOTTOM = 84.0, 56.0, 6.0, 20.0
GRID = (0, 25, 50, 75, 100)


def draw_ranked_bars(chart: RankedBars) -> Drawing:
    bars = sorted(chart.bars, key=_order)
    height = TOP + BAR * len(bars) + BOTTOM
    length = WIDE - LABEL - VALUE
    parts: list[Part] = _grid(length, height)
    for at, bar in enumerate(bars):
        parts += _bar(bar, TOP + BAR * at, length)
    return Drawing(chart.title, WIDE, height, tuple(parts))


def _order(bar: Named) -> tuple[bool, float]:
    """Stable: equal rates keep the order they came in."""
    value = bar.share.value
    return (value is None, -float(value or 0))


def _grid(length: float, height: float) -> list[Part]:
    parts: list[Part] = []
    for mark in GRID:
        x = LABEL + length * mark / 100
        parts.append(Line(((x, TOP), (x, height - BOTTOM)), PALE if mark else GREY, 0.5))
        parts.append(Words(x, height - BOTTOM / 2, f"{mark}%", "middle", FONT - 2))
    return parts


def _bar(bar: Named, y: float, length: float) -> list[Part]:
    value, middle = bar.share.value, y + BAR / 2
    long = 0.0 if value is None else length * min(float(value), 100.0) / 100
    label = Words(LABEL - 6, middle, bar.name, "end")
    number = Words(LABEL + long + 5, middle, bar.share.per_cent)
    drawn = [Rect(LABEL, y + 3, long, BAR - 6, FILL)] if long else []
    return [label, *drawn, number]
