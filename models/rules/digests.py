"""What a digest tells an office: what is due, overdue and waiting, with every date as people need it (C30, 1.6)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from models.campaign_parts import Calendar
from models.rules.ladder import Planned, last_call, rung_name
from models.rules.obligations import Standing, last_day
from models.rules.working_days import Basis, day_kind

WEEKDAYS = "一二三四五六日"


class Waiting(NamedTuple):
    """A unit that another county says is this one's, until it answers (1.7)."""

    number: int
    employer_id: int
    employer: str
    from_county: str
    asked_on: date
    note: str | None


class Owed(NamedTuple):
    """An obligation with what is planned for it on the day of the digest."""

    id: int
    county: str
    key: str
    kind: str
    name: str
    standing: Standing
    asked: int | None
    done: int | None
    reminder: Planned | None


def day_text(day: date) -> str:
    return f"{day}（星期{WEEKDAYS[day.weekday()]}）"


def due_text(due: date, calendar: Calendar, *, inclusive: bool = True) -> str:
    """Both dates where they differ: the day in the plan never moves, but nobody works on it (1.6)."""
    end = last_day(due, inclusive=inclusive)
    by = last_call(end, calendar)
    guess = "（当年放假安排未载入，按星期推定）" if day_kind(end, calendar).basis is Basis.WEEKDAY else ""
    if by == due:
        return f"期限 {day_text(due)}{guess}"
    return f"期限 {day_text(due)}，请于 {day_text(by)}前办结{guess}"


def owed_line(one: Owed, calendar: Calendar, *, inclusive: bool) -> dict[str, Any]:
    """One obligation as it is kept in the digest; `told` says what the reminder is, None where it only stands by."""
    now = one.standing
    if now.overdue:
        deadline = f"期限 {day_text(now.due)}，已逾期 {now.late_days} 天，请立即办结"
    else:
        deadline = due_text(now.due, calendar, inclusive=inclusive)
    line: dict[str, Any] = {"key": one.key, "kind": one.kind, "name": one.name, "county": one.county}
    line |= {"state": str(now.state), "due": now.due.isoformat(), "deadline": deadline}
    line |= {"late_days": now.late_days, "overdue": now.overdue, "asked": one.asked, "done": one.done}
    line["told"] = told(one.reminder, now, inclusive=inclusive) if one.reminder else None
    line["rungs"] = [step.rung.days for step in one.reminder.steps] if one.reminder else []
    line["sent_back_on"] = now.sent_back.on.isoformat() if now.sent_back else None
    line["sent_back_reason"] = now.sent_back.reason if now.sent_back else None
    line["left"] = None if one.asked is None else one.asked - (one.done or 0)
    return line


def told(reminder: Planned, now: Standing, *, inclusive: bool) -> str:
    """What the reminder is called; the day's own rung may go out before its day."""
    if reminder.rung.days == 0 and reminder.on < last_day(now.due, inclusive=inclusive):
        return "期限前最后一次提醒"
    return rung_name(reminder.rung.days)


def escalated(owed: Iterable[Owed], names: Mapping[str, str], escalate_from: int) -> list[dict[str, Any]]:
    """What the city hears of: every overdue rung from the campaign's first one on."""
    return [
        {
            "county": one.county,
            "county_name": names[one.county],
            "key": one.key,
            "name": one.name,
            "due": one.standing.due.isoformat(),
            "late_days": one.standing.late_days,
            "told": rung_name(one.reminder.rung.days),
            "asked": one.asked,
            "done": one.done,
        }
        for one in owed
        if one.reminder and one.reminder.reaches(escalate_from)
    ]
