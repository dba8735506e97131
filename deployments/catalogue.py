"""The flows by the names people call them, and how each is deployed: when, with what, how often at a time.

Flows are imported only when one is run or deployed, because Prefect takes seconds to load.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from models.errors import UsageTrouble

if TYPE_CHECKING:
    from prefect import Flow

FLOWS = {
    "ingest_registry": "导入名册、专项名单、线索或申报数据",
    "find_targets": "对号、计算各县（区）申报目标，写出清单",
    "track_deadlines": "记下到期事项、催办、逾期上报",
    "review_declarations": "申报审核：检查新提交的、更新各县（区）审核表、列出逾期的",
    "send_messages": "发出还在等的消息",
    "send_notices": "发出一轮告知单：打印成册、邮件、短信",
    "monthly_report": "冻结到期的月份，写出通报和各县（区）工作计划并发出",
    "run_campaign": "从导入到下发核对表一次做完",
    "count_targets": "查询各县（区）任何一天的申报目标，只读",
}

READ_ONLY = ("count_targets",)  # nothing to rehearse


class Collision(StrEnum):
    """What becomes of a run that is due while the one before still runs."""

    WAIT = "ENQUEUE"
    DROP = "CANCEL_NEW"


@dataclass(frozen=True)
class Deployment:
    """One way of starting a flow. `parameters` are fields of its Request; the campaign is the installation's."""

    name: str  # as people see it in Prefect's list
    flow: str
    what: str
    cron: str | None = None  # by the clock of Shanghai; None: only on demand
    parameters: Mapping[str, Any] = field(default_factory=dict)
    collision: Collision = Collision.WAIT
    at_once: int = 1
    tags: tuple[str, ...] = ()

    @property
    def entrypoint(self) -> str:
        return f"flows.{self.flow}.{self.flow}"

    @property
    def flow_name(self) -> str:
        return self.flow.replace("_", "-")


DEPLOYMENTS = (
    # the tick catches up what it missed: a second one beside it has nothing to do
    Deployment(
        "每日跟踪",
        "track_deadlines",
        "每天 8:30：列出到期和逾期的事项，该催办的催办，逾期的报市级。漏跑的下次补上，不会重复发。",
        cron="30 8 * * *",
        collision=Collision.DROP,
        tags=("定时",),
    ),
    Deployment(
        "申报审核",
        "review_declarations",
        "每个工作日 8:00：检查新提交的申报（只有打开自动审核的县（区）才自动通过），更新各县（区）审核表，"
        "列出逾期的审核和异议；催办随 8:30 的每日跟踪发出。休息日不做，重复运行不会重复办理。",
        cron="0 8 * * *",
        collision=Collision.DROP,
        tags=("定时",),
    ),
    Deployment(
        "发出消息",
        "send_messages",
        "每天 8 点到 20 点每 10 分钟：发出还在等的消息。每条只发一次；结果不明的不重发，由人核对。",
        cron="*/10 8-19 * * *",
        collision=Collision.DROP,
        tags=("定时",),
    ),
    Deployment(
        "月度目标",
        "find_targets",
        "每月 1 日 7:00：按上月末的数据对号、计算各县（区）申报目标，写出清单。",
        cron="0 7 1 * *",
        parameters={"month_end": True, "out": "out/月度"},
        collision=Collision.DROP,
        tags=("定时",),
    ),
    # a month that was missed is caught up on the next morning
    Deployment(
        "月度通报",
        "monthly_report",
        "每天 9:00：到了印发日（第 5 个工作日）而还没有印发的月份，冻结数字、写出通报和工作计划、发给各县（区）。",
        cron="0 9 * * *",
        collision=Collision.DROP,
        tags=("定时",),
    ),
    Deployment(
        "计算目标", "find_targets", "对号、计算指定日期的申报目标，写出清单。可先演算。", tags=("手动",)
    ),
    Deployment(
        "导入数据",
        "ingest_registry",
        "导入一个文件、文件夹或网址：名册、专项名单、线索、申报数据。可先演算。",
        tags=("手动",),
    ),
    Deployment(
        "发出告知单",
        "send_notices",
        "按计划发出一轮告知单，计划以后有变动的暂不发。默认只演算；中断后再运行接着发，不会重发。",
        collision=Collision.WAIT,
        tags=("手动",),
    ),
    Deployment(
        "全程",
        "run_campaign",
        "一个带 manifest.csv 的文件夹：导入、对号、计算目标、冻结下发清单、写出核对表、跟踪期限。重复运行不改变结果。",
        tags=("手动",),
    ),
    Deployment(
        "查询", "count_targets", "各县（区）任何一天的申报目标。只读，不会改变任何数据。", tags=("只读",)
    ),
)


def find_flow(name: str) -> "Flow[..., Any]":
    """The flow `name`, with hyphens or underscores."""
    key = flow_key(name)
    flow: Flow[..., Any] = getattr(import_module(f"flows.{key}"), key)
    return flow


def flow_key(name: str) -> str:
    key = name.replace("-", "_")
    if key not in FLOWS:
        listed = "；".join(f"{one}（{title}）" for one, title in FLOWS.items())
        raise UsageTrouble(
            "E1042", f"没有名为“{name}”的流程。现有：{listed}。各流程的参数见 yingbao run --help。"
        )
    return key
