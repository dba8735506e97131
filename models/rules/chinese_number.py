"""Numbers written in words: 二十五, 一百零八, 两千三百. Also as a row of digits: 二〇二四."""

import re

DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
WORDS = "零〇○一二两三四五六七八九十百千万"
NUMBER = re.compile(rf"[{WORDS}]+")


def number_of(words: str) -> int | None:
    """The number, or null if the words are no well-formed one (五六十 is no number)."""
    if not NUMBER.fullmatch(words):
        return None
    if not set(words) & set("十百千万"):
        return int("".join(str(DIGITS[word]) for word in words)) if len(words) != 2 else None
    high, ten_thousand, low = words.rpartition("万")
    above = _below_ten_thousand(high) if ten_thousand else 0
    below = _below_ten_thousand(low) if low else 0
    return None if above is None or below is None else above * 10_000 + below


def _below_ten_thousand(words: str) -> int | None:
    total, digit, last_unit = 0, None, 10_000
    for word in words:
        if word in UNITS:
            unit = UNITS[word]
            if unit >= last_unit or digit == 0:
                return None
            total, last_unit, digit = total + (digit or 1) * unit, unit, None
        elif digit:
            return None  # two digits in a row: 五六十 is an estimate
        else:
            digit = DIGITS.get(word)
    return total + (digit or 0) if words else None
