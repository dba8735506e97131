"""The code lists a declaration is checked against: never empty, and each with a version that says which it was (F22)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from models.errors import EnvironmentTrouble
from models.rules.factor_names import plain_name

EMPTY = "E1402"
DEEPEST = "小类"


@dataclass(frozen=True, slots=True)
class Division:
    """A county and the days on which it exists: a new zone is a row, no code (M05)."""

    name: str
    since: date | None = None
    until: date | None = None  # the first day without it
    parent: str | None = None  # of a zone: the county whose towns are its towns

    def stands_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True)
class CodeLists:
    counties: Mapping[str, Division]
    towns: Mapping[str, str]  # 9 digits → name, of our own city
    industries: Mapping[str, str]  # code → name
    industry_classes: frozenset[str]  # the deepest codes, four digits
    factors: Mapping[str, frozenset[str]]  # plain name → classes of the 2015 catalogue it stands in
    versions: Mapping[str, str]  # list → version

    @classmethod
    def build(
        cls,
        *,
        counties: pl.DataFrame,
        towns: pl.DataFrame,
        industries: pl.DataFrame,
        factors: pl.DataFrame,
        divisions: Mapping[str, Division] | None = None,
    ) -> "CodeLists":
        """`divisions`: counties beside the packaged ones, or the days of one that came or went."""
        given = {"县（区）": counties, "乡镇（街道）": towns, "行业分类": industries, "危害因素": factors}
        return cls(
            counties={code: Division(name) for code, name in _pairs(counties)} | dict(divisions or {}),
            towns=dict(_pairs(towns)),
            industries=dict(_pairs(industries)),
            industry_classes=frozenset(industries.filter(pl.col("level") == DEEPEST)["code"]),
            factors=classes_by_name(factors),
            versions={title: version_of(title, rows) for title, rows in given.items()},
        )


def version_of(title: str, rows: pl.DataFrame) -> str:
    """Twelve signs of the content's hash. An empty list stops the work instead of showing blank choices (F22)."""
    if rows.is_empty():
        raise EnvironmentTrouble(EMPTY, f"代码表“{title}”是空的，请重新安装程序。")
    return hashlib.sha256(rows.write_csv().encode()).hexdigest()[:12]


def _pairs(rows: pl.DataFrame) -> list[tuple[str, str]]:
    return list(zip(rows["code"], rows["name"], strict=True))


def classes_by_name(rows: pl.DataFrame) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for category, name in zip(rows["category"], rows["name"], strict=True):
        for plain in plain_name(name):
            found.setdefault(plain, set()).add(category)
    return {name: frozenset(categories) for name, categories in found.items()}
