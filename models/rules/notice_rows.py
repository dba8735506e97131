"""Rows of the derived tables (industry → hazards, hazard → diseases), and an expert's word on them (2.9)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

import polars as pl

from models.rules.notice_words import Catalogue

SEPARATOR = "；"
BRACKETS = re.compile(r"\([^()]*\)")
# the 2013 list has one cataract where the 2024 list has two
OLD_CATARACT = "白内障（含放射性白内障、三硝基甲苯白内障）"
NAMES_OF_2013 = {"白内障（含三硝基甲苯白内障）": OLD_CATARACT, "放射性白内障": OLD_CATARACT}
# clauses that hold what has no name of its own: quoted only where nothing else is known
OPEN_CLAUSES = ("未提及", "可以诊断的其他")


class RowKind(StrEnum):
    INDUSTRY = "industry"
    FACTOR = "factor"


@dataclass(frozen=True)
class Row:
    """One derived row. `quoted`: what a notice may say; `confirmed`: an expert stands for exactly that."""

    kind: RowKind
    key: str  # industry code, or the factor's catalogue name
    name: str
    proposed: tuple[str, ...]
    quoted: tuple[str, ...]
    confirmed: bool = False


@dataclass(frozen=True)
class Word:
    """An expert's word: on which text it was given, and what may be quoted (nothing: not to be quoted)."""

    proposed: str
    quoted: str


Words = Mapping[tuple[RowKind, str], Word]


@dataclass(frozen=True)
class DerivedRows:
    industries: Mapping[str, Row]  # by code
    factors: Mapping[str, Row]  # by comparable name

    @classmethod
    def build(cls, hazards: pl.DataFrame, diseases: pl.DataFrame, words: Words) -> Self:
        """`hazards`, `diseases`: industry_typical_hazards and hazard_disease_map as packaged."""
        industries = [
            _row(RowKind.INDUSTRY, code, name, listed.split(SEPARATOR))
            for code, name, listed in hazards.select("code", "name", "typical_hazards").iter_rows()
        ]
        grouped = diseases.group_by("hazard", maintain_order=True).agg(
            pl.col("disease").unique(maintain_order=True)
        )
        factors = [_row(RowKind.FACTOR, name, name, found) for name, found in grouped.iter_rows()]
        return cls(
            {row.key: settle(row, words) for row in industries},
            {comparable(row.key): settle(row, words) for row in factors},
        )


def settle(row: Row, words: Words) -> Row:
    """A word on another text than today's proposal no longer counts: the table was changed since."""
    word = words.get((row.kind, row.key))
    if word is None or word.proposed != joined(row.proposed):
        return row
    return replace(row, quoted=parted(word.quoted), confirmed=True)


def joined(names: tuple[str, ...]) -> str:
    return SEPARATOR.join(names)


def parted(text: str) -> tuple[str, ...]:
    """；、; and line ends part names; a 、 belongs to a name (石棉所致肺癌、间皮瘤)."""
    return tuple(dict.fromkeys(name.strip() for name in re.split(r"[；;\n]", text) if name.strip()))


def comparable(name: str) -> str:
    """Names of one factor are equal here: 矽尘(游离SiO2含量≥10%) and 矽尘."""
    tidy = re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
    while (shorter := BRACKETS.sub("", tidy)) != tidy and shorter:
        tidy = shorter
    return tidy


def is_open_clause(name: str) -> bool:
    return any(words in name for words in OPEN_CLAUSES)


def as_listed(disease: str, catalogue: Catalogue) -> str:
    """The map names diseases as the 2024 list does."""
    return NAMES_OF_2013.get(disease, disease) if catalogue is Catalogue.OF_2013 else disease


def _row(kind: RowKind, key: str, name: str, proposed: list[str]) -> Row:
    return Row(kind, key, name, tuple(proposed), tuple(proposed))
