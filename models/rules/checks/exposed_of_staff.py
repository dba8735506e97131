"""F11: those exposed are staff or outsourced."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check

RULE = please_check("E1642", "F11", "接害总人数（含外委）一般不大于在册职工与外委人员之和")


def check(case: Case) -> Iterator[Finding]:
    basics = case.form.basics
    if basics.exposed is None or basics.headcount is None or basics.outsourced is None:
        return
    everyone = basics.headcount + basics.outsourced
    if basics.exposed > everyone:
        message = f"接害总人数（含外委）{basics.exposed}人多于在册{basics.headcount}人加外委{basics.outsourced}人，请核对三处。"
        yield RULE.at("basics.exposed", basics.exposed, f"在册与外委共{everyone}", message)
