"""A row of a form as people write it, read into values; what cannot be read is refused with its heading."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from models.campaign import Campaign
from models.errors import RuleRefused, YingbaoError
from models.fieldwork import RUNGS, Rung
from models.rules.day import read_day
from models.rules.fieldwork_forms import Field, Form, Sort
from models.rules.offices import office_code

MARKS = re.compile(r"[、，,；;／/\s]+")
ALL = "全部"
MISSING, NO_CHOICE, WRONG_DAY = "E1573", "E1574", "E1576"

Cells = Mapping[str, str | None]


class Span(NamedTuple):
    """The days on which field work of the campaign can have been done, up to the day of entry."""

    first: date
    last: date


def span_of(campaign: Campaign, as_of: date) -> Span:
    return Span(date(min(campaign.years), 1, 1), as_of)


def is_blank(form: Form, cells: Cells) -> bool:
    """A line of the form that says nothing but which unit it is about."""
    return not any(cells.get(field.key) for field in form.fields)


def read_cells(form: Form, cells: Cells, campaign: Campaign, span: Span) -> dict[str, Any]:
    """Every field of the form, by its key; None where it is left open. All that is wrong is said at once."""
    wrong: list[YingbaoError] = []
    missing = [field.title for field in form.needed if not cells.get(field.key)]
    if missing and not _stands_alone(form, cells, missing):
        wrong.append(RuleRefused(MISSING, f"没有填“{'”“'.join(missing)}”。"))
    given: dict[str, Any] = {}
    for field in form.fields:
        try:
            given[field.key] = _value(field, cells.get(field.key), campaign, span)
        except YingbaoError as fault:
            wrong.append(fault)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise RuleRefused(wrong[0].code, "".join(fault.message for fault in wrong))
    return given


def _stands_alone(form: Form, cells: Cells, missing: list[str]) -> bool:
    return bool(form.alone and cells.get(form.alone)) and len(missing) == len(form.needed)


def _value(field: Field, written: str | None, campaign: Campaign, span: Span) -> Any:
    text = (written or "").strip()
    if not text:
        return None
    if field.sort in (Sort.DAY, Sort.COMING_DAY):
        return _day(field, text, span)
    if field.sort is Sort.COUNTY:
        return office_code(campaign, text)
    if field.sort is Sort.SEVERAL:
        return _several(field, text)
    if field.sort is Sort.CHOICE:
        _check_choice(field, text)
    return _rung(text) if field.key == "rung" else text


def _day(field: Field, text: str, span: Span) -> date:
    day = read_day(text).value
    if day is None:
        raise RuleRefused(WRONG_DAY, f"“{field.title}”写的“{text}”不是日期，请写成 2024-09-10 的样子。")
    if day < span.first:
        raise RuleRefused(WRONG_DAY, f"“{field.title}”{day} 在本行动开始（{span.first}）之前。")
    if day > span.last and field.sort is Sort.DAY:
        raise RuleRefused(WRONG_DAY, f"“{field.title}”{day} 还没有到（登记日 {span.last}）。")
    return day


def _several(field: Field, text: str) -> tuple[str, ...]:
    """In the order of the form, each once."""
    if text == ALL:
        return field.choices
    said = [word for word in MARKS.split(text) if word]
    for word in said:
        _check_choice(field, word)
    return tuple(choice for choice in field.choices if choice in said)


def _check_choice(field: Field, word: str) -> None:
    if word not in field.choices:
        raise RuleRefused(
            NO_CHOICE, f"“{field.title}”里没有“{word}”这一项，可填：{'、'.join(field.choices)}。"
        )


def _rung(words: str) -> Rung:
    return next(rung for rung, said in RUNGS.items() if said == words)
