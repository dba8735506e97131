"""Send what still waits: kept back by a robot's limit, by a relay that was down, or until its hour (C30). All day long."""

from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from pydantic import BaseModel, ConfigDict, Field

from flows.failure_notice import tell_failure
from models.clock import today
from models.outbox import SendState
from tasks.notice_rounds.asking import ask_receipts
from tasks.operator import tell_operator
from tasks.outbox import DeliveryReport, deliver_waiting, list_messages

# an unknown outcome is for a person, never for a second try
deliver = task(name="deliver", retries=0)(deliver_waiting)
ask = task(name="ask-receipts", retries=0)(ask_receipts)
waiting = task(name="list-waiting")(list_messages)


ASKED = 50  # receipts asked for in one run: a gateway that posts none is asked for 3,600 a day


class Request(BaseModel):
    """What a person fills in to start a run. A mistyped field is refused, never passed over."""

    model_config = ConfigDict(extra="forbid")

    campaign: str = Field(default="liuzhou-2024-2025", title="行动（发件箱各行动共用）")
    limit: int | None = Field(default=None, ge=1, title="最多发几条（默认全部）")
    dry_run: bool = Field(default=False, title="只列出在等的，不发送")


@flow(name="send-messages", on_failure=[tell_failure], on_crashed=[tell_failure])
def send_messages(request: Request) -> None:
    """Each message leaves once, whoever else is sending. Of a channel in trouble the operator hears once a day."""
    if request.dry_run:
        _show([_line(one) for one in waiting(state=SendState.WAITING)])
        return
    report = deliver(limit=request.limit)
    ask(limit=ASKED)
    _show([_line(vars(one)) for one in report.lines])
    _tell(report)


def _tell(report: DeliveryReport) -> None:
    """The messages wait and are tried again in ten minutes: that is no failed run."""
    for code, message in report.troubles:
        subject = f"应报：消息发不出去（{code}）"
        tell_operator(subject, "\n".join([message, *report.held]), key=f"channel/{code}/{today()}")


def _line(one: dict[str, Any]) -> dict[str, Any]:
    return {"通道": one["channel"], "收件人": one["addressee"], "主题": one["subject"], "状态": one["state"]}


def _show(lines: list[dict[str, Any]]) -> None:
    create_table_artifact(lines or [{"通道": "没有在等的消息"}], key="messages")
