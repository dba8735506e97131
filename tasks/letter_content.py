"""What each unit's letter says, or why it gets none: facts of the database into the blanks of annex 2 (C11, A04)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from unicodedata import category

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.notice_confirmations import words
from models.queries.notice_units import OwnFacts
from models.reference import industries, read_list
from models.reference.words import town_name
from models.rules.notice_hazards import Gap, Likely, Source, likely
from models.rules.notice_industry import industry_path
from models.rules.notice_rows import DerivedRows, Row, Words
from models.rules.notice_words import Variant, catalogue_on
from notices.letter import SAMPLE_MARK, LetterData

NAME_UNKNOWN, INDUSTRY_UNKNOWN = "E1506", "E1507"
GAPS = {
    Gap.NO_HAZARDS: "行业没有常见危害可引用，单位资料里也没有写危害因素。",
    Gap.NOT_TO_BE_QUOTED: "该行业的危害因素经疾控审定不予引用，单位资料里也没有写危害因素。",
    Gap.NO_DISEASES: "危害因素在代码表里没有对应的职业病。",
}


@dataclass(frozen=True)
class Draft:
    """A letter, where its hazards come from, and the rows in it that no expert stands for yet (2.9)."""

    employer_id: int
    letter: LetterData
    source: Source
    unconfirmed: tuple[Row, ...]


@dataclass(frozen=True)
class Withheld:
    """A unit that a person must look at instead."""

    employer_id: int
    employer: str
    code: str
    reason: str


@dataclass(frozen=True)
class Occasion:
    """What all letters of a round share."""

    campaign: Campaign
    day: date
    derived: DerivedRows
    variant: Variant = Variant.DECLARE


def derived_rows(said: Words) -> DerivedRows:
    hazards, diseases = read_list("industry_typical_hazards"), read_list("hazard_disease_map")
    return DerivedRows.build(hazards, diseases, said)


def occasion_of(db: Session, campaign: Campaign, day: date, variant: Variant = Variant.DECLARE) -> Occasion:
    return Occasion(campaign, day, derived_rows(words(db)), variant)


def draft_letter(unit: Mapping[str, Any], own: OwnFacts, occasion: Occasion, number: str) -> Draft | Withheld:
    """`unit`: a row of the target list. A letter that quotes an unconfirmed row carries the mark of a sample."""
    name = _line(unit["name"])
    if not name:
        return Withheld(unit["employer_id"], "", NAME_UNKNOWN, "没有单位名称。")
    path = industry_path(unit["industry"], *_industry_names())
    if path is None:
        return Withheld(unit["employer_id"], name, INDUSTRY_UNKNOWN, "行业不明，门类、大类、中类无从填写。")
    found = likely(own.hazards, unit["industry"], occasion.derived, catalogue_on(occasion.day))
    if isinstance(found, Gap):
        return Withheld(unit["employer_id"], name, found.value, GAPS[found])
    county = next(one for one in occasion.campaign.counties if one.code == unit["county"])
    letter = LetterData(
        number=number,
        employer=name,
        section=path.section,
        division=path.division,
        group=path.group,
        hazards=found.hazards,
        diseases=found.diseases,
        variant=occasion.variant,
        bureau=county.bureau,
        day=occasion.day,
        manual=occasion.campaign.links.manual,
        platform=occasion.campaign.links.platform,
        mark=_mark(found),
        county=county.name,
        town=town_name(unit["town"]) or "",
        address=_line(unit["address"]),
        phone=_line(unit["phone"]),
    )
    return Draft(unit["employer_id"], letter, found.source, found.unconfirmed)


def _mark(found: Likely) -> str:
    return SAMPLE_MARK if found.unconfirmed else ""


def _line(text: str | None) -> str:
    """On one line, whatever white space and invisible marks the list had."""
    visible = "".join(char for char in text or "" if category(char) != "Cf")
    return re.sub(r"\s+", " ", visible).strip()


@cache
def _industry_names() -> tuple[dict[str, str], dict[str, str]]:
    listed = industries()
    names = dict(listed.select("code", "name").iter_rows())
    return names, dict(listed.select("code", "section").iter_rows())
