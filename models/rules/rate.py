"""A rate from two integers, rounded half up only where it is printed (1.7)."""

from fractions import Fraction
from typing import NamedTuple

UNDEFINED = "—"


class Rate(NamedTuple):
    """Two integers, as exact as the counts they come from; `str` prints it."""

    done: int
    whole: int

    @property
    def value(self) -> Fraction | None:
        """None where there is nothing to divide by."""
        return Fraction(self.done, self.whole) if self.whole else None

    def __str__(self) -> str:
        return rate(self.done, self.whole)


def rate(done: int, whole: int) -> str:
    """Per cent with two decimals; — where there is nothing to divide by."""
    if whole == 0:
        return UNDEFINED
    hundredths = (done * 20_000 + whole) // (2 * whole)
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def points(now: Rate | None, before: Rate | None) -> str:
    """环比: how many percentage points more or less than a month before; rounded once, from the exact difference."""
    if now is None or before is None or now.value is None or before.value is None:
        return UNDEFINED
    difference = now.value - before.value
    hundredths = int(abs(difference) * 10_000 + Fraction(1, 2))
    sign = "-" if difference < 0 and hundredths else "+" if hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"
