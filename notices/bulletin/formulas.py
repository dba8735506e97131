"""Sums, rates, changes and places over integers, exact; rounded half up only where they are printed (1.7, 2.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from models.rules.rate import UNDEFINED

Numbers = Mapping[str, int | None]


@dataclass(frozen=True)
class Share:
    """`done` of `whole`; None where the whole does not exist yet."""

    done: int | None
    whole: int | None

    @property
    def value(self) -> Fraction | None:
        """Per cent."""
        if self.done is None or not self.whole:
            return None
        return Fraction(100 * self.done, self.whole)

    @property
    def text(self) -> str:
        return two_decimals(self.value)

    @property
    def per_cent(self) -> str:
        return self.text if self.value is None else f"{self.text}%"


@dataclass(frozen=True)
class Serial:
    """1, 2, 3 down the table."""


@dataclass(frozen=True)
class Name:
    """The row's name."""


@dataclass(frozen=True)
class Net:
    """N = B + A − X."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.plus, *self.minus)


@dataclass(frozen=True)
class Ratio:
    """Per cent of two sums: (D + X) / (B + A)."""

    done: tuple[str, ...]
    whole: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.done, *self.whole)


@dataclass(frozen=True)
class Change:
    """Percentage points from one rate to another; taken before any rounding."""

    now: Ratio
    before: Ratio

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.now.keys, *self.before.keys)


@dataclass(frozen=True)
class Place:
    """By rate; equal rates by the fewer left, then by code. Without a rate no place (2.5)."""

    by: Ratio
    fewer: str

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.by.keys, self.fewer)


Formula = Serial | Name | Net | Ratio | Change | Place


def summed(numbers: Numbers, keys: tuple[str, ...]) -> int | None:
    """None as soon as one part is unknown."""
    known = [value for value in (numbers[key] for key in keys) if value is not None]
    return sum(known) if len(known) == len(keys) else None


def net(numbers: Numbers, formula: Net) -> int | None:
    plus, minus = summed(numbers, formula.plus), summed(numbers, formula.minus)
    return None if plus is None or minus is None else plus - minus


def share(numbers: Numbers, ratio: Ratio) -> Share:
    return Share(summed(numbers, ratio.done), summed(numbers, ratio.whole))


def change(numbers: Numbers, formula: Change) -> Fraction | None:
    now, before = share(numbers, formula.now).value, share(numbers, formula.before).value
    return None if now is None or before is None else now - before


def two_decimals(value: Fraction | None, *, signed: bool = False) -> str:
    """四舍五入: a half goes away from zero, as ROUND of a workbook has it."""
    if value is None:
        return UNDEFINED
    hundredths = (200 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    sign = "" if not hundredths else "-" if value < 0 else "+" if signed else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"
