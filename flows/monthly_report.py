"""The monthly assessment: freeze what is due, write the bulletin and each county's plan, hand them on (C27, C29)."""

from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.artifacts import create_table_artifact
from pydantic import BaseModel, ConfigDict, Field

from flows.day import Day
from flows.failure_notice import tell_failure
from models.clock import today
from models.rules.figures import Figures
from models.rules.months import last_of
from tasks.bulletin.monthly import months_missed
from tasks.bulletin.monthly import report_month as report_one
from tasks.campaigns import open_campaign
from tasks.figures import figures as figures_of
from tasks.outbox import deliver_waiting

report_month = task(name="report-month", retries=0)(report_one)
count_month = task(name="count-month", retries=0)(figures_of)
deliver = task(name="deliver", retries=0)(deliver_waiting)


class Request(BaseModel):
    """What a person fills in to start a run. A mistyped field is refused, never passed over."""

    model_config = ConfigDict(extra="forbid")

    campaign: str = Field(default="liuzhou-2024-2025", title="行动")
    month: str | None = Field(
        default=None,
        title="哪个月（如 2024-08；默认补上近期到期未印发的，更早的请逐月写明）",
        pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$",
    )
    as_of: Day | None = Field(default=None, title="按哪一天办（默认今天）")
    out: Path = Field(default=Path("out/通报"), title="写到哪个文件夹")
    send: bool = Field(default=True, title="发给各县（区）")
    by: str = Field(default="流程", title="经办人")
    dry_run: bool = Field(default=False, title="只演算：只列出数字，不冻结、不写文件、不发送")


@flow(name="monthly-report", on_failure=[tell_failure], on_crashed=[tell_failure])
def monthly_report(request: Request) -> list[State[Any]]:
    """Run on any day: months not due yet are left alone, those already frozen change no more."""
    campaign, day = open_campaign(request.campaign), request.as_of or today()
    months = [request.month] if request.month else months_missed(campaign, day)
    states: list[State[Any]] = []
    for month in months:
        if request.dry_run:
            counted = count_month(campaign, last_of(month), month=month, return_state=True)
            states.append(counted)
            if counted.is_completed():
                _show(counted.result(), dry_run=True)
            continue
        done = report_month(
            campaign, month, request.out, on=day, by=request.by, send=request.send, return_state=True
        )
        states.append(done)
        if not done.is_completed():
            break  # a month is held against the one before it
        _show(done.result().made.figures, dry_run=False)
    if months and request.send and not request.dry_run:
        states.append(deliver(return_state=True))
    return states


def _show(figures: Figures, *, dry_run: bool) -> None:
    lines = [
        {
            "县（区）": line.name,
            "现应申报 N": _said(line["n"]),
            "已申报 D": _said(line["d"]),
            "未申报": _said(line["undeclared"]),
            "完成率": str(line.done or "—"),
            "位次": _said(line.rank),
        }
        for line in figures.lines
    ]
    said = f"{'演算，' if dry_run else ''}{figures.month}，截至 {figures.as_of}"
    create_table_artifact(lines, key="monthly-report", description=said)


def _said(count: int | None) -> str:
    return "—" if count is None else str(count)
