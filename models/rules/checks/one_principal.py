"""F18: one principal to a code. Where a branch took it, its county hands the registration over."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1617", "F18", "一个信用代码只有一个非分支机构的注册")


def check(case: Case) -> Iterator[Finding]:
    basics = case.form.basics
    if basics.is_branch is False and case.other_principal is not None:
        message = (
            f"信用代码已由“{case.other_principal}”以非分支机构注册。若对方是分公司误用总公司代码，"
            "请联系其注册时所选县（区）卫生健康局退回并移交该注册。"
        )
        yield RULE.at("basics.credit_code", basics.credit_code, case.other_principal, message)
