"""F16, F17: only a branch has a superior's code, and a branch that gives one gives it as its own, too."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check

RULE = please_check("E1616", "F17", "分支机构标识与上级机构代码应一致")


def check(case: Case) -> Iterator[Finding]:
    basics = case.form.basics
    parent, own = basics.parent_code, basics.credit_code
    if parent is None or own is None or basics.is_branch is None:
        return
    if not basics.is_branch:
        message = "不是分支机构却填了上级机构代码。是分支机构的请选“是”，不是的请清空上级机构代码。"
        yield RULE.at("basics.parent_code", parent, "是否分支机构：否", message)
    elif parent != own:
        message = (
            f"有独立信用代码（{own}）的分支机构不需填上级机构代码；没有独立代码的，两处都填上级机构的代码。"
        )
        yield RULE.at("basics.parent_code", parent, own, message)
