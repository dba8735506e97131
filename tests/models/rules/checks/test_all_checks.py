"""What holds for every rule: one file, one code, one requirement, one test; and a sound declaration has no finding."""

from pathlib import Path

import pytest

from models.rules import checks as folder
from models.rules.checking import Rule
from models.rules.checks import checks, run_checks
from tests.make_forms import make_case

RULES = [rule for rule, _ in checks()]
FILES = {file.stem for file in Path(folder.__file__).parent.glob("*.py")} - {"__init__"}


def test_a_rule_is_found_by_being_in_the_folder() -> None:
    assert len(FILES) == len(RULES) > 35


def test_each_rule_has_a_test_of_its_own() -> None:
    assert {file.stem.removeprefix("test_") for file in Path(__file__).parent.glob("test_*.py")} - {
        "all_checks"
    } == FILES


def test_codes_are_given_once() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_where_it_comes_from(rule: Rule) -> None:
    assert "E1610" <= rule.code <= "E1669"
    assert rule.requirement
    assert rule.title


def test_a_sound_declaration_has_no_finding() -> None:
    assert run_checks(make_case()) == ()


def test_everything_is_told_at_once() -> None:
    wrong = {
        "basics.exposed": 19,
        "basics.phone": "0772",
        "products.rows": [],
        "surveillance.report_nos": None,
    }
    found = run_checks(make_case(wrong))
    assert [finding.code for finding in found] == ["E1611", "E1614", "E1618", "E1619"]


@pytest.mark.parametrize("phone", ["1380772", "13807720001234"])
def test_no_finding_repeats_a_telephone_number(phone: str) -> None:
    assert all(phone not in str(finding) for finding in run_checks(make_case({"basics.phone": phone})))
