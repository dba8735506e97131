"""Where a title breaks: between its phrases, in the shape of a trapezoid or a diamond, never an hourglass (2.6)."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from unicodedata import east_asian_width

LINE = 20  # 汉字 of 22 pt in 156 mm
HOURGLASS, OBLONG = 100.0, 16.0
MOST_BREAKS = 3


def width(text: str) -> float:
    """In 汉字; Latin letters and digits are half as wide."""
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.5 for char in text)


def title_lines(phrases: Sequence[str], line: float = LINE) -> tuple[str, ...]:
    """As few lines as hold the title, then the best shape; a phrase longer than a line is left to break by itself."""
    for breaks in range(min(MOST_BREAKS, len(phrases) - 1) + 1):
        fitting = [lines for lines in _split(phrases, breaks) if max(map(width, lines)) <= line]
        if fitting:
            return min(fitting, key=_ugliness)
    return ("".join(phrases),)


def _split(phrases: Sequence[str], breaks: int) -> Iterator[tuple[str, ...]]:
    for places in combinations(range(1, len(phrases)), breaks):
        edges = (0, *places, len(phrases))
        yield tuple("".join(phrases[a:b]) for a, b in pairwise(edges))


def _ugliness(lines: Sequence[str]) -> float:
    """Lines should differ a little, and a middle one should not be shorter than both its neighbours."""
    widths = [width(line) for line in lines]
    steps = [abs(a - b) for a, b in pairwise(widths)]
    waist = any(b < a and b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))
    oblong = sum(OBLONG for step in steps if step < 1)
    return sum((step - 2) ** 2 for step in steps) + oblong + (HOURGLASS if waist else 0)
