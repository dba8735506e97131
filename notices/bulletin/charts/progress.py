"""The rate month by month against the plan: a full line with squares, a dashed one without."""

from collections.abc import Sequence

from notices.bulletin.charts.drawing import (
    BLACK,
    FONT,
    GREY,
    PALE,
    WIDE,
    Drawing,
    Line,
    Part,
    Rect,
    Words,
)
from notices.bulletin.content import Progress
from notices.bulletin.formulas import Share

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 190.0, 34.0, 40.0, 26.0, 34.0
GRID = (0, 20, 40, 60, 80, 100)
SQUARE, PLAN, ACTUAL = 5.0, "#7f7f7f", "#1f4e79"
SMALL = FONT - 2
Spot = tuple[float, float]


def draw_progress(chart: Progress) -> Drawing:
    xs = _spread(len(chart.months))
    parts = [*_grid(), *_months(chart.months, xs), *_key()]
    parts += [Line(tuple(run), PLAN, 1.5, 5) for run in _runs(xs, chart.plan)]
    for run in _runs(xs, chart.actual):
        parts.append(Line(tuple(run), ACTUAL, 1.5))
        parts += [_square(x, y) for x, y in run]
    return Drawing(chart.title, WIDE, HEIGHT, (*parts, *_last(xs, chart.actual)))


def _spread(count: int) -> list[float]:
    step = (WIDE - LEFT - RIGHT) / max(count - 1, 1)
    return [LEFT + at * step for at in range(count)]


def _height(per_cent: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(per_cent, 100.0) / 100)


def _runs(xs: Sequence[float], shares: Sequence[Share]) -> list[list[Spot]]:
    """Stretches without a gap: a month without a rate is no nought."""
    runs: list[list[Spot]] = [[]]
    for x, share in zip(xs, shares, strict=False):
        if share.value is None:
            runs.append([])
        else:
            runs[-1].append((x, _height(float(share.value))))
    return [run for run in runs if run]


def _grid() -> list[Part]:
    parts: list[Part] = []
    for mark in GRID:
        y = _height(mark)
        parts.append(Line(((LEFT, y), (WIDE - RIGHT, y)), PALE if mark else GREY, 0.5))
        parts.append(Words(LEFT - 5, y, f"{mark}%", "end", SMALL))
    return parts


def _months(months: Sequence[str], xs: Sequence[float]) -> list[Part]:
    """Every month's name, or every second or third where they would touch."""
    every = -(-len(months) // 9)
    y = HEIGHT - BOTTOM + 12
    return [Words(x, y, month, "middle", SMALL) for x, month in list(zip(xs, months, strict=True))[::every]]


def _key() -> list[Part]:
    y = 8.0
    return [
        Line(((LEFT, y), (LEFT + 24, y)), ACTUAL, 1.5),
        _square(LEFT + 12, y),
        Words(LEFT + 29, y, "实际", size=SMALL),
        Line(((LEFT + 70, y), (LEFT + 94, y)), PLAN, 1.5, 5),
        Words(LEFT + 99, y, "计划", size=SMALL),
    ]


def _square(x: float, y: float) -> Rect:
    return Rect(x - SQUARE / 2, y - SQUARE / 2, SQUARE, SQUARE, ACTUAL)


def _last(xs: Sequence[float], shares: Sequence[Share]) -> list[Part]:
    """The newest rate in figures."""
    known = [(x, share) for x, share in zip(xs, shares, strict=False) if share.value is not None]
    if not known:
        return [Words(WIDE / 2, _height(50), "—", "middle", FONT, BLACK)]
    x, share = known[-1]
    return [Words(x, _height(float(share.value or 0)) - 9, share.per_cent, "middle", SMALL)]
