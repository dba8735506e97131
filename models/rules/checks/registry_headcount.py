"""C05: the headcount declared is far from the verified database's."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check
from models.rules.far_apart import far_apart

RULE = please_check("E1635", "C05", "在册职工总数与数据库相差较大")


def check(case: Case) -> Iterator[Finding]:
    declared, known = case.form.basics.headcount, case.unit.headcount if case.unit else None
    if declared is not None and known is not None and far_apart(declared, known):
        message = f"申报在册职工{declared}人，数据库是{known}人，相差较大，请核实后改正申报，或更正数据库。"
        yield RULE.at("basics.headcount", declared, known, message)
