"""F16: a branch that uses its superior's code comes after the superior. F17: one with a code of its own needs none."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1615", "F16", "使用上级机构代码的分支机构，上级机构须先注册并审核通过")


def check(case: Case) -> Iterator[Finding]:
    basics = case.form.basics
    if not basics.is_branch or basics.parent_code is None or basics.parent_code != basics.credit_code:
        return
    if basics.parent_code not in case.approved_principals:
        message = f"上级机构（代码{basics.parent_code}）还没有注册成功，请先由上级机构注册并经审核通过，再申报本单位。"
        yield RULE.at("basics.parent_code", basics.parent_code, "尚无审核通过的上级机构注册", message)
