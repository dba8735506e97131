"""A03: a factor the packaged 2015 catalogue lacks. Never refused: part of the chemical class is missing from our copy."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check
from models.rules.factor_names import plain_name

RULE = please_check("E1628", "A03", "危害因素名称应在《职业病危害因素分类目录》（2015年）中")


def check(case: Case) -> Iterator[Finding]:
    known = case.lists.factors
    for path, _, name in case.form.hazards.named() if case.form.hazards else ():
        if not any(plain in known for plain in plain_name(name)):
            message = (
                f"在目录中没有查到“{name}”，请核对名称；确属目录外或本系统目录尚未收全的，由县（区）核实。"
            )
            yield RULE.at(path, name, f"目录 {case.lists.versions['危害因素']}", message)
