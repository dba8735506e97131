"""C05: the headcount is far from the last declaration's."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check
from models.rules.far_apart import far_apart

RULE = please_check("E1639", "C05", "在册职工总数与上次申报相差较大")


def check(case: Case) -> Iterator[Finding]:
    before = case.last.form.basics.headcount if case.last and case.last.form else None
    now = case.form.basics.headcount
    if before is not None and now is not None and far_apart(now, before):
        message = f"在册职工上次申报{before}人，这次{now}人，相差较大，请核实。"
        yield RULE.at("basics.headcount", now, before, message)
