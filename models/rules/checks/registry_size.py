"""C05: the size declared against the verified database's."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check

RULE = please_check("E1634", "C05", "企业规模与数据库不一致")


def check(case: Case) -> Iterator[Finding]:
    declared, known = case.form.basics.size, case.unit.size if case.unit else None
    if declared and known and declared != known:
        message = f"申报的规模是{declared}型，数据库是{known}型，请核实后改正申报，或更正数据库。"
        yield RULE.at("basics.size", declared, known, message)
