"""C16: the name declared against the verified database's; brackets and width do not matter."""

import re
import unicodedata
from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check

RULE = please_check("E1636", "C16", "单位名称与数据库不一致")
MARKS = re.compile(r"[\s()〔〕\[\]·.]")


def check(case: Case) -> Iterator[Finding]:
    declared, known = case.form.basics.name, case.unit.name if case.unit else None
    if declared and known and declared != known and _plain(declared) != _plain(known):
        message = (
            f"申报的名称是“{declared}”，数据库是“{known}”。改名的请作变更申报并更正数据库，填错的请改正。"
        )
        yield RULE.at("basics.name", declared, known, message)


def _plain(name: str) -> str:
    return MARKS.sub("", unicodedata.normalize("NFKC", name))
