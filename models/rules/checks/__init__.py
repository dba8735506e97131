"""Checks of a declaration: one rule, one file. A file in this folder with RULE and check() is a rule in force."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from functools import cache

from models.rules.checking import Case, Finding, Rule

Check = Callable[[Case], Iterable[Finding]]


@cache
def checks() -> tuple[tuple[Rule, Check], ...]:
    """All of them, in the order of their codes."""
    modules = (
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    )
    return tuple(sorted(((one.RULE, one.check) for one in modules), key=lambda pair: pair[0].code))


def run_checks(case: Case) -> tuple[Finding, ...]:
    """Everything that speaks against a declaration, at once."""
    return tuple(finding for _, check in checks() for finding in check(case))
