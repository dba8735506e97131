"""2.1: 年度更新 leaves size, economic type and industry as they were; a change of them is a 变更申报."""

from collections.abc import Iterator

from models.form.form import FormType
from models.form.titles import title_of
from models.rules.checking import Case, Finding, please_check

RULE = please_check("E1638", "2.1", "规模、经济类型、行业变了的，应作变更申报")
KEPT = ("size", "economic_type", "industry")


def check(case: Case) -> Iterator[Finding]:
    if case.form.type is not FormType.ANNUAL or case.last is None or case.last.form is None:
        return
    before, now = case.last.form.basics, case.form.basics
    for name in KEPT:
        old, new = getattr(before, name), getattr(now, name)
        if old and new and old != new:
            path = f"basics.{name}"
            title = title_of(path).split("·")[-1]
            message = f"{title}上次是{old}，这次是{new}。确有变化的请改为变更申报，填错的请改正。"
            yield RULE.at(path, new, old, message)
