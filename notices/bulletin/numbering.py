"""一、（一）1.（1）: the levels of an official paper number themselves (2.6)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from notices.bulletin.content import Block, Figure, Paragraph

DIGITS = "零一二三四五六七八九"
DEEPEST = 4


@dataclass(frozen=True)
class Numbered:
    """A paragraph with its number, as it is printed."""

    number: str
    heading: str
    text: str
    level: int

    @property
    def plain(self) -> str:
        return f"{self.number}{self.heading}{self.text}"


def chinese(number: int) -> str:
    """1 to 99 in words: 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")


def number_of(level: int, count: int) -> str:
    return (f"{chinese(count)}、", f"（{chinese(count)}）", f"{count}.", f"（{count}）")[level - 1]


def numbered(blocks: Iterable[Block]) -> Iterator[Figure | Numbered]:
    """Counts begin anew below each higher level; what is no paragraph passes through."""
    counts = [0] * DEEPEST
    for block in blocks:
        if not isinstance(block, Paragraph):
            yield block
        elif not block.level:
            yield Numbered("", block.heading, block.text, 0)
        else:
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (DEEPEST - block.level)
            number = number_of(block.level, counts[block.level - 1])
            yield Numbered(number, block.heading, block.text, block.level)
