"""A01: who has no hazard at all need not declare."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, please_check

RULE = please_check("E1646", "A01", "六类危害因素不应都为“无”")


def check(case: Case) -> Iterator[Finding]:
    hazards = case.form.hazards
    if hazards is not None and all(exposure.present is False for _, exposure in hazards.classes()):
        message = "六类危害因素都选了“无”。漏填的请补上；确无危害因素的不需申报，请县（区）现场核实。"
        yield RULE.at("hazards", "六类都无", "至少一类有", message)
