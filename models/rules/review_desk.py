"""What the reminders say of declarations to decide and objections to answer, and on which days (C30, M07, 2.1).

Neither has rungs of its own in the database: what a tick tells follows from the days alone, of what waits on its day.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from models.rules.ladder import Terms, newest_rung, repeats, rung_name
from models.rules.working_days import ONE_DAY

FEW = 5
REVIEW, OBJECTION = "review", "objection"
NAMES = {REVIEW: "申报审核", OBJECTION: "审核异议"}


class Pending(NamedTuple):
    """One declaration to decide, or one objection to a decision."""

    declaration: int
    name: str | None
    opened_on: date
    due_on: date  # in time until the end of this day
    raised_by: str | None = None  # of an objection: the division of the agency
    reason: str | None = None


@dataclass(frozen=True)
class Pile:
    """Everything of one kind that waits in one office."""

    kind: str
    office: str
    pending: Sequence[Pending]
    day: date
    rung: int | None  # what is told of it today; none: it only stands by in a digest
    news: bool = False  # something new or not answered for a week

    @property
    def overdue(self) -> list[Pending]:
        return [one for one in self.pending if one.due_on < self.day]

    @property
    def tells(self) -> bool:
        return self.rung is not None or self.news

    @property
    def words(self) -> str:
        late = f"，{len(self.overdue)} 件逾期" if self.overdue else ""
        return f"{NAMES[self.kind]}（{len(self.pending)} 件待办{late}）"

    @property
    def told(self) -> str:
        return "新提出或待答复" if self.rung is None else rung_name(self.rung)

    def as_content(self, names: Mapping[str, str]) -> dict[str, Any]:
        """How many, how many of them late, and the few that are due first."""
        oldest = sorted(self.pending, key=lambda one: (one.due_on, one.declaration))[:FEW]
        content: dict[str, Any] = {"waiting": len(self.pending), "overdue": len(self.overdue)}
        content["oldest"] = [self._line(one, names) for one in oldest]
        return content

    def _line(self, one: Pending, names: Mapping[str, str]) -> dict[str, Any]:
        line = {"declaration": one.declaration, "name": one.name or "（未填名称）", "reason": one.reason}
        line |= {"opened_on": one.opened_on.isoformat(), "due": one.due_on.isoformat()}
        line |= {"late_days": max((self.day - one.due_on).days, 0)}
        return line | {"from": names.get(one.raised_by or "", "自治区") if one.raised_by else None}

    def escalation(self, names: Mapping[str, str]) -> dict[str, Any]:
        """One line of the city's digest for all that is late of this kind."""
        first = min(one.due_on for one in self.overdue)
        line: dict[str, Any] = {"county": self.office, "county_name": names[self.office], "key": self.kind}
        line["name"] = f"{NAMES[self.kind]} {len(self.overdue)} 件逾期，最早一件"
        line |= {"due": first.isoformat(), "late_days": (self.day - first).days, "told": self.told}
        return line | {"asked": None, "done": None}


def piles(
    reviews: Mapping[str, Sequence[Pending]],
    objections: Mapping[str, Sequence[Pending]],
    offices: Collection[str],
    *,
    city: str,
    after: date,
    day: date,
    terms: Terms,
) -> list[Pile]:
    """`after`: the last day on which reminders went out. What belongs to no office of the campaign lies with the city."""
    found = []
    for kind, by_office in ((REVIEW, reviews), (OBJECTION, objections)):
        for office, pending in sorted(_at_home(by_office, offices, city).items()):
            rungs = [_rung(kind, one, after, day, terms) for one in pending]
            rung = max((days for days in rungs if days is not None), default=None)
            news = kind == OBJECTION and any(repeats(one.opened_on, after, day, terms) for one in pending)
            found.append(Pile(kind, office, pending, day, rung, news))
    return found


def escalated(
    found: Iterable[Pile], names: Mapping[str, str], city: str, escalate_from: int
) -> list[dict[str, Any]]:
    """What the city hears of: late by as many days as other overdue things."""
    return [
        pile.escalation(names)
        for pile in found
        if pile.office != city and pile.overdue and pile.rung is not None and pile.rung >= escalate_from
    ]


def _rung(kind: str, one: Pending, after: date, day: date, terms: Terms) -> int | None:
    """Five working days are too short for the rungs before the due day; an objection may have longer."""
    opens = one.due_on if kind == REVIEW else one.opened_on + ONE_DAY
    return newest_rung(opens, one.due_on, after, day, terms)


def _at_home(
    by_office: Mapping[str, Sequence[Pending]], offices: Collection[str], city: str
) -> dict[str, list[Pending]]:
    found: dict[str, list[Pending]] = {}
    for office, pending in by_office.items():
        found.setdefault(office if office in offices else city, []).extend(pending)
    return found
