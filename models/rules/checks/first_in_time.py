"""2.1: the first declaration comes within 30 days of the completion acceptance, where there was one."""

from collections.abc import Iterator
from datetime import timedelta

from models.form.form import FormType
from models.rules.checking import Case, Finding, please_check

RULE = please_check("E1632", "2.1", "初次申报应在竣工验收之日起30日内")
DAYS = 30


def check(case: Case) -> Iterator[Finding]:
    form = case.form
    if form.type is not FormType.FIRST or form.event_on is None:
        return
    due = form.event_on + timedelta(days=DAYS)
    if case.on > due:
        message = f"{form.event_on}竣工验收，应在{due}前（含当日）申报，{case.on}才报，请县（区）核实。"
        yield RULE.at("event_on", case.on, f"不晚于 {due}", message)
