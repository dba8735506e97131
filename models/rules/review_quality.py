"""The quality of declarations as counts and shares, each against the period before (C05)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from models.campaign_parts import Calendar
from models.rules.rate import Rate, points
from models.rules.review_list import review_due
from models.rules.working_days import ONE_DAY

FINDING = "finding:"  # finding:E1633: submissions in which that rule found something


class Figure(NamedTuple):
    """A count; `of` names the count it is a share of. A share is undefined where that is zero."""

    key: str
    title: str
    of: str | None = None


FIGURES = (
    Figure("decided", "审核决定"),
    Figure("rejected", "审核不通过", "decided"),
    Figure("decided_late", "超过5个工作日才决定", "decided"),
    Figure("returned", "补正期届满的驳回"),
    Figure("corrected", "按期补正", "returned"),
    Figure("submitted", "提交"),
    Figure("questioned", "提交时有请核实事项", "submitted"),
    Figure("rechecked", "当期已审核、重查"),
    Figure("faulty", "重查有人数或监护错误", "rechecked"),
    Figure("standing", "有效申报单位"),
    Figure("update_due", "应作年度更新", "standing"),
    Figure("update_overdue", "年度更新逾期", "standing"),
    Figure("change_overdue", "变更申报逾期", "standing"),
    Figure("mismatch", "与数据库不一致", "standing"),
    Figure("industry_differs", "行业不一致", "standing"),
    Figure("size_differs", "规模不一致", "standing"),
    Figure("headcount_differs", "人数相差较大", "standing"),
    Figure("waiting", "待审核"),
    Figure("waiting_late", "待审核超过5个工作日", "waiting"),
    Figure("objections", "未办结的审核异议"),
    Figure("objections_late", "逾期的审核异议", "objections"),
    Figure("own", "仅我方审核通过的单位"),
)


class Period(NamedTuple):
    """A month, or its part up to the day asked about; what stands is counted at the end of its last day."""

    since: date
    until: date

    @property
    def before(self) -> "Period":
        """The whole month before."""
        last = self.since - ONE_DAY
        return Period(last.replace(day=1), last)


def period_of(month: date, as_of: date) -> Period:
    """The month that `month` lies in, cut off at the day asked about."""
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - ONE_DAY
    return Period(first, min(last, as_of))


def last_late(day: date, calendar: Calendar) -> date:
    """Whoever waits since this day or an earlier one is past its five working days on `day`; younger ones are not."""
    since = day - ONE_DAY
    while review_due(since, calendar) >= day:
        since -= ONE_DAY
    return since


@dataclass(frozen=True)
class QualityLine:
    """One county, or the city; `earlier` are the counts of the period before."""

    county: str
    name: str
    counts: Mapping[str, int] = field(default_factory=dict)
    earlier: Mapping[str, int] = field(default_factory=dict)

    def share(self, figure: Figure) -> Rate | None:
        return self._share(self.counts, figure)

    def change(self, figure: Figure) -> str:
        """In percentage points for a share, else in numbers."""
        if figure.of is None:
            return f"{self.counts[figure.key] - self.earlier[figure.key]:+d}".replace("+0", "0")
        return points(self.share(figure), self._share(self.earlier, figure))

    def _share(self, counts: Mapping[str, int], figure: Figure) -> Rate | None:
        return Rate(counts[figure.key], counts[figure.of]) if figure.of else None

    def as_row(self, figures: tuple[Figure, ...]) -> dict[str, Any]:
        """Everything by its key, for a table or as JSON: count, share (null while undefined), change."""
        row: dict[str, Any] = {"county": self.county, "name": self.name}
        for one in figures:
            share = self.share(one)
            printed = None if share is None or share.value is None else str(share)
            told = {"count": self.counts[one.key], "before": self.earlier[one.key]}
            row[one.key] = told | {"share": printed, "change": self.change(one)}
        return row
