"""Checks of single values in a campaign file, with the Chinese message for who mistyped it."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, TypeVar

import polars as pl
from pydantic import AfterValidator, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from models.employer import FACTS
from models.inbound import EMPLOYER_KINDS, Kind
from models.reference import city_towns, industries, province_counties
from models.toml_lines import Place

Item = TypeVar("Item")


def wrong(message: str) -> PydanticCustomError:
    """A mistake in our own words, which pydantic places at the value being checked."""
    return PydanticCustomError("campaign", "{message}", {"message": message})


def refuse(mistakes: Iterable[tuple[Place, str]]) -> None:
    """Raise all mistakes at once, each at its own place below the value being checked."""
    lines = [InitErrorDetails(type=wrong(message), loc=place, input=None) for place, message in mistakes]
    if lines:
        raise ValidationError.from_exception_data("campaign", lines)


@cache
def _industries() -> dict[str, str]:
    """Every accepted way to write a GB/T 4754 code (C26 or 26) and its form without the letter."""
    rows = industries().filter(pl.col("level") != "门类").select("code", "full_code")
    return {written: code for code, full_code in rows.iter_rows() for written in (code, full_code)}


@cache
def county_names() -> dict[str, str]:
    """GB/T 2260 code and name of every county of the region."""
    return dict(province_counties().select("code", "name").iter_rows())


@cache
def town_names() -> dict[str, str]:
    """Nine-digit code and name of every town and street of the city."""
    return dict(city_towns().select("code", "name").iter_rows())


def _industry(written: str) -> str:
    if written not in _industries():
        raise wrong(f"“{written}”不是 GB/T 4754—2017 的大类、中类或小类代码")
    return _industries()[written]


def _county(code: str) -> str:
    if code not in county_names():
        raise wrong(f"“{code}”不是 GB/T 2260 的县（区）代码")
    return code


def _fact(name: str) -> str:
    if name not in FACTS:
        raise wrong(f"“{name}”不是用人单位的字段；可用：{'、'.join(FACTS)}")
    return name


def _once(items: tuple[Item, ...]) -> tuple[Item, ...]:
    refuse(((at,), f"“{item}”重复") for at, item in enumerate(items) if item in items[:at])
    return items


def _sources(kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    refuse(
        ((at,), "platform-counts 只有汇总数，不提供单位信息")
        for at, kind in enumerate(kinds)
        if kind is Kind.PLATFORM_COUNTS
    )
    return kinds


def _every_source(kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    missing = [kind for kind in EMPLOYER_KINDS if kind not in kinds]
    if missing:
        raise wrong(f"默认次序缺少来源：{'、'.join(missing)}")
    return kinds


def distinct(words: Callable[[Item], Iterable[str]], at: str) -> AfterValidator:
    """No word may stand for two items of a list; the later item is refused, at its key `at`."""

    def check(items: tuple[Item, ...]) -> tuple[Item, ...]:
        owner: dict[str, int] = {}
        refuse(
            ((index, at), f"“{word}”重复，第 {owner[word] + 1} 项已用")
            for index, item in enumerate(items)
            for word in dict.fromkeys(words(item))
            if owner.setdefault(word, index) != index
        )
        return items

    return AfterValidator(check)


Industry = Annotated[str, AfterValidator(_industry)]
CountyCode = Annotated[str, AfterValidator(_county)]
Fact = Annotated[str, AfterValidator(_fact)]
Once = AfterValidator(_once)
Sources = Annotated[tuple[Kind, ...], Once, AfterValidator(_sources)]
EverySource = Annotated[Sources, AfterValidator(_every_source)]
