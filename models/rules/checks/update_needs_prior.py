"""F26: 年度更新 renews a declaration that was approved."""

from collections.abc import Iterator

from models.form.form import FormType
from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1623", "F26", "没有审核通过的申报，不能作年度更新")


def check(case: Case) -> Iterator[Finding]:
    if case.form.type is FormType.ANNUAL and case.last is None:
        message = "本单位还没有审核通过的申报，不能作年度更新，请改为初次申报。"
        yield RULE.at("type", case.form.type, "没有审核通过的申报", message)
