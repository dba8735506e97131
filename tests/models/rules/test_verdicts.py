"""The counties' words and what speaks against a verdict, row by row (C25, Q4)."""

from datetime import date

import pytest

from models.rules.verdicts import (
    NEEDED,
    check_duplicates,
    check_other_county,
    check_since,
    finding_of,
    missing,
    words,
)
from models.verification import Finding

DAY = date(2024, 8, 9)
NAMES = {"450205": "柳北区", "450206": "柳江区"}


def test_one_word_for_every_finding_and_all_fit_a_drop_down() -> None:
    """Excel takes 255 characters of choices, no more."""
    said = words(6)
    assert list(said.values())[:3] == ["在营", "停产≤6个月", "停产>6个月"]
    assert set(said) == set(Finding) == set(NEEDED)
    assert len(",".join(said.values())) < 255


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("在营", Finding.OPERATING),
        (" 停产≤6个月 ", Finding.STOPPED_SHORT),
        ("停产<=６个月", Finding.STOPPED_SHORT),
        ("停产＞6个月", Finding.STOPPED_LONG),
        ("停产>3个月", None),
        ("停产", None),
        ("正常", None),
    ],
)
def test_words_are_known_in_any_width_and_never_guessed(text: str, finding: Finding | None) -> None:
    assert finding_of(text, 6) is finding


@pytest.mark.parametrize(
    ("finding", "since", "said"),
    [
        (Finding.STOPPED_SHORT, date(2024, 2, 9), None),
        (Finding.STOPPED_SHORT, date(2024, 2, 8), "已超过6个月"),
        (Finding.STOPPED_LONG, date(2024, 2, 8), None),
        (Finding.STOPPED_LONG, date(2024, 2, 9), "未超过6个月"),
        (Finding.DEREGISTERED, DAY, None),
        (Finding.DEREGISTERED, date(2024, 8, 10), "在报送日 2024-08-09 之后"),
        (Finding.STOPPED_SHORT, date(2024, 8, 10), "在报送日 2024-08-09 之后"),
    ],
)
def test_the_day_must_bear_out_the_word(finding: Finding, since: date, said: str | None) -> None:
    trouble = check_since(finding, since, DAY, 6)
    assert (trouble is None) == (said is None)
    assert trouble is None or (trouble.code == "E1279" and str(said) in trouble.message)


@pytest.mark.parametrize(
    ("code", "said"),
    [("450206", None), ("450205", "本县（区）"), ("450305", "不是本市"), (None, "不是本市")],
)
def test_another_county_of_the_city(code: str | None, said: str | None) -> None:
    trouble = check_other_county(code, "某地", "450205", NAMES)
    assert (trouble is None) == (said is None)
    assert trouble is None or (trouble.code == "E1280" and str(said) in trouble.message)


@pytest.mark.parametrize(
    ("new", "standing", "lifted", "wrong"),
    [
        pytest.param({1: 2}, {}, (), set(), id="one of another"),
        pytest.param({1: 1}, {}, (), {1}, id="of itself"),
        pytest.param({1: 2, 2: 1}, {}, (), {1, 2}, id="of each other"),
        pytest.param({1: 2, 2: 3}, {}, (), {1}, id="a chain: only its end stands"),
        pytest.param({1: 2}, {2: 3}, (), {1}, id="of one that is a duplicate already"),
        pytest.param({1: 2}, {2: 3}, (2,), set(), id="of one whose verdict the same file takes back"),
        pytest.param({2: 3}, {1: 2}, (), {2}, id="the one another was led to"),
        pytest.param({2: 3, 1: 3}, {1: 2}, (), set(), id="all led to a third"),
        pytest.param({1: 3, 2: 3}, {}, (), set(), id="two of one"),
    ],
)
def test_of_two_that_are_one_one_remains(
    new: dict[int, int], standing: dict[int, int], lifted: tuple[int, ...], wrong: set[int]
) -> None:
    found = check_duplicates(new, standing, lifted)
    assert found.keys() == wrong
    assert all(trouble.code == "E1281" for trouble in found.values())


def test_a_missing_field_is_told_with_what_to_do() -> None:
    trouble = missing(Finding.NO_HAZARD, 6)
    assert trouble.code == "E1278"
    assert trouble.message == "结论“无危害因素”缺少说明：请在“说明”列写明现场核实的依据。"
