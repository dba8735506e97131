"""C05, C16: the industry declared against the verified database's, as far down as both say it."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check

RULE = please_check("E1633", "C05", "行业分类与数据库不一致")


def check(case: Case) -> Iterator[Finding]:
    declared, known = case.form.basics.industry, case.unit.industry if case.unit else None
    if declared and known and not declared.startswith(known) and not known.startswith(declared):
        names = case.lists.industries
        written = f"{declared} {names.get(declared, '')}".strip()
        listed = f"{known} {names.get(known, '')}".strip()
        message = f"申报的行业是{written}，数据库是{listed}，请核实后改正申报，或更正数据库。"
        yield RULE.at("basics.industry", written, listed, message)
