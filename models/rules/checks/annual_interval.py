"""2.1: 年度更新 comes more than 11 and less than 13 months after the last declaration, by its own cycle."""

from collections.abc import Iterator

from models.form.form import FormType
from models.rules.checking import Case, Finding, please_check
from models.rules.standstill import months_later

RULE = please_check("E1630", "2.1", "年度更新与上次申报间隔应大于11个月、小于13个月")
MORE_THAN, LESS_THAN = 11, 13


def check(case: Case) -> Iterator[Finding]:
    if case.form.type is not FormType.ANNUAL or case.last is None:
        return
    last = case.last.filed_on
    early, late = months_later(last, MORE_THAN), months_later(last, LESS_THAN)
    if case.on <= early:
        message = f"上次申报是{last}，到{case.on}还没有超过{MORE_THAN}个月，未到年度更新的时候；情况有变的请改为变更申报。"
        yield RULE.at("type", case.on, f"晚于 {early}", message)
    elif case.on >= late:
        message = f"上次申报是{last}，应在{late}之前更新，{case.on}才报，属不及时更新，请县（区）记录。"
        yield RULE.at("type", case.on, f"早于 {late}", message)
