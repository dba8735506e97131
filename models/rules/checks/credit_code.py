"""2.8: a credit code has 18 characters and a right check digit; a branch's superior's code likewise."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, must_fix
from models.rules.credit_code import is_credit_code

RULE = must_fix("E1625", "2.8", "信用代码应为18位且校验位正确")


def check(case: Case) -> Iterator[Finding]:
    basics = case.form.basics
    for name, code in (("credit_code", basics.credit_code), ("parent_code", basics.parent_code)):
        if code is not None and not is_credit_code(code):
            message = f"“{code}”不是有效的统一社会信用代码（18位，末位为校验位），请对照营业执照重填。"
            yield RULE.at(f"basics.{name}", code, "18位且校验位正确", message)
