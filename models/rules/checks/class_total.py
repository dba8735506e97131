"""F11: nobody exposed to a factor is missing from the total of its class (the total counts each person once)."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check

RULE = please_check("E1641", "F11", "一类的接触总人数一般不小于其中一种因素的接触人数")


def check(case: Case) -> Iterator[Finding]:
    for kind, exposure in case.form.hazards.classes() if case.form.hazards else ():
        if not exposure.exposed:
            continue
        for number, factor in enumerate(exposure.factors):
            if factor.exposed is not None and factor.exposed > exposure.exposed:
                message = f"接触“{factor.name}”的{factor.exposed}人多于{kind.chinese}接触总人数{exposure.exposed}人，请核对两处。"
                at = f"hazards.{kind}.factors.{number}.exposed"
                yield RULE.at(at, factor.exposed, f"{kind.chinese}接触总人数{exposure.exposed}", message)
