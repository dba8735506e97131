"""The morning's work on declarations: check what is new, write the counties' work lists, mail the 补正告知, age what waits
(2.1, M04, M07).

Each working day before the digests: those carry what is found here to the counties, and what is late to the city (C30).
"""

from datetime import date
from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from pydantic import BaseModel, ConfigDict, Field

from flows.day import Day
from flows.failure_notice import tell_failure
from models.campaign import Campaign
from models.clock import now, today
from models.rules.membership import check_day
from models.rules.offices import office_names
from tasks.campaigns import open_campaign
from tasks.review_auto import AutoReport, approve_clean
from tasks.review_books.issue import issue as issue_book
from tasks.review_mornings import Desk, busy_agencies, is_day_of_work, review_desks
from tasks.review_papers import put_mails

check_new = task(name="check-new-submissions", retries=0)(approve_clean)
write_list = task(name="write-work-list", task_run_name="work-list-{county}", retries=0)(issue_book)
mail = task(name="mail-corrections", retries=0)(put_mails)
age = task(name="age-desks", retries=0)(review_desks)


class Request(BaseModel):
    """What a person fills in to start a run. A mistyped field is refused, never passed over."""

    model_config = ConfigDict(extra="forbid")

    campaign: str = Field(default="liuzhou-2024-2025", title="行动")
    as_of: Day | None = Field(default=None, title="哪一天（默认今天；休息日不做）")
    out: Path = Field(default=Path("out/审核"), title="审核表写到哪个文件夹")
    by: str = Field(default="流程", title="经办人")
    dry_run: bool = Field(default=False, title="只演算不保存、不写文件")


@flow(name="review-declarations", on_failure=[tell_failure], on_crashed=[tell_failure])
def review_declarations(request: Request) -> list[State[Any]]:
    """Run again, it decides nothing twice and writes the lists anew. A step that fails holds up no other; the run fails."""
    campaign, day = open_campaign(request.campaign), request.as_of or today()
    if not request.dry_run:
        check_day(day, today())
    if not is_day_of_work(campaign, day):
        create_table_artifact([{"结果": f"{day} 是休息日，没有做"}], key="reviews", description=str(day))
        return []
    checked = check_new(campaign, day, request.by, rehearse=request.dry_run, return_state=True)
    states: list[State[Any]] = [checked]
    if not request.dry_run:
        states += _write_lists(campaign, day, request.out)
        states.append(mail(campaign, at=now(), return_state=True))
    aged = age(campaign, day, return_state=True)
    states.append(aged)
    if checked.is_completed() and aged.is_completed():
        _show(checked.result(), aged.result(), office_names(campaign), day, dry_run=request.dry_run)
    return states


def _write_lists(campaign: Campaign, day: date, out: Path) -> list[State[Any]]:
    """One agency's list that fails never holds back the others."""
    progress = create_progress_artifact(0.0, key="reviews-progress", description="各县（区）审核表")
    offices, states = busy_agencies(campaign, day), []
    for done, county in enumerate(offices, start=1):
        states.append(write_list(campaign, day, out, county=county, return_state=True))
        update_progress_artifact(progress, 100 * done / len(offices))  # type: ignore[arg-type]
    return states


def _show(checked: AutoReport, desks: list[Desk], names: dict[str, str], day: date, *, dry_run: bool) -> None:
    lines = [
        {
            "审核机关": names[desk.office],
            "待审核": desk.waiting,
            "逾期": desk.late,
            "最早期限": str(desk.first_due or "—"),
            "审核异议": desk.objections,
            "异议逾期": desk.objections_late,
        }
        for desk in desks
    ] or [{"审核机关": "没有待办的"}]
    automatic = f"自动检查 {checked.looked_at} 件，自动通过 {len(checked.approved)} 件"
    said = f"{'演算，' if dry_run else ''}{day}，{automatic}"
    create_table_artifact(lines, key="reviews", description=said)
