"""The fields of the form as a list: how each is called, what is written into it, and which words it may hold."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from models.form.form import Form
from models.form.hazards import HazardClass


class Sort(StrEnum):
    WORDS = "文字"
    YES = "是否"
    COUNT = "人数"
    YEAR = "年份"
    AMOUNT = "数量"
    DAY = "日期"
    CHOICE = "选项"
    CLASS = "危害类别"
    CODE = "代码"
    COUNTY = "县（区）"
    INDUSTRY = "行业"
    PHONE = "电话"


class Item(NamedTuple):
    path: str
    title: str
    sort: Sort
    asked: bool  # nothing is submitted without it (marked * on the form)
    note: str = ""
    choices: tuple[str, ...] = ()


SPECIAL = {
    "basics.credit_code": Sort.CODE,
    "basics.parent_code": Sort.CODE,
    "basics.county": Sort.COUNTY,
    "basics.town": Sort.WORDS,
    "basics.industry": Sort.INDUSTRY,
    "basics.phone": Sort.PHONE,
    "year": Sort.YEAR,
}
YES_NO = ("是", "否")
THERE_OR_NOT = ("有", "无")
# the two words of a field, the affirmative first
PAIRS = {
    "basics.leader_trained": THERE_OR_NOT,
    "basics.manager_trained": THERE_OR_NOT,
    "monitoring.done": ("已检测", "未检测"),
    "surveillance.done": ("已开展", "未开展"),
    "present": THERE_OR_NOT,
}
SORTS = {bool: Sort.YES, int: Sort.COUNT, Decimal: Sort.AMOUNT, date: Sort.DAY, str: Sort.WORDS}
SECTIONS = ("basics", "products", "hazards", "monitoring", "surveillance")


@cache
def items() -> dict[str, Item]:
    """Path → field, in the order of the form; those of a table under the table's path, without a row."""
    return {item.path: item for item in _items(Form, "") if item.path != "format"}


def item_of(path: str) -> Item:
    """The field at a path of a document: hazards.dust.factors.3.exposed is hazards.dust.factors.exposed."""
    return items()[".".join(step for step in path.split(".") if not step.isdigit())]


def _items(model: type[BaseModel], at: str) -> Iterator[Item]:
    for name, info in model.model_fields.items():
        kinds = set(_kinds(info.annotation))
        inner = next((kind for kind in kinds if issubclass(kind, BaseModel)), None)
        if inner is not None:
            yield from _items(inner, f"{at}{name}.")
            continue
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        yield _item(f"{at}{name}", info.title or name, kinds, bool(extra.get("x-required")), info.description)


def _item(path: str, title: str, kinds: set[type], asked: bool, note: str | None) -> Item:
    enum = next((kind for kind in kinds if issubclass(kind, StrEnum)), None)
    if enum is HazardClass:
        return Item(path, title, Sort.CLASS, asked, note or "", tuple(one.chinese for one in HazardClass))
    if enum is not None:
        return Item(path, title, Sort.CHOICE, asked, note or "", tuple(map(str, enum)))
    sort = SPECIAL.get(path) or next((SORTS[kind] for kind in kinds if kind in SORTS), Sort.WORDS)
    words = PAIRS.get(path) or PAIRS.get(path.rpartition(".")[2]) or YES_NO
    return Item(path, title, sort, asked, note or "", words if sort is Sort.YES else ())


def _kinds(annotation: Any) -> Iterator[type]:
    """The types a field may hold, whatever they are wrapped in."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        yield annotation
    for inner in get_args(annotation):
        if isinstance(inner, type) or get_args(inner):
            yield from _kinds(inner)
