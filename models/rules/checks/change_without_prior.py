"""F26: a change of something never declared. Only what the old system handed over may begin so (F25)."""

from collections.abc import Iterator

from models.form.form import SYSTEM_UPDATE, FormType
from models.rules.checking import Case, Finding, please_check

RULE = please_check("E1624", "F26", "没有审核通过的申报，一般不作变更申报")


def check(case: Case) -> Iterator[Finding]:
    form = case.form
    if form.type is FormType.CHANGE and case.last is None and form.reason != SYSTEM_UPDATE:
        message = "没有查到本单位审核通过的申报。从未申报过的请改为初次申报；在别处申报过的请写明。"
        yield RULE.at("type", form.type, "没有审核通过的申报", message)
