"""How clerks write numbers, dates, trades and telephones."""

import random
from datetime import date

import polars as pl

from tasks.sample.dice import Dice
from tasks.sample.dirt.spoil import Recipe, becomes

DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


def persons(text: str, _luck: random.Random) -> str:
    return text + "人"


def full_width_persons(text: str, _luck: random.Random) -> str:
    return text.translate(DIGITS) + "人"


def about(text: str, luck: random.Random) -> str:
    return luck.choice(("约", "大约", "≈")) + text


def other_number(text: str, luck: random.Random) -> str:
    return str(max(1, round(int(text) * luck.uniform(0.6, 1.5))))


def as_decimal(text: str, _luck: random.Random) -> str:
    return text + ".0"


def division(text: str, _luck: random.Random) -> str:
    return text[:2]


def group(text: str, _luck: random.Random) -> str:
    return text[:3]


def other_industry(text: str, luck: random.Random) -> str:
    return text[:2] + luck.choice(("11", "19", "29", "90", "31"))


def dashed(text: str, _luck: random.Random) -> str:
    return f"{text[:3]}-{text[3:7]}-{text[7:]}" if text.isdigit() else text.replace("-", "")


def dialled(text: str, luck: random.Random) -> str:
    return luck.choice((f"+86{text}", f"86-{text}", f"{text} ", f"电话：{text}", f"{text}.0"))


def short_by_one(text: str, _luck: random.Random) -> str:
    return text[:-1]


def another_phone(_text: str, luck: random.Random) -> str:
    return luck.choice(("138", "151", "177", "199")) + f"{luck.randrange(10**8):08d}"


HEADCOUNT: list[tuple[float, Recipe]] = [
    (0.04, persons), (0.015, full_width_persons), (0.03, about), (0.2, other_number), (0.03, becomes("")), (0.01, becomes("若干")),
]  # fmt: skip
INDUSTRY: list[tuple[float, Recipe]] = [
    (0.06, as_decimal), (0.04, division), (0.03, group), (0.03, other_industry), (0.12, becomes("")), (0.02, becomes("未知行业")),
]  # fmt: skip
PHONE: list[tuple[float, Recipe]] = [
    (0.06, dashed), (0.04, dialled), (0.02, short_by_one), (0.2, another_phone), (0.06, becomes("")),
]  # fmt: skip


def with_section(codes: pl.Series, sections: pl.Series, dice: Dice, share: float) -> pl.Series:
    """2411 → C2411."""
    chosen = pl.Series(dice.flags(len(codes), share)) & codes.str.contains(r"^\d{4}$")
    return (sections + codes).zip_with(chosen, codes).alias(codes.name)


def day_text(day: date, luck: random.Random) -> str:
    throw = luck.random()
    if throw < 0.7:
        return day.isoformat()
    if throw < 0.78:
        return f"{day.year}.{day.month}.{day.day}"
    if throw < 0.86:
        return f"{day.year}/{day.month}/{day.day}"
    if throw < 0.92:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day:%Y%m%d}" if throw < 0.96 else f"{day.isoformat()} 00:00:00"


def days(column: pl.Series, dice: Dice) -> pl.Series:
    texts = [day and day_text(day, dice.one) for day in column.to_list()]
    return pl.Series(column.name, texts, dtype=pl.String)
