"""The flows by the names people call them; imported only when one is run, because Prefect takes seconds to load."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from models.errors import UsageTrouble

if TYPE_CHECKING:
    from prefect import Flow

FLOWS = {
    "ingest_registry": "导入名册、专项名单、线索或申报数据",
    "find_targets": "对号、计算各县（区）申报目标，写出清单",
}


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
