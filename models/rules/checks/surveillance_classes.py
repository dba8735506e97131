"""F10: with nothing but 生物因素 and 其他因素, 职业健康监护 cannot be said to be carried out."""

from collections.abc import Iterator

from models.form.hazards import HazardClass
from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1613", "F10", "仅有生物、其他因素的，监护不得选“已开展”")
WITHOUT = frozenset({HazardClass.BIOLOGICAL, HazardClass.OTHER})


def check(case: Case) -> Iterator[Finding]:
    hazards, surveillance = case.form.hazards, case.form.surveillance
    if hazards is None or surveillance is None or not surveillance.done:
        return
    present = hazards.present()
    if present and present <= WITHOUT:
        classes = "、".join(kind.chinese for kind in HazardClass if kind in present)
        message = f"危害因素只选了{classes}，职业健康监护不能选“已开展”。请改为“未开展”，或补选实际存在的粉尘、化学、物理、放射性因素。"
        yield RULE.at("surveillance.done", "已开展", classes, message)
