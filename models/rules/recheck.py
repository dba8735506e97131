"""F10 and F11 held once more against what was approved: numbers and surveillance that cannot be (C05)."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from pydantic import ValidationError

from models.form.form import Form
from models.rules.checking import Case
from models.rules.checks import Check, checks
from models.rules.code_lists import CodeLists

OF = frozenset({"F10", "F11"})
UNREAD = "读不出"


@cache
def _rechecks() -> tuple[Check, ...]:
    return tuple(check for rule, check in checks() if rule.requirement in OF)


def recheck(document: Mapping[str, Any], on: date, lists: CodeLists) -> list[str]:
    """The codes of what has to be put right, by the rules in force now; not those that only ask."""
    try:
        case = Case(form=Form.model_validate(document), on=on, lists=lists)
    except ValidationError:
        return [UNREAD]
    found = (finding for check in _rechecks() for finding in check(case))
    return sorted({finding.code for finding in found if finding.must_fix})
