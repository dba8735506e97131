"""Send a planned round of notices in batches: booklets town by town, mails and SMS into the outbox and out (C11)."""

from datetime import date
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from pydantic import BaseModel, ConfigDict, Field

from flows.day import Day
from flows.failure_notice import tell_failure
from models.campaign import Campaign
from models.clock import today
from models.rules.membership import check_day
from models.rules.offices import office_names
from tasks.campaigns import open_campaign
from tasks.notice_rounds.delivering import deliver_all
from tasks.notice_rounds.posting import post_batch
from tasks.notice_rounds.printing import Paper, print_towns, towns_to_print
from tasks.notice_rounds.sending import BY_WIRE, CHANNEL_WORDS, Prepared, close
from tasks.notice_rounds.sending import prepare as hold_against_facts

# a batch that failed is taken up again by the next run: the round itself knows what is left
prepare = task(name="prepare-round", retries=0)(hold_against_facts)
print_batch = task(name="print-towns", retries=0)(print_towns)
post = task(name="post-batch", retries=0)(post_batch)


class Request(BaseModel):
    """What a person fills in to start a run. A mistyped field is refused, never passed over."""

    model_config = ConfigDict(extra="forbid")

    campaign: str = Field(default="liuzhou-2024-2025", title="行动")
    round: int = Field(default=1, ge=1, title="第几轮（先用 yingbao notices plan 作计划）")
    as_of: Day | None = Field(default=None, title="落款日期（默认今天）")
    confirm: int | None = Field(default=None, ge=1, title="超过上限时再写一次要发的家数")
    out: Path = Field(default=Path("out/告知单"), title="册子写到哪个文件夹")
    back: bool = Field(default=False, title="背面印申报依据（方案附件1）")
    receipt: bool = Field(default=False, title="附送达回证")
    by: str = Field(default="流程", title="经办人")
    dry_run: bool = Field(default=True, title="只演算：列出会发给谁，不保存、不发出")


@flow(name="send-notices", on_failure=[tell_failure], on_crashed=[tell_failure])
def send_notices(request: Request) -> None:
    """A run cut short is run again: it goes on where it was, and nothing goes twice."""
    campaign, day = open_campaign(request.campaign), request.as_of or today()
    check_day(day, today())
    folder = request.out / f"第{request.round}轮"
    ready = prepare(
        campaign,
        request.round,
        day,
        by=request.by,
        confirm=request.confirm,
        rehearse=request.dry_run,
        listed=folder / ("演算清单.csv" if request.dry_run else "发出清单.csv"),
    )
    _show(ready, campaign, day, dry_run=request.dry_run)
    if not request.dry_run:
        _send(campaign, request.round, Paper(folder, request.back, request.receipt), ready)


def _send(campaign: Campaign, number: int, paper: Paper, ready: Prepared) -> None:
    whole = sum(one.notices for one in ready.round.counts if one.state == "planned") or 1
    progress = create_progress_artifact(0.0, key="notices-progress", description=f"共 {whole} 份")
    done = 0
    for towns in towns_to_print(campaign, number):
        batch = print_batch(campaign, number, towns, paper)
        done += batch.letters + batch.stopped
        update_progress_artifact(progress, min(100 * done / whole, 100))  # type: ignore[arg-type]
    for channel in BY_WIRE:
        while (batch := post(campaign, number, channel)).letters or batch.stopped:
            done += batch.letters + batch.stopped
            update_progress_artifact(progress, min(100 * done / whole, 100))  # type: ignore[arg-type]
    close(campaign, number)
    held = [sentence for report in deliver_all() for sentence in report.held]
    if held:
        create_table_artifact([{"还在等": sentence} for sentence in held], key="notices-waiting")


def _show(ready: Prepared, campaign: Campaign, day: date, *, dry_run: bool) -> None:
    names = office_names(campaign)
    going = [
        {
            "县（区）": names.get(one.county or "", "县区不明"),
            "方式": CHANNEL_WORDS[one.channel],
            "份数": one.notices,
        }
        for one in ready.round.counts
        if one.state == "planned"
    ]
    held = [
        {
            "县（区）": names.get(one.county or "", "县区不明"),
            "方式": f"暂不发：{one.reason}",
            "份数": one.notices,
        }
        for one in ready.round.held
    ]
    said = f"{'演算，' if dry_run else ''}{day}，{ready.letters} 家"
    create_table_artifact([*going, *held] or [{"方式": "没有要发的"}], key="notices", description=said)
