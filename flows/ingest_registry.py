"""Take in what the offices sent: employer lists, leads, declaration exports (C06, C07, C10, C12). On demand."""

from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from pydantic import BaseModel, ConfigDict, Field

from flows.day import Day
from flows.failure_notice import tell_failure
from models.clock import today
from models.inbound import Kind
from tasks.campaigns import open_campaign
from tasks.intake import Receipt
from tasks.intake_files import ingest_one, places
from tasks.order import Order

# a list is stored whole or not at all, and again without change: a retry could only hide what is wrong with it
store_file = task(name="store-file", task_run_name="store-{order.path.name}", retries=0)(ingest_one)
find_files = task(name="find-files", retries=2, retry_delay_seconds=10)(places)


class Request(BaseModel):
    """What a person fills in to start a run. A mistyped field is refused, never passed over."""

    model_config = ConfigDict(extra="forbid")

    place: str = Field(title="文件、文件夹或 http(s) 地址")
    kind: Kind = Field(title="类别")
    data_date: Day | None = Field(default=None, title="数据截止日期（文件自己写明时可省）")
    source: str | None = Field(default=None, title="提供单位")
    full: bool = Field(default=False, title="是全部名单")
    campaign: str = Field(default="liuzhou-2024-2025", title="行动")
    by: str = Field(default="流程", title="经办人")
    dry_run: bool = Field(default=False, title="只演算不保存")

    def order(self, path: Path) -> Order:
        said = {
            "data_date": self.data_date,
            "source": self.source,
            "full": self.full,
            "rehearse": self.dry_run,
            "handed_in": today(),
        }
        return Order(path, self.kind, self.by, **said)  # type: ignore[arg-type]


@flow(name="ingest-registry", on_failure=[tell_failure], on_crashed=[tell_failure])
def ingest_registry(request: Request) -> list[State[list[Receipt]]]:
    """Store each file at `place`. One that is refused never stops the others, and the run still ends failed."""
    campaign = open_campaign(request.campaign)
    files = find_files(request.place)
    progress = create_progress_artifact(0.0, key="ingest-progress", description=f"共 {len(files)} 个文件")
    states = []
    for done, path in enumerate(files, start=1):
        states.append(store_file(request.order(path), campaign, return_state=True))
        update_progress_artifact(progress, 100 * done / len(files))  # type: ignore[arg-type]
    create_table_artifact(_results(files, states), key="ingest-result", description="导入结果")
    return states


def _results(files: list[Path], states: list[State[list[Receipt]]]) -> list[dict[str, Any]]:
    return [
        row
        for path, state in zip(files, states, strict=True)
        for row in (_stored(state) if state.is_completed() else [{"文件": path.name, "结果": state.message}])
    ]


def _stored(state: State[list[Receipt]]) -> list[dict[str, Any]]:
    return [
        {
            "文件": receipt.file,
            "工作表": receipt.sheet,
            "结果": "以前导入过" if receipt.seen_before else "已导入",
            "行数": receipt.rows,
            "新内容": receipt.new,
            "有变动": receipt.changed,
            "问题": receipt.problems,
        }
        for receipt in state.result()
    ]
