"""How the answers of `yingbao review` read."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from deployments.cli.output import county_names
from deployments.cli.review_actor import CITY, REGION, city_code, region_of
from models.filing import Role
from models.queries.review_list import ReviewLine
from models.rules.checking import Finding
from models.rules.side_by_side import Line
from tasks.code_lists import code_lists
from tasks.review_desk import late

LIST = {
    "number": "编号",
    "county": "所属地区",
    "name": "单位名称",
    "type": "申报类型",
    "filed_on": "申报日期",
    "state": "状态",
    "operations": "操作",
    "due_on": "审核期限",
    "days_late": "逾期天数",
    "objection_due_on": "异议期限",
    "source": "来源",
}
FIELDS = {
    "title": "项目",
    "value": "本次申报",
    "database": "数据库",
    "last": "上一次审核通过的",
    "differs": "不同",
}
FINDINGS = {
    "code": "代码",
    "severity": "程度",
    "field": "项目",
    "found": "申报",
    "against": "对照",
    "message": "说明",
}
HISTORY = {
    "number": "步",
    "effective_on": "日期",
    "act": "办理",
    "to_state": "状态",
    "agency": "机构",
    "role": "身份",
    "by": "经办",
    "reason": "原因",
}
ENTRY_HISTORY = {"recorded_at": "时间", "act": "办理", "by": "经办", "reason": "原因"}
OBJECTIONS = {
    "raised_by": "提出机关",
    "reason": "原因",
    "raised_on": "提出",
    "due_on": "期限",
    "closing": "结果",
    "closed_on": "办结",
}
LOOKS = {"drawn_on": "自动审核", "closing": "结果", "closed_on": "复看", "closed_by": "经办"}
ENTRIES = {
    "number": "注册编号",
    "county": "所属地区",
    "name": "单位名称",
    "credit_code": "信用代码",
    "is_branch": "分支机构",
    "parent_code": "上级代码",
    "state": "状态",
    "source": "来源",
    "unit": "单位编号",
    "handed_to": "移交给",
}
HITS = {
    "unit": "单位编号",
    "name": "单位名称",
    "credit_code": "信用代码",
    "county": "县（区）",
    "address": "地址",
    "branch": "分支机构",
    "headcount": "人数",
    "state": "状态",
}
CODES = {
    "registrant": "注册编号",
    "county": "所属地区",
    "name": "注册单位",
    "credit_code": "信用代码",
    "signs": "迹象",
    "head_unit": "总公司编号",
    "head_name": "总公司",
    "other_name": "另一家",
}
OPEN = {
    "registrant": "注册编号",
    "county": "所属地区",
    "name": "注册单位",
    "declarations": "未审批通过的申报",
}
FAULTS = {"number": "申报", "step": "步", "message": "问题"}
ACTS = {
    "registrant.registered": "注册",
    "registrant.approved": "注册审核通过",
    "registrant.returned": "注册退回",
    "registrant.handed_over": "移交总公司",
    "registrant.code_corrected": "更正信用代码",
}
CLOSINGS = {"revoked": "已撤销审核", "withdrawn": "已撤回", "confirmed": "无误", None: "未办结"}
SOURCES = {"filed": "向我们申报", "legacy": "老系统", "platform": "平台"}


def line_facts(line: ReviewLine, as_of: date) -> dict[str, Any]:
    return {
        "number": line.declaration,
        "county": line.county,
        "name": line.name,
        "type": line.type,
        "filed_on": line.filed_on,
        "state": line.state,
        "operations": line.operations,
        "due_on": line.due_on,
        "days_late": line.days_late,
        "overdue": late(line, as_of),
        "objection_due_on": line.objection_due_on,
        "second_look": line.second_look,
        "work_order": line.work_order,
        "source": line.source,
    }


def offices() -> dict[str, str]:
    """Division code → who that is."""
    city = city_code()
    return {**county_names(), city: CITY, region_of(city): REGION}


def list_row(facts: Mapping[str, Any]) -> dict[str, Any]:
    told = {"operations": "·".join(facts["operations"]), "source": SOURCES[facts["source"]]}
    return {**facts, **told, "days_late": facts["days_late"] or None}


def sections(lines: Sequence[Line]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Section by section, in the order of the form."""
    return [
        (section, [_field_row(line) for line in held])
        for section, held in groupby(lines, key=lambda line: line.section)
    ]


def _field_row(line: Line) -> dict[str, Any]:
    shown = {"value": line.value, "database": line.database, "last": line.last}
    names = _names_of(line.path)
    shown = {name: names.get(code or "", code) for name, code in shown.items()}
    return {"title": line.title, **shown, "differs": "≠" if line.differs else ""}


def _names_of(path: str) -> Mapping[str, str]:
    """Code → what people read, of the fields that hold codes."""
    if path == "basics.county":
        return county_names()
    if path == "basics.town":
        return code_lists().towns
    if path == "basics.industry":
        return {code: f"{code} {name}" for code, name in code_lists().industries.items()}
    return {}


def finding_row(finding: Finding) -> dict[str, Any]:
    return {name: getattr(finding, name) for name in FINDINGS}


def history_row(step: Mapping[str, Any]) -> dict[str, Any]:
    agency = None if step["role"] == Role.EMPLOYER else offices().get(step["agency"], step["agency"])
    mark = "（自动）" if step["automatic"] else ""
    return {**step, "act": f"{step['act']}{mark}", "agency": agency}


def entry_row(step: Mapping[str, Any]) -> dict[str, Any]:
    detail = step["detail"]
    codes = f"{detail['before'] or '（空）'} → {detail['after']}；" if "after" in detail else ""
    return {
        **step,
        "act": ACTS.get(step["act"], step["act"]),
        "reason": codes + (step["reason"] or "") or None,
    }


def closed_row(row: Mapping[str, Any]) -> dict[str, Any]:
    raised = {"raised_by": offices().get(row["raised_by"])} if "raised_by" in row else {}
    return {**row, **raised, "closing": CLOSINGS[row["closing"]]}


def registration_row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "source": SOURCES[row["source"]]}
