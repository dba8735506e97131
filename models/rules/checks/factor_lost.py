"""C05: a factor of the last declaration is no longer declared."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check
from models.rules.factor_names import key_of

RULE = please_check("E1637", "C05", "上次申报的危害因素这次没有了")


def check(case: Case) -> Iterator[Finding]:
    before = case.last.form.hazards if case.last and case.last.form else None
    now = case.form.hazards
    if before is None or now is None:
        return
    kept = {(kind, key_of(name)) for _, kind, name in now.named()}
    for _, kind, name in before.named():
        if (kind, key_of(name)) not in kept:
            message = f"上次申报有{kind.chinese}“{name}”，这次没有填。确已消除的请写明，漏填的请补上。"
            yield RULE.at(f"hazards.{kind}.factors", None, name, message)
    for kind in sorted(before.present() - now.present()):
        message = f"上次申报有{kind.chinese}，这次填“无”。确已消除的请写明，填错的请改正。"
        yield RULE.at(f"hazards.{kind}.present", "无", "有", message)
