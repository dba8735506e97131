"""What the county's work list says of a declaration: who may do what with it (M04), and by when it is decided (2.1)."""

from datetime import date

from models.campaign_parts import Calendar
from models.declaration import DeclarationState
from models.filing import Role
from models.rules.working_days import ONE_DAY, before, on_or_after

WORKING_DAYS = 5  # for the 回执 (申报办法)
LOOK, REVIEW, REVOKE, OBJECT, EDIT, SUBMIT = "查看", "审核", "撤销", "提出异议", "编辑", "提交"
SECOND_LOOK = "复看"  # of an approval that came by itself
OF_PLATFORM = (LOOK, OBJECT)  # the county answers an objection on the platform
OF_REVIEWER = {DeclarationState.SUBMITTED: (LOOK, REVIEW), DeclarationState.APPROVED: (LOOK, REVOKE)}
OF_EMPLOYER = dict.fromkeys((DeclarationState.DRAFT, DeclarationState.REJECTED), (LOOK, EDIT, SUBMIT))


def operations(state: DeclarationState, role: Role, *, ours: bool = True) -> tuple[str, ...]:
    """The 操作 column. What is still the employer's own (暂存) nobody else sees; a platform's (not `ours`) is decided there."""
    may = _operations(state, role)
    return may if ours else tuple(word for word in may if word in OF_PLATFORM)


def _operations(state: DeclarationState, role: Role) -> tuple[str, ...]:
    if role is Role.EMPLOYER:
        return OF_EMPLOYER.get(state, (LOOK,))
    if state is DeclarationState.DRAFT or role is Role.OTHER_COUNTY:
        return ()
    if role is Role.REVIEWER:
        return OF_REVIEWER.get(state, (LOOK,))
    return (LOOK, OBJECT) if state is DeclarationState.APPROVED else (LOOK,)


def review_due(since: date, calendar: Calendar) -> date:
    """The fifth working day after the day of filing or revoking, that fifth day included until 24:00 (Q5)."""
    return _working_days_after(since, WORKING_DAYS, calendar)


def objection_due(raised_on: date, working_days: int, calendar: Calendar) -> date:
    """By when the county answers an objection where nobody names a day (M07)."""
    return _working_days_after(raised_on, working_days, calendar)


def _working_days_after(day: date, count: int, calendar: Calendar) -> date:
    for _ in range(count):
        day = on_or_after(day + ONE_DAY, calendar)
    return day


def days_late(since: date, as_of: date, calendar: Calendar) -> int:
    return max((as_of - review_due(since, calendar)).days, 0)


def late_since(as_of: date, calendar: Calendar) -> date:
    """The last day of filing that is late on `as_of`: its fifth working day has passed."""
    day = as_of
    for _ in range(WORKING_DAYS):
        day = before(day, calendar)
    return day - ONE_DAY
