"""Q9: the county of the workplace is the one chosen at registration, whose bureau reviews."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check

RULE = please_check("E1648", "Q9", "所属地区与注册时所选县（区）不一致")


def check(case: Case) -> Iterator[Finding]:
    declared, known = case.form.basics.county, case.registered.county if case.registered else None
    if declared and known and declared != known:
        names = case.lists.counties
        here, there = (names[code].name if code in names else code for code in (declared, known))
        message = (
            f"申报的地区是{here}，注册时选的是{there}。作业场所已迁的请由两县（区）核实后变更，填错的请改正。"
        )
        yield RULE.at("basics.county", here, there, message)
