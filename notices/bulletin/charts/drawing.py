"""A chart as rectangles, lines and words, in points: one drawing, written as SVG for the page or PNG for Word."""

from collections.abc import Sequence
from dataclasses import dataclass

BLACK, GREY, PALE, WHITE = "#000000", "#7f7f7f", "#d9d9d9", "#ffffff"
WIDE = 442.0  # points: the 156 mm of text
FONT = 10.5
ASCENT = 0.36  # of the size: from the middle of a 汉字 down to its baseline


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str = WHITE
    stroke: str = ""


@dataclass(frozen=True)
class Line:
    points: tuple[tuple[float, float], ...]
    stroke: str = BLACK
    width: float = 0.75
    dash: float = 0.0


@dataclass(frozen=True)
class Words:
    """`y` is the middle of the line; `anchor` start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    size: float = FONT
    fill: str = BLACK

    @property
    def baseline(self) -> float:
        return self.y + ASCENT * self.size


Part = Rect | Line | Words


@dataclass(frozen=True)
class Drawing:
    """`title` tells those who cannot see it what it is; the parts do not repeat it."""

    title: str
    width: float
    height: float
    parts: tuple[Part, ...]

    @property
    def chars(self) -> frozenset[str]:
        return frozenset("".join(part.text for part in self.parts if isinstance(part, Words)))


def two_lines(name: str, longest: int = 4) -> tuple[str, ...]:
    """三江侗族自治县 above one another; short names stay whole."""
    if len(name) <= longest:
        return (name,)
    upper = len(name) - 3 if name.endswith("自治县") else (len(name) + 1) // 2
    return (name[:upper], name[upper:])


def stacked(x: float, y: float, lines: Sequence[str], size: float, fill: str) -> tuple[Words, ...]:
    """Centred lines around y."""
    pitch = size * 1.25
    top = y - pitch * (len(lines) - 1) / 2
    return tuple(Words(x, top + at * pitch, line, "middle", size, fill) for at, line in enumerate(lines))
