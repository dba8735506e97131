"""F11: 接害总人数（含外委） is not less than the persons exposed to any one class or factor."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1614", "F11", "接害总人数不得小于任一类、任一种因素的接触人数")


def check(case: Case) -> Iterator[Finding]:
    total, hazards = case.form.basics.exposed, case.form.hazards
    if total is None or hazards is None:
        return
    for path, name, persons in hazards.exposures():
        if persons > total:
            message = f"接触“{name}”的{persons}人多于接害总人数（含外委）{total}人，请核对两处，接害总人数应不小于{persons}。"
            yield RULE.at(path, persons, f"接害总人数（含外委）{total}", message)
