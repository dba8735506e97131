"""F12: the contact's number is a mobile number. The number itself is never repeated in a message."""

import re
from collections.abc import Iterator

from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1611", "F12", "手机号码应为11位")
MOBILE = re.compile(r"1[3-9][0-9]{9}")


def check(case: Case) -> Iterator[Finding]:
    phone = case.form.basics.phone
    if phone is not None and not MOBILE.fullmatch(phone):
        found = f"{len(phone)}个字符"
        yield RULE.at("basics.phone", found, "11位手机号", "手机号码应为1开头的11位数字，请核对后重填。")
