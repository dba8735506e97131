"""F26: 变更申报 says why."""

from collections.abc import Iterator

from models.form.form import FormType
from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1622", "F26", "变更申报须填变更原因")


def check(case: Case) -> Iterator[Finding]:
    if case.form.type is FormType.CHANGE and case.form.reason is None:
        message = (
            "变更申报没有填变更原因，请填写，如“工艺、设备变更”；没有变化、只是按年更新的请改为年度更新。"
        )
        yield RULE.at("reason", None, f"申报类型：{FormType.CHANGE}", message)
