"""2.3: no more persons were examined than had to be. The layout of this part is not public, so it is only asked."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check

RULE = please_check("E1645", "2.3", "实检人数一般不大于应检人数")
STAGES = {"before": "上岗前", "during": "在岗期间", "after": "离岗时"}


def check(case: Case) -> Iterator[Finding]:
    for number, row in enumerate(case.form.surveillance.rows if case.form.surveillance else ()):
        for stage, title in STAGES.items():
            due, done = getattr(row, f"{stage}_due") or 0, getattr(row, f"{stage}_done")
            if done is not None and done > due:
                message = f"{title}实检{done}人，应检{due}人，请核对两处。"
                yield RULE.at(f"surveillance.rows.{number}.{stage}_done", done, f"应检{due}", message)
