"""The months that are to be reported by a day, and the whole of reporting one (C27, C29)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from models.campaign import Campaign
from models.rules.months import last_of, month_of
from models.rules.working_days import ONE_DAY
from tasks.assessments import freeze_month, published_months
from tasks.bulletin.distributing import distribute
from tasks.bulletin.making import Made, issue_day, make_bulletin
from tasks.work_plan import write_work_plans

CATCH_UP = timedelta(days=45)


@dataclass(frozen=True)
class Reported:
    """What reporting a month left behind."""

    month: str
    made: Made
    plans: Sequence[Path]
    messages: int


def months_due(campaign: Campaign, day: date) -> list[str]:
    """Months whose fifth working day has come and that nobody froze."""
    frozen = {one.month for one in published_months(campaign)}
    latest = max(frozen, default="")
    return [month for month in _months(campaign, day) if month > latest and month not in frozen]


def months_missed(campaign: Campaign, day: date) -> list[str]:
    """Of them those of the last weeks: what a schedule may catch up by itself. Older ones a person asks for."""
    since = day - CATCH_UP
    return [month for month in months_due(campaign, day) if issue_day(campaign, last_of(month)) > since]


def _months(campaign: Campaign, day: date) -> list[str]:
    month, found = campaign.bulletin.first_month, []
    while month <= campaign.bulletin.last_month:
        cut = last_of(month)
        if issue_day(campaign, cut) > day:
            break
        found.append(month)
        month = month_of(cut + ONE_DAY)
    return found


def report_month(
    campaign: Campaign,
    month: str,
    out: Path,
    *,
    on: date,
    by: str,
    send: bool = False,
    plans: bool = True,
    number: str = "",
) -> Reported:
    """Freeze it unless it is, make its files, and lay them ready for the counties; each step once."""
    if month not in {one.month for one in published_months(campaign)}:
        freeze_month(campaign, month, on=on, by=by)
    made = make_bulletin(campaign, out / month, month=month, number=number)
    planned = write_work_plans(campaign, last_of(month), out / month / "工作计划") if plans else []
    messages = distribute(campaign, month, made.issued.pdf.path) if send else 0
    return Reported(month, made, planned, messages)
