"""F25: what came over from the old system has its 基本信息 only; the other sections are filled in before submitting."""

from collections.abc import Iterator

from models.form.form import SYSTEM_UPDATE
from models.form.titles import title_of
from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1620", "F25", "各部分都须填写")
SECTIONS = ("products", "hazards", "monitoring", "surveillance")


def check(case: Case) -> Iterator[Finding]:
    imported = case.form.reason == SYSTEM_UPDATE
    against = "由老系统导入，只有基本信息" if imported else "必填"
    for section in SECTIONS:
        if getattr(case.form, section) is None:
            message = f"“{title_of(section)}”还没有填写，请补填后提交。"
            yield RULE.at(
                section, None, against, f"老系统的这一部分无法导入，{message}" if imported else message
            )
