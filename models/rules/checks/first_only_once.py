"""F26: 初次申报 only while no declaration was ever approved."""

from collections.abc import Iterator

from models.form.form import FormType
from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1621", "F26", "已有审核通过的申报，不能再作初次申报")


def check(case: Case) -> Iterator[Finding]:
    if case.form.type is FormType.FIRST and case.last is not None:
        message = f"本单位{case.last.filed_on}的申报已审核通过，请改为变更申报或年度更新。"
        yield RULE.at("type", case.form.type, f"上次申报 {case.last.filed_on}", message)
