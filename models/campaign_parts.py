"""The sections of a campaign file, each checked as far as it can be alone."""

import csv
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from models.employer import FACTS
from models.inbound import EMPLOYER_KINDS, Kind

Place = tuple[str | int, ...]


def wrong(message: str) -> PydanticCustomError:
    """A mistake in our own words, which pydantic places at the value being checked."""
    return PydanticCustomError("campaign", "{message}", {"message": message})


def refuse(mistakes: Iterable[tuple[Place, str]]) -> None:
    """Raise all mistakes at once, each at its own place below the value being checked."""
    lines = [InitErrorDetails(type=wrong(message), loc=place, input=None) for place, message in mistakes]
    if lines:
        raise ValidationError.from_exception_data("campaign", lines)


@cache
def _reference(file: str) -> tuple[dict[str, str], ...]:
    text = (files("models") / "reference" / file).read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _industries() -> dict[str, str]:
    """Every accepted way to write a GB/T 4754 code (C26 or 26) and its form without the letter."""
    rows = [row for row in _reference("gbt4754_2017.csv") if row["level"] != "门类"]
    return {written: row["code"] for row in rows for written in (row["code"], row["full_code"])}


@cache
def _counties() -> dict[str, str]:
    return {row["code"]: row["name"] for row in _reference("regions_guangxi_counties.csv")}


def _industry(written: str) -> str:
    if written not in _industries():
        raise wrong(f"“{written}”不是 GB/T 4754—2017 的大类、中类或小类代码")
    return _industries()[written]


def _county(code: str) -> str:
    if code not in _counties():
        raise wrong(f"“{code}”不是 GB/T 2260 的县（区）代码")
    return code


def _fact(name: str) -> str:
    if name not in FACTS:
        raise wrong(f"“{name}”不是用人单位的字段；可用：{'、'.join(FACTS)}")
    return name


def _kinds_once(kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    refuse(((at,), f"来源“{kind}”重复") for at, kind in enumerate(kinds) if kind in kinds[:at])
    if Kind.PLATFORM_COUNTS in kinds:
        raise wrong("platform-counts 只有汇总数，不提供单位信息")
    return kinds


def _all_kinds(kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    missing = [kind for kind in EMPLOYER_KINDS if kind not in kinds]
    if missing:
        raise wrong(f"默认次序缺少来源：{'、'.join(missing)}")
    return kinds


def distinct[T](words: Callable[[T], Iterable[str]], at: str) -> AfterValidator:
    """No word may stand for two items of a list; the later item is named, at its key `at`."""

    def check(items: tuple[T, ...]) -> tuple[T, ...]:
        first: dict[str, int] = {}
        twice = []
        for index, item in enumerate(items):
            for word in dict.fromkeys(words(item)):
                if first.setdefault(word, index) != index:
                    twice.append(((index, at), f"“{word}”重复，第 {first[word] + 1} 项已用"))
        refuse(twice)
        return items

    return AfterValidator(check)
