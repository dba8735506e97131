"""Every planted error is found by its rule, and nothing else is found (issue: 10,000 with the truth beside them)."""

from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from models.rules.checks import checks, run_checks
from tasks.sample.filed import errors, sound
from tasks.sample.filed.errors import ERRORS, Error, make_filed
from tasks.sample.filed.sound import Filed
from tests.filed_cases import case_of
from tests.make_forms import lists

# a code with a wrong check digit would be another registrant's, and six times 无 leaves nothing else to plant in
BY_HAND = {"E1625", "E1646"}


def found(filed: Filed) -> set[str]:
    return {finding.code for finding in run_checks(case_of(filed, lists()))}


@pytest.fixture(scope="module")
def sample() -> list[Filed]:
    return make_filed(10_000, seed=7)


def test_every_rule_has_a_planted_error() -> None:
    assert {rule.code for rule, _ in checks()} - {error.code for error in ERRORS} == BY_HAND


def test_what_is_found_is_what_was_planted(sample: list[Filed]) -> None:
    wrong = Counter(
        (tuple(sorted(filed.planted)), tuple(sorted(found(filed))))
        for filed in sample
        if found(filed) != filed.planted
    )
    assert wrong == {}


def test_there_is_enough_of_each(sample: list[Filed]) -> None:
    planted = Counter(code for filed in sample for code in filed.planted)
    assert min(planted[error.code] for error in ERRORS) >= 100
    assert sum(not filed.planted for filed in sample) >= 3_500


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
def test_an_error_alone(error: Error) -> None:
    """On twenty sound declarations of every sort."""
    for filed in [one for one in make_filed(80, seed=11) if not one.planted][:20]:
        error.into(filed)
        assert found(filed) == {error.code}


@pytest.mark.parametrize("module", [sound, errors], ids=["sound", "errors"])
def test_the_sample_shares_nothing_with_the_rules(module: ModuleType) -> None:
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    assert "from models" not in source
    assert "import models" not in source
