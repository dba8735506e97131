"""The failure of a run reaches the operator. Every flow names `tell_failure` as on_failure and on_crashed."""

from typing import Any

from prefect import Flow, State
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL

from models.clock import SHANGHAI, now
from tasks.operator import tell_operator

LONGEST = 300


def tell_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """One message a run. A flow inside another is told of by the outer one."""
    if flow_run.parent_task_run_id is not None:
        return
    began = (flow_run.start_time or now()).astimezone(SHANGHAI)
    result = "中断" if state.is_crashed() else "失败"
    lines = [
        f"流程：{flow.name}",
        f"运行：{flow_run.name}，{began:%Y-%m-%d %H:%M} 开始",
        f"结果：{result}",
        f"原因：{_reason(state)}",
        f"记录：{_address(flow_run)}",
        "各项情况见 yingbao status；查明原因后可以重新运行，重复运行不会造成重复。",
    ]
    tell_operator(f"应报：{flow.name} 运行{result}", "\n".join(lines), key=str(flow_run.id))


def _reason(state: State[Any]) -> str:
    """The first line, and what a colon announces; what follows may quote a row of a list."""
    lines = [line.strip() for line in (state.message or "").strip().splitlines()] or ["没有说明"]
    announced = lines[1:2] if lines[0].endswith(":") else []
    return " ".join([lines[0], *announced])[:LONGEST]


def _address(run: FlowRun) -> str:
    api = PREFECT_API_URL.value()
    return f"{api.removesuffix('/api')}/runs/flow-run/{run.id}" if api else str(run.id)
