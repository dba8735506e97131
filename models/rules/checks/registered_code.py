"""F07: the code is the registration's; nobody changes it by a declaration."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1647", "F07", "信用代码应与注册的一致")


def check(case: Case) -> Iterator[Finding]:
    declared = case.form.basics.credit_code
    known = case.registered.credit_code if case.registered else None
    if declared and known and declared != known:
        message = f"申报的信用代码是{declared}，注册的是{known}。填错的请改正；注册的代码有误的，请联系县（区）按更正程序办理。"
        yield RULE.at("basics.credit_code", declared, known, message)
