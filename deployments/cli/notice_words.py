"""Rounds of notices in the words of the office."""

from collections.abc import Iterable, Mapping
from typing import Any

from deployments.cli.output import county_names
from models.queries.notice_rounds import Count, Held
from tasks.notice_rounds.sending import CHANNEL_WORDS

STATES = {
    "planned": "待发",
    "held": "暂不发",
    "queued": "等发（在发件箱）",
    "sent": "已发出",
    "delivered": "已送达",
    "left": "留置送达",
    "refused": "拒收",
    "returned": "退回",
    "invalid": "号码无效",
    "unknown": "未知",
}
ROUND_STATES = {"planned": "已计划", "sending": "发送中", "sent": "已发完"}
SCOPES = {"everyone": "全部未申报单位", "new": "以前各轮没有告知过的"}
NO_COUNTY = "县区不明"
ROUNDS = {
    "number": "轮次",
    "scope": "范围",
    "state": "状态",
    "planned_on": "计划日",
    "sent_on": "发出日",
    "notices": "单位",
    "held": "暂不发",
    "delivered": "已送达",
    "by": "经办",
}
COUNTS = {"place": "县（区）", "channel": "方式", "state": "状态", "notices": "份数"}
HELD = {"place": "县（区）", "code": "代码", "reason": "原因", "notices": "单位"}
HELD_UNITS = {
    "employer_id": "编号",
    "name": "单位名称",
    "place": "县（区）",
    "code": "代码",
    "reason": "原因",
}
RECORDED = {"number": "编号", "result": "结果", "code": "代码"}


def round_row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "scope": SCOPES[row["scope"]], "state": ROUND_STATES[row["state"]]}


def count_rows(counts: Iterable[Count]) -> list[dict[str, Any]]:
    return [
        {**one._asdict(), "place": place(one.county)}
        | {"channel": CHANNEL_WORDS[one.channel], "state": STATES[one.state]}
        for one in counts
    ]


def held_rows(held: Iterable[Held]) -> list[dict[str, Any]]:
    return [{**one._asdict(), "place": place(one.county)} for one in held]


def place(county: str | None) -> str:
    return county_names().get(county, county) if county else NO_COUNTY
