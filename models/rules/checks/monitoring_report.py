"""2.3: measuring that was done has an institution and report numbers, several joined by /."""

from collections.abc import Iterator

from models.form.titles import title_of
from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1644", "2.3", "已检测的，须填检测机构和报告编号")


def check(case: Case) -> Iterator[Finding]:
    monitoring = case.form.monitoring
    if monitoring is None or not monitoring.done:
        return
    for name in ("agency", "report_nos"):
        given = getattr(monitoring, name)
        if not all(part.strip() for part in (given or "").split("/")):
            path = f"monitoring.{name}"
            message = f"本年度已检测，请填{title_of(path).split('·')[-1]}；几个之间用 / 分开，中间不留空。"
            yield RULE.at(path, given, "本年度检测情况：已检测", message)
