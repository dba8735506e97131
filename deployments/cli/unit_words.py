"""What a clerk reads in place of the words the database keeps about units (C06, C07)."""

from collections.abc import Mapping
from typing import Any

from deployments.cli.output import county_names
from models.inbound import RAW, Kind

KINDS: dict[str, str] = {
    Kind.REGISTRY: "市场监管名单",
    Kind.SURVEY: "现状调查",
    Kind.PROGRAMME: "专项名单",
    Kind.ASSOCIATION: "行业协会",
    Kind.LEAD: "线索",
    Kind.DECLARATIONS: "申报数据",
}
BASES = {"workplace": "生产经营地", "registered": "住所"}
JUDGED = {"merge": "合并", "split": "拆分"}
HEADINGS = {"id": "编号", "name_key": "名称（规范）", "name_core": "名称主体", "branch_part": "分支名称"}
HEADINGS |= {"county_basis": "县（区）依据", "address_key": "地址（规范）", "industry": "行业代码"}
HEADINGS |= {"ended_at": "终止时间"}


def heading(field: str) -> str:
    return RAW.get(field, HEADINGS.get(field, field))


def worded(field: str, value: Any) -> Any:
    """A value as a clerk says it."""
    words = {"county": county_names(), "county_basis": BASES}.get(field)
    return value if words is None else words.get(value, value)


def with_kind(line: Mapping[str, Any]) -> dict[str, Any]:
    return {**line, "kind": KINDS.get(line["kind"], line["kind"])}


def value_in_words(value: Mapping[str, Any]) -> dict[str, Any]:
    field = value["field"]
    return with_kind(value) | {"field": heading(field), "value": worded(field, value["value"])}


def conflict_in_words(conflict: Mapping[str, Any]) -> dict[str, Any]:
    """Every value with who said it and of which day."""
    field = conflict["field"]
    said = [
        f"{worded(field, one['value'])}（{KINDS.get(one['kind'], one['kind'])}“{one['source']}” {one['data_date']}）"
        for one in conflict["said"]
    ]
    used = worded(field, conflict["used"])
    return {**conflict, "field": heading(field), "used": used, "said": said}
