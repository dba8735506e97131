"""Formulas, places, numbers of levels and breaks of titles (1.7, 2.5, 2.6)."""

from fractions import Fraction

import pytest

from notices.bulletin.content import FigureTable, Paragraph, Row
from notices.bulletin.figure_rows import figure_rows
from notices.bulletin.formulas import Net, Ratio, Share, net, share, two_decimals
from notices.bulletin.numbering import Numbered, chinese, numbered
from notices.bulletin.progress_table import progress_columns
from notices.bulletin.title_lines import title_lines
from tests.notices.bulletin.make_paper import table


@pytest.mark.parametrize(
    ("value", "signed", "text"),
    [
        (Fraction(25, 8), False, "3.13"),
        (Fraction(-25, 8), True, "-3.13"),
        (Fraction(1, 200), True, "+0.01"),
        (Fraction(1, 201), True, "0.00"),
        (Fraction(-1, 201), True, "0.00"),
        (Fraction(100), False, "100.00"),
        (Fraction(199_999, 2000), False, "100.00"),
        (Fraction(0), True, "0.00"),
        (None, True, "—"),
    ],
    ids=["半进位", "负数半进位", "半分", "不到半分", "负的不到半分", "全部", "近全部", "零", "无"],
)
def test_rounding(value: Fraction | None, signed: bool, text: str) -> None:
    assert two_decimals(value, signed=signed) == text


@pytest.mark.parametrize(
    ("done", "whole", "text", "per_cent"),
    [
        (0, 5, "0.00", "0.00%"),
        (5, 5, "100.00", "100.00%"),
        (0, 0, "—", "—"),
        (None, 5, "—", "—"),
        (3, None, "—", "—"),
    ],
)
def test_share(done: int | None, whole: int | None, text: str, per_cent: str) -> None:
    held = Share(done, whole)
    assert (held.text, held.per_cent) == (text, per_cent)


def test_unknown_parts_make_unknown_sums() -> None:
    numbers = {"b": 4, "a": None, "x": 1}
    assert net(numbers, Net(("b", "a"), ("x",))) is None
    assert net(numbers, Net(("b",), ("x",))) == 3
    assert share(numbers, Ratio(("x",), ("b", "a"))).value is None


def column(made: FigureTable, key: str) -> list[str]:
    at = [one.key for one in made.shown].index(key)
    return [row.texts[at] for row in figure_rows(made)]


def test_table_of_ten_counties() -> None:
    """By hand: 城中区 40+2-3=39, 20/39; 柳城县 has no baseline; 鹿寨县 N=0 but all worked."""
    made = table()
    assert column(made, "n") == ["39", "96", "117", "147", "800", "—", "0", "73", "64", "33", "1369"]
    assert column(made, "undeclared") == ["15", "93", "108", "0", "764", "—", "0", "35", "62", "20", "1097"]
    assert column(made, "done") == [
        "51.28",
        "3.13",
        "0.00",
        "100.00",
        "3.13",
        "—",
        "—",
        "45.21",
        "3.13",
        "33.33",
        "17.60",
    ]
    assert column(made, "change") == [
        "+20.51",
        "+1.04",
        "0.00",
        "+18.92",
        "+0.13",
        "—",
        "—",
        "-0.13",
        "0.00",
        "+9.09",
        "+2.91",
    ]
    assert column(made, "worked")[:3] == ["54.76", "3.13", "6.40"]
    assert column(made, "worked")[6] == "100.00"
    assert column(made, "place") == ["2", "6", "8", "1", "7", "—", "—", "3", "5", "4", ""]
    assert column(made, "no")[-1] == ""


def county(code: str, done: int, whole: int) -> Row:
    return Row(
        code, code, {"b": whole, "x": 0, "a": 0, "d": done, "p": 0, "before:d": None, "before:n": None}
    )


@pytest.mark.parametrize(
    ("counties", "places"),
    [
        ([("1", 1, 2), ("2", 3, 4)], ["2", "1"]),
        ([("1", 2, 4), ("2", 1, 2)], ["2", "1"]),
        ([("2", 1, 2), ("1", 1, 2)], ["2", "1"]),
        ([("1", 0, 0), ("2", 0, 9)], ["—", "1"]),
        ([("1", 10**6 - 1, 10**6), ("2", 10**6 - 2, 10**6 - 1)], ["1", "2"]),
    ],
    ids=["率高在前", "同率未申报少在前", "都同按代码", "无率不排", "差百万分之一"],
)
def test_places(counties: list[tuple[str, int, int]], places: list[str]) -> None:
    made = table(columns=progress_columns({}), rows=tuple(county(*one) for one in counties))
    assert column(made, "place") == [*places, ""]


def test_levels_number_themselves() -> None:
    levels = [1, 2, 2, 3, 3, 4, 1, 2, 3, 4, 4, 0, 4]
    said = [
        one.number
        for one in numbered(Paragraph(level=level) for level in levels)
        if isinstance(one, Numbered)
    ]
    assert said == [
        "一、",
        "（一）",
        "（二）",
        "1.",
        "2.",
        "（1）",
        "二、",
        "（一）",
        "1.",
        "（1）",
        "（2）",
        "",
        "（3）",
    ]


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_chinese(number: int, words: str) -> None:
    assert chinese(number) == words


@pytest.mark.parametrize(
    ("phrases", "lines"),
    [
        (["关于", "进展情况的", "通报"], ["关于进展情况的通报"]),
        (
            ["关于", "2024年9月", "职业病危害项目", "申报扩面行动", "进展情况的", "通报"],
            ["关于2024年9月职业病危害项目", "申报扩面行动进展情况的通报"],
        ),
        (["甲" * 8, "乙" * 8, "丙" * 8], ["甲" * 8, "乙" * 8 + "丙" * 8]),
        (
            ["甲" * 12, "乙" * 6, "丙" * 6, "丁" * 6, "戊" * 12],
            ["甲" * 12, "乙" * 6 + "丙" * 6 + "丁" * 6, "戊" * 12],
        ),
        (["长" * 30], ["长" * 30]),
    ],
    ids=["一行", "两行近等长", "两行梯形", "三行菱形", "一段过长"],
)
def test_titles_break_between_phrases(phrases: list[str], lines: list[str]) -> None:
    assert list(title_lines(phrases)) == lines
