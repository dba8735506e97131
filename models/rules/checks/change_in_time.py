"""2.1: a change is reported within 15 days, a finished building project within 30 (申报办法 art. 8)."""

from collections.abc import Iterator
from datetime import timedelta

from models.form.form import SYSTEM_UPDATE, FormType
from models.rules.checking import Case, Finding, please_check

RULE = please_check("E1631", "2.1", "变更应在15日内申报，建设项目竣工验收的30日内")
DAYS, DAYS_OF_PROJECT = 15, 30
PROJECT = ("新建", "改建", "扩建", "技术改造", "技改", "技术引进", "竣工")


def check(case: Case) -> Iterator[Finding]:
    form = case.form
    if form.type is not FormType.CHANGE or form.reason is None or form.reason == SYSTEM_UPDATE:
        return
    if form.event_on is None:
        message = "没有填起算日期，无法判断是否按期申报，请填变更发生（竣工验收、收到检测评价结果）之日。"
        yield RULE.at("event_on", None, form.reason, message)
        return
    days = days_for(form.reason)
    due = form.event_on + timedelta(days=days)
    if case.on > due:
        message = f"“{form.reason}”自{form.event_on}起应在{days}日内（{due}前，含当日）申报，{case.on}才报，请县（区）核实。"
        yield RULE.at("event_on", case.on, f"不晚于 {due}", message)


def days_for(reason: str) -> int:
    return DAYS_OF_PROJECT if any(word in reason for word in PROJECT) else DAYS
