"""Headings and cells of what `yingbao fieldwork` prints."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.campaign import Campaign
from models.fieldwork import RUNGS, Rung
from models.rules.fieldwork_forms import FORMS
from models.rules.fieldwork_totals import UNRECORDED
from models.rules.inspection import FIELDS
from models.rules.offices import office_names
from models.rules.rate import rate
from tasks.fieldwork.questions import Report

ANSWERED = {"row_no": "行", "name": "单位或活动", "outcome": "结果", "code": "代码", "words": "说明"}
HISTORY = {
    "kind_words": "工作",
    "number": "编号",
    "done_on": "日期",
    "name": "单位",
    "county": "县（区）",
    "told": "内容",
    "by": "登记人",
    "withdrawn": "撤回",
}
UNITS = {
    "employer_id": "编号",
    "name": "单位名称",
    "county": "县（区）",
    "assigned": "指导",
    "due_on": "期限",
    "reason": "未申报原因",
    "rung_words": "推进到",
}
MISMATCHES = {
    "employer_id": "编号",
    "name": "单位名称",
    "county": "县（区）",
    "done_on": "检查日期",
    "differences": "不一致",
    "prompt": "提示",
    "inspector": "检查人员",
}
FOLLOWED = {
    "kind_words": "工作",
    "done_on": "日期",
    "name": "单位名称",
    "county": "县（区）",
    "then": "之后申报",
    "days": "相隔天数",
}
KINDS = {str(work): form.title for work, form in FORMS.items()}
KINDS |= {"trained": "培训到场", "invited": "培训受邀"}
KINDS |= {f"rung{rung.value}": f"推进：{words}" for rung, words in RUNGS.items()}
LINES = {"name": "县（区）", "undeclared": "未申报", "assigned": "已指派指导", "unassigned": "尚未指派"}
EFFECTS = {
    "county_name": "县（区）",
    "kind_words": "工作",
    "acts": "次数",
    "units": "当时未申报单位",
    "then_declared": "之后申报",
    "share": "申报率",
    "owing": "仍未申报",
}
COVERAGE = {
    "county_name": "县（区）",
    "programme": "结合工作",
    "assigned": "指派",
    "visits": "入户次数",
    "units": "当时未申报单位",
    "then_declared": "之后申报",
    "owing": "仍未申报",
}
PUBLICITY = {"county_name": "县（区）", "kind": "类型", "acts": "次数", "evidenced": "有佐证"}


def history_rows(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "kind_words": KINDS[row["kind"]],
            "withdrawn": row["withdrawn_at"] and f"{row['withdrawn_by']}：{row['withdrawn_reason']}",
        }
        for row in rows
    ]


def unit_rows(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "assigned": f"{row['agency']} {row['assignee']}" if row["assigned_on"] else None,
            "reason": row["reason"] or UNRECORDED,
            "rung_words": RUNGS[Rung(row["rung"])] if row["rung"] else None,
        }
        for row in rows
    ]


def mismatch_rows(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "differences": "；".join(
                f"{FIELDS[one['field']]}：申报 {one['declared'] or '无'}，实际 {one['found']}"
                for one in row["fields"]
            ),
        }
        for row in rows
    ]


def followed_rows(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "kind_words": KINDS[row["kind"]],
            "then": "此前已申报" if row["before"] else row["declared_on"],
        }
        for row in rows
    ]


def tables(report: Report, campaign: Campaign) -> Iterator[tuple[list[dict[str, Any]], dict[str, str], str]]:
    """Rows, columns and title of each table of the report."""
    names = office_names(campaign) | {"": "县区不明"}
    lines = [line.as_row() | line.reasons | line.rungs for line in report.lines]
    yield lines, LINES, "未申报单位的指导"
    yield lines, {"name": "县（区）", "undeclared": "未申报"} | _same(report.lines[0].reasons), "未申报原因"
    yield lines, {"name": "县（区）", "undeclared": "未申报"} | _same(report.lines[0].rungs), "推进情况"
    placed = [row | {"county_name": names.get(row["county"], row["county"])} for row in report.effects]
    effects = [
        row | {"kind_words": KINDS[row["kind"]], "share": rate(row["then_declared"], row["units"])}
        for row in placed
    ]
    yield effects, EFFECTS, "各项工作之后的申报"
    covered = [
        row
        | {"county_name": names.get(row["county"], row["county"]), "programme": row["programme"] or "合计"}
        for row in report.coverage
    ]
    yield covered, COVERAGE, "结合各项工作的指导"
    told = [row | {"county_name": names.get(row["county"], row["county"])} for row in report.publicity]
    yield told, PUBLICITY, "宣传活动"


def _same(words: Iterable[str]) -> dict[str, str]:
    return {word: word for word in words}
