"""Which part of the form a heading of the platform's export stands for (declaration_form_fields.csv). What is not
listed here is left unread and named; nothing is guessed from a likeness of words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from models.form.hazards import TITLES, HazardClass
from models.form.items import Item, items
from models.form.monitoring import Measured
from models.form.tables import CLASSES, EXAMINED, FACTORS, POINTS, PRODUCTS, SINGLE, Table
from models.rules.factor_names import key_of
from models.rules.form_cells import CLASS_WORDS
from models.rules.headers import normal_heading
from tasks.code_lists import code_lists

# the export's other words for a field of the form
OTHER_WORDS = {
    "year": "年度 申报年度",
    "event_on": "竣工验收日期 变更日期 变更发生日期",
    "basics.contact": "职业卫生管理联系人/管理人员 职业卫生管理人员",
    "basics.diseased": "职业病累计病例数 累计职业病人数",
    "basics.trained": "接触职业病危害因素培训人数 接触职业病危害因素年度培训人数 接触人员培训人数 接触…培训人数",
    "products.secret": "是否军工等涉密产品 涉密产品 是否涉密",
    "monitoring.done": "检测情况 本年度是否检测",
    "monitoring.agency": "检测机构",
    "monitoring.report_nos": "检测报告号",
    "surveillance.done": "监护开展情况 职业健康监护",
    "surveillance.agency": "体检机构 检查机构 检查机构名称",
    "surveillance.report_nos": "检查报告编号 总结报告编号 体检报告编号 检查机构/检查(总结)报告编号",
}
# fields that intake reads for linkage already (models.inbound.RAW); the document takes them from there
BASICS = {
    "type": "declaration_type",
    "basics.is_branch": "is_branch",
    "basics.registered_address": "registered_address",
    "basics.workplace_address": "address",
    "basics.size": "size",
    "basics.economic_type": "economic_type",
    "basics.phone": "phone",
    "basics.headcount": "headcount",
    "basics.outsourced": "outsourced",
    "basics.exposed": "exposed",
}
ALREADY = frozenset(
    {
        *BASICS,
        *(f"basics.{name}" for name in ["name", "credit_code", "parent_code", "county", "town", "industry"]),
    }
)
GROUPS = re.compile(
    r"^(?:基本信息|基本情况|申报|培训(?:情况)?|主要产品|危害因素(?:种类|情况)?|职业病危害因素(?:种类|情况)?|检测情况|职业健康监护(?:开展)?(?:情况)?)[-—_/.·]?"
)
NUMBERED = re.compile(r"(\D+?)(\d{1,2})$")
EXPOSED_TO = re.compile(r"(?:接触)?(.+?)(?:接触|接害)?人数$")
SIX = {
    "矽尘": "dust",
    "煤尘": "dust",
    "石棉粉尘": "dust",
    "铅": "chemical",
    "苯": "chemical",
    "噪声": "physical",
}
DECLARATION_NO = frozenset(
    {"申报编号", "申报号", "申报流水号", "申报表编号", "申报记录编号", "申报回执编号", "回执编号"}
)


@dataclass(frozen=True)
class Target:
    """Where the cells of a column go: a single field, or a field of one line of a table."""

    item: Item
    table: Table | None = None
    key: str | None = None  # of the line: a class, what was measured, the factor's name
    kind: str | None = None  # class of a factor
    line: int = 0


@cache
def target_of(heading: str) -> Target | None:
    """`heading` as written; a group above it (危害因素种类 over 粉尘) may be part of it."""
    text = normal_heading(heading)
    for plain in dict.fromkeys([text, GROUPS.sub("", text)]):
        found = _singles().get(plain) or _lines().get(plain) or _product(plain) or _factor(plain)
        if found is not None:
            return found
    return None


@cache
def _singles() -> dict[str, Target]:
    found: dict[str, Target] = {}
    for item in SINGLE:
        if item.path not in ALREADY:
            for word in (item.title, *OTHER_WORDS.get(item.path, "").split()):
                found[normal_heading(word)] = Target(item)
    return found


@cache
def _lines() -> dict[str, Target]:
    return {normal_heading(heading): target for heading, target in (*_classes(), *_points(), *_examined())}


def _names_of(kind: HazardClass) -> list[str]:
    return [TITLES[kind], *(word for word, one in CLASS_WORDS.items() if one is kind and len(word) > 2)]


def _classes() -> Iterator[tuple[str, Target]]:
    present, exposed = CLASSES.columns[1:]
    for kind in HazardClass:
        for name in _names_of(kind):
            for heading in (
                f"{name}有/无",
                f"{name}(有/无)",
                f"{name}有无",
                f"有无{name}",
                f"是否存在{name}",
            ):
                yield heading, Target(present, CLASSES, str(kind))
            for heading in (
                f"{name}接触总人数",
                f"接触{name}总人数",
                f"接触{name}人数",
                f"{name}接触人数",
                f"{name}接害人数",
            ):
                yield heading, Target(exposed, CLASSES, str(kind))


def _points() -> Iterator[tuple[str, Target]]:
    other = {Measured.CHEMICAL: ["化学物质"], Measured.BIOLOGICAL_AND_OTHER: ["生物和其他"]}
    for of in Measured:
        for name in (of, *other.get(of, ())):
            for item in POINTS.columns[1:]:
                yield f"{name}{item.title}", Target(item, POINTS, str(of))


def _examined() -> Iterator[tuple[str, Target]]:
    for kind in HazardClass:
        for name in _names_of(kind):
            for item in EXAMINED.columns[1:]:
                yield f"{name}{item.title}", Target(item, EXAMINED, str(kind))


def _product(text: str) -> Target | None:
    """产品名称, or 产品名称2 where an export has several side by side."""
    numbered = NUMBERED.fullmatch(text)
    name, number = (numbered[1], int(numbered[2])) if numbered else (text, 0)
    item = next((one for one in PRODUCTS.columns if normal_heading(one.title) == name), None)
    return Target(item, PRODUCTS, line=number) if item else None


def _factor(text: str) -> Target | None:
    """接触矽尘人数, 接触高温人数: a factor that stands in exactly one class of the catalogue."""
    named = EXPOSED_TO.fullmatch(text)
    kind = class_of(named[1]) if named else None
    if named is None or kind is None:
        return None
    return Target(items()["hazards.dust.factors.exposed"], FACTORS, key=named[1], kind=kind)


def class_of(factor: str) -> str | None:
    """The class of a factor, if the catalogue leaves no doubt."""
    if factor in SIX:
        return SIX[factor]
    found = code_lists().factors.get(key_of(factor), frozenset())
    return (
        str(CLASS_WORDS[next(iter(found))]) if len(found) == 1 and next(iter(found)) in CLASS_WORDS else None
    )


def is_declaration_no(heading: str | None) -> bool:
    return normal_heading(heading) in DECLARATION_NO
