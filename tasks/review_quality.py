"""The quality of declarations by county and month, against the month before; every number with its list (C05)."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from models.actions.target_basis import lay_survivors
from models.campaign import Campaign
from models.database import reading
from models.errors import UsageTrouble
from models.queries.last_approvals import lay_last_approvals
from models.queries.review_quality import Asked, Member, counts, forms_approved, members
from models.rules.checks import checks
from models.rules.recheck import recheck
from models.rules.review_quality import FIGURES, FINDING, Figure, Period, QualityLine, period_of
from tasks.code_lists import code_lists
from tasks.targets import see_moment

ALL, ELSEWHERE = "合计", "市级及县区不明"
Counts = Mapping[str, Mapping[str, int]]  # figure → county → count
FAULTY = "faulty"  # told by the rules, document by document, not by the database


@dataclass(frozen=True)
class Quality:
    period: Period
    figures: tuple[Figure, ...]
    lines: tuple[QualityLine, ...]

    def as_rows(self) -> list[dict[str, Any]]:
        return [line.as_row(self.figures) for line in self.lines]


def quality(
    campaign: Campaign,
    as_of: date,
    *,
    month: date | None = None,
    known_at: datetime | None = None,
    county: str | None = None,
) -> Quality:
    """Of the month of `as_of`, or of `month` as far as it has gone by then."""
    period = _period(month, as_of)
    now, before = (_counted(campaign, one, known_at) for one in (period, period.before))
    figures = (*FIGURES, *_findings(now.keys() | before.keys()))
    # a zone that ended this month still has its numbers of the month before (M05)
    names = campaign.names_on(period.before.until) | campaign.names_on(period.until)
    names |= {campaign.city.code: ELSEWHERE}
    lines = [_line(code, name, figures, now, before) for code, name in names.items()]
    if county is not None:
        return Quality(period, figures, tuple(line for line in lines if line.county == county))
    return Quality(period, figures, (*lines, _whole(figures, lines)))


def quality_lines(campaign: Campaign, as_of: date, known_at: datetime) -> tuple[dict[str, Any], ...]:
    """As they are kept with a published month: a later handover of a declaration moves nothing in it (C05)."""
    return tuple(vars(line) for line in quality(campaign, as_of, known_at=known_at).lines[:-1])


def quality_members(
    campaign: Campaign,
    as_of: date,
    key: str,
    *,
    month: date | None = None,
    known_at: datetime | None = None,
    county: str | None = None,
) -> list[Member]:
    """The list behind one number."""
    if key not in {figure.key for figure in FIGURES} and not key.startswith(FINDING):
        known = "、".join(f"{figure.key}（{figure.title}）" for figure in FIGURES)
        raise UsageTrouble("E1790", f"没有名为“{key}”的数。可用：{known}、{FINDING}规则代码。")
    with _seen(campaign, _period(month, as_of), known_at) as (db, asked):
        if key != FAULTY:
            return members(db, asked, key, county=county)
        return [one for one in _faulty(db, asked) if county in (None, one.county)]


def _period(month: date | None, as_of: date) -> Period:
    if month is not None and month.replace(day=1) > as_of:
        raise UsageTrouble("E1791", f"{month:%Y-%m} 晚于所问的日期 {as_of}，还没有数。")
    return period_of(month or as_of, as_of)


@contextmanager
def _seen(campaign: Campaign, period: Period, known_at: datetime | None) -> Iterator[tuple[Session, Asked]]:
    """A transaction that shows the last day of the period as known then."""
    with reading() as db:
        moment = see_moment(db, campaign, period.until, known_at)
        lay_survivors(db, moment)
        lay_last_approvals(db, campaign, period.until, known_at=known_at)
        yield db, Asked(campaign, period, known_at, moment.facts)


def _counted(campaign: Campaign, period: Period, known_at: datetime | None) -> Counts:
    with _seen(campaign, period, known_at) as (db, asked):
        return counts(db, asked) | {FAULTY: dict(Counter(one.county for one in _faulty(db, asked)))}


def _faulty(db: Session, asked: Asked) -> list[Member]:
    """F10/F11-type errors in what was approved, by the rules in force now."""
    lists = code_lists()
    return [one for one, form in forms_approved(db, asked) if recheck(form, one.day, lists)]


def _findings(keys: Collection[str]) -> Iterator[Figure]:
    titles = {rule.code: rule.title for rule, _ in checks()}
    for key in sorted(key for key in keys if key.startswith(FINDING)):
        code = key.removeprefix(FINDING)
        yield Figure(key, f"{code} {titles.get(code, '已停用的规则')}", "submitted")


def _line(code: str, name: str, figures: tuple[Figure, ...], now: Counts, before: Counts) -> QualityLine:
    def own(counted: Counts) -> dict[str, int]:
        return {figure.key: counted.get(figure.key, {}).get(code, 0) for figure in figures}

    return QualityLine(code, name, own(now), own(before))


def _whole(figures: tuple[Figure, ...], lines: Sequence[QualityLine]) -> QualityLine:
    now = {one.key: sum(line.counts[one.key] for line in lines) for one in figures}
    before = {one.key: sum(line.earlier[one.key] for line in lines) for one in figures}
    return QualityLine(ALL, ALL, now, before)
