"""2.1: the day from which the term runs has come."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1649", "2.1", "起算日期不得晚于申报日期")


def check(case: Case) -> Iterator[Finding]:
    day = case.form.event_on
    if day is not None and day > case.on:
        yield RULE.at("event_on", day, f"申报日期 {case.on}", f"起算日期{day}还没有到，请核对后重填。")
