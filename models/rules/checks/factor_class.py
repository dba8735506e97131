"""A03: a listed factor stands in its own class (噪声 is no dust)."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check
from models.rules.factor_names import plain_name

RULE = please_check("E1629", "A03", "危害因素应填在目录所列的类别下")


def check(case: Case) -> Iterator[Finding]:
    known = case.lists.factors
    for path, kind, name in case.form.hazards.named() if case.form.hazards else ():
        classes = frozenset().union(*(known.get(plain, frozenset()) for plain in plain_name(name)))
        if classes and kind.chinese not in classes:
            listed = "、".join(sorted(classes))
            message = f"“{name}”在目录中属{listed}，却填在{kind.chinese}下，请移到{listed}。"
            yield RULE.at(path, f"{kind.chinese}：{name}", f"{listed}：{name}", message)
