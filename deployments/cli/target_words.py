"""Headings and cells of what `yingbao targets` prints."""

from collections.abc import Iterable, Mapping
from typing import Any

from deployments.cli import fieldwork_words
from models.campaign import Campaign
from models.queries.county_totals import CountyTotal, Slice
from models.queries.membership import Membership
from models.rules.rate import rate
from models.rules.reasons import declared_day, programme_names, state_text, why_listed
from models.rules.targets import Rule
from models.rules.verdicts import words
from models.target import Snapshot, SnapshotKind
from models.verification import Finding
from tasks.snapshots import TITLES, Proof, counties_of

COUNTIES = {
    "name": "县（区）",
    "units": "数据库单位",
    "r": "应申报 R",
    "declared": "已申报",
    "pending": "待审核",
    "undeclared": "未申报",
    "unsure": "待人工核对",
    "rate": "申报率",
}
LISTED = {
    "employer_id": "编号",
    "name": "单位名称",
    "credit_code": "信用代码",
    "county": "县（区）",
    "why": "列入依据或不列入的原因",
    "condition": "状态",
    "declared_day": "申报日",
}
RULES = {"told": "规则", "in_r": "应申报", "units": "单位数", "declared": "已申报"}
GROUPS = {
    "name": "集团（上级机构）",
    "group_key": "代码",
    "members": "下属单位",
    "r": "应申报",
    "declared": "已申报",
    "share": "覆盖",
}
FROZEN = {
    "id": "编号",
    "title": "清单",
    "county": "县（区）",
    "as_of": "截至",
    "members": "未申报及待审核",
    "by": "谁",
    "sha256": "校验码",
}
PROOFS = {
    "snapshot": "编号",
    "title": "清单",
    "county": "县（区）",
    "members": "未申报及待审核",
    "stored_agrees": "存档与校验码一致",
    "recomputed_agrees": "重算一致",
}
CHANGES = {
    "name": "县（区）",
    "b": "基线 B",
    "x": "核销 X",
    "a": "新增 A",
    "n": "现应申报 N",
    "d": "已申报 D",
    "p": "待审核 P",
    "undeclared": "未申报 N−D−P",
    "done": "完成率 D/N",
    "removed": "核销率 X/(B+A)",
    "worked": "工作完成率 (D+X)/(B+A)",
    "recheck": "待复核",
}


def county_row(total: CountyTotal, campaign: Campaign) -> dict[str, Any]:
    """One line with every indicator as declared/units, so that no rate hides its two numbers."""
    row = total.as_row()
    row |= {indicator.key: _share(total.indicators[indicator.key]) for indicator in campaign.indicators}
    row |= {f"sector_{key}": _share(part) for key, part in total.sectors.items()}
    return row | {"extra": sum(part.units for part in total.extras.values()) or None}


def indicator_columns(campaign: Campaign) -> dict[str, str]:
    columns = {"name": "县（区）"} | {indicator.key: indicator.key for indicator in campaign.indicators}
    columns |= {f"sector_{sector.key}": f"I1 {sector.name}" for sector in campaign.sectors}
    return columns | ({"extra": "增加行业（单列）"} if campaign.extras else {})


def _share(part: Slice) -> str:
    return f"{part.declared}/{part.units}"


def unit_row(unit: Mapping[str, Any], campaign: Campaign) -> dict[str, Any]:
    names = campaign.county_names
    told = Rule(unit["rule"]).told(campaign.stopped_months_limit)
    listed = unit["in_r"] or unit["rule"] == Rule.EXTRA
    return {
        **unit,
        "county": names.get(unit["county"] or "", unit["county"] or "不明"),
        "county_code": unit["county"],
        "why": why_listed(unit, campaign) if listed else told,
        "programme": programme_names(unit, campaign),
        "condition": "；".join(filter(None, [state_text(unit, campaign), unit.get("changed")])),
        "declared_day": declared_day(unit),
    }


def rule_rows(rows: Iterable[Mapping[str, Any]], campaign: Campaign) -> list[dict[str, Any]]:
    return [{**row, "told": Rule(row["rule"]).told(campaign.stopped_months_limit)} for row in rows]


def group_row(group: Mapping[str, Any]) -> dict[str, Any]:
    return {**group, "share": f"{group['declared']}/{group['r']}"}


def frozen_row(one: Snapshot, campaign: Campaign) -> dict[str, Any]:
    told = ("id", "kind", "as_of", "known_at", "members", "sha256", "by", "reason", "recorded_at")
    row = {name: getattr(one, name) for name in told}
    return row | {
        "county": counties_of(campaign).get(one.county, one.county),
        "title": TITLES[SnapshotKind(one.kind)],
    }


def proof_row(proof: Proof, campaign: Campaign) -> dict[str, Any]:
    names = counties_of(campaign)
    title = TITLES[SnapshotKind(proof.kind)]
    return {
        **vars(proof),
        "county": names.get(proof.county, proof.county),
        "title": title,
        "holds": proof.holds,
    }


def membership_row(one: Membership) -> dict[str, Any]:
    """1.7: 完成率 = D/N, 核销率 = X/(B + A), 工作完成率 = (D + X)/(B + A)."""
    row = one.as_row()
    if one.b is None:
        return row
    d, x, n, whole = one.d or 0, one.x or 0, one.n or 0, one.b + (one.a or 0)
    return row | {"done": rate(d, n), "removed": rate(x, whole), "worked": rate(d + x, whole)}


LISTS = {
    "kind": "来源",
    "data_date": "数据日期",
    "file_name": "文件",
    "row_no": "行",
    "name": "名称",
    "industry": "行业",
    "headcount": "人数",
    "state": "状态",
    "hazards": "危害因素",
    "programme": "专项",
    "programme_year": "年度",
    "channel": "渠道",
}
LINKS = {
    "declaration_no": "申报编号",
    "name": "申报单位",
    "declaration_state": "申报状态",
    "verdict": "判断",
    "method": "依据",
    "by": "谁",
    "from_on": "有效自",
    "to_on": "至",
    "presumed": "有效日为推定",
    "ended_at": "判断撤销于",
}
HELD = {"snapshot_id": "编号", "kind": "清单", "county": "县（区）", "as_of": "截至", "by": "谁"}
MOVES = {
    "change": "变动",
    "county": "县（区）",
    "reason_code": "原因",
    "effective_on": "自",
    "cancelled_on": "撤回于",
}
VERDICTS = {
    "told": "核对结论",
    "county": "县（区）",
    "since": "日期",
    "note": "说明",
    "effective_on": "报送日",
    "file_name": "文件",
    "row_no": "行",
    "ended_on": "终止于",
}
TRANSFERS = {
    "number": "编号",
    "from_county": "原县（区）",
    "to_county": "接收县（区）",
    "asked_on": "提出日",
    "answer": "答复",
    "answered_on": "答复日",
    "answer_note": "理由",
}
VALUES = {"field": "项目", "value": "值", "counts": "采用", "kind": "来源", "file": "文件", "row_no": "行"}
EVIDENCE: dict[str, tuple[str, dict[str, str]]] = {
    "provenance": ("事实与来源", VALUES),
    "lists": ("名册与名单", LISTS),
    "links": ("申报记录", LINKS),
    "frozen": ("冻结的清单", HELD),
    "verdicts": ("县（区）核对", VERDICTS),
    "transfers": ("划转", TRANSFERS),
    "changes": ("核销与新增", MOVES),
    "fieldwork": ("现场工作", fieldwork_words.HISTORY),
}
ANSWERS = {None: "待确认", "accepted": "已接收", "refused": "已拒绝", "withdrawn": "已撤回"}


def evidence_rows(key: str, rows: Iterable[Mapping[str, Any]], campaign: Campaign) -> list[dict[str, Any]]:
    """Codes as words, where a table has any."""
    said = words(campaign.stopped_months_limit)
    names = campaign.county_names
    told: list[dict[str, Any]] = [dict(row) for row in rows]
    for row in told:
        if key == "verdicts":
            row["told"] = said[Finding(row["finding"])]
        elif key == "transfers":
            row |= {side: names.get(row[side], row[side]) for side in ("from_county", "to_county")}
            row["answer"] = ANSWERS[row["answer"]]
    return fieldwork_words.history_rows(told) if key == "fieldwork" else told
