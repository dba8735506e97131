"""Outlines with fewer points that look the same in print.

FandolFang's outlines are traced: 80 segments a glyph, most of them bows of a hair's breadth. Straightening what
leaves its chord by less than three thousandths of an em (0.017 mm in 16 pt) takes a third off every PDF.
"""

import math
from typing import Any

from fontTools.pens.filterPen import FilterPen

TOLERANCE = 3.0  # units of 1000 per em
Point = tuple[float, float]


class StraighteningPen(FilterPen):  # type: ignore[misc]
    """Bows within the tolerance become lines; of a run of lines only the needed points stay."""

    def __init__(self, out: Any, tolerance: float = TOLERANCE) -> None:
        super().__init__(out)
        self.tolerance = tolerance
        self.run: list[Point] = []

    def moveTo(self, pt: Point) -> None:
        self.run = [pt]
        self._outPen.moveTo(pt)

    def lineTo(self, pt: Point) -> None:
        self.run.append(pt)

    def curveTo(self, *points: Point) -> None:
        start, (first, second, end) = self.run[-1], points
        # a cubic leaves its chord by at most three quarters of its handles' distance
        if 0.75 * max(_distance(first, start, end), _distance(second, start, end)) <= self.tolerance:
            middle = tuple(
                (a + 3 * b + 3 * c + d) / 8 for a, b, c, d in zip(start, first, second, end, strict=True)
            )
            self.run += [(middle[0], middle[1]), end]
        else:
            self._end_run()
            self._outPen.curveTo(first, second, end)
            self.run = [end]

    def closePath(self) -> None:
        self._end_run()
        self._outPen.closePath()

    def _end_run(self) -> None:
        for point in _needed(self.run, self.tolerance)[1:]:
            self._outPen.lineTo(point)


def _needed(run: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker's choice of the points of a polyline."""
    if len(run) < 3:
        return run
    distances = [_distance(point, run[0], run[-1]) for point in run[1:-1]]
    farthest = max(distances)
    if farthest <= tolerance:
        return [run[0], run[-1]]
    at = distances.index(farthest) + 1
    return _needed(run[: at + 1], tolerance)[:-1] + _needed(run[at:], tolerance)


def _distance(point: Point, start: Point, end: Point) -> float:
    """From the point to the stretch between start and end."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)
