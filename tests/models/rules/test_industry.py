import polars as pl
import pytest

from models import reference
from models.rules.cell import CellCode
from models.rules.industry import Industries, read_industries, read_industry

INDUSTRIES = Industries.build(reference.industries())

CASES = [
    pytest.param("C2411", None, "2411", None, id="letter and class"),
    pytest.param("2411", None, "2411", None, id="class"),
    pytest.param("2411.0", None, "2411", None, id="class as a number"),
    pytest.param("C24", None, "24", None, id="letter and division"),
    pytest.param("24", None, "24", None, id="division"),
    pytest.param("241", None, "241", None, id="group"),
    pytest.param("c2411", None, "2411", None, id="lower case"),
    pytest.param("Ｃ２４１１", None, "2411", None, id="full width"),
    pytest.param("C2411 文具制造", None, "2411", None, id="code and name in one cell"),
    pytest.param(None, "2411", "2411", None, id="code in the name column"),
    pytest.param("文具制造", None, "2411", None, id="name in the code column"),
    pytest.param(None, "文具制造", "2411", None, id="name only"),
    pytest.param(None, "文具制造业", "2411", None, id="业 added"),
    pytest.param(None, "煤炭开采和洗选", "06", None, id="业 left out"),
    pytest.param(None, "炼铁", "3110", None, id="one name at two levels: the class"),
    pytest.param("2411", "文教办公用品制造", "2411", None, id="name of the group above"),
    pytest.param("241", "文具制造", "2411", None, id="the name is finer than the code"),
    pytest.param("2411", "制造业", "2411", None, id="name of the section"),
    pytest.param("2411", "随便写的", "2411", None, id="unknown name beside a good code"),
    pytest.param(
        "2411", "炼铁", "2411", CellCode.INDUSTRY_CONFLICT, id="code against name: the code, and ask"
    ),
    pytest.param("2411", "采矿业", "2411", CellCode.INDUSTRY_CONFLICT, id="code against section"),
    pytest.param("B2411", None, "2411", CellCode.INDUSTRY_SECTION_CONFLICT, id="wrong letter"),
    pytest.param("610", None, "0610", CellCode.INDUSTRY_ZERO_RESTORED, id="zero lost, certain"),
    pytest.param("610.0", None, "0610", CellCode.INDUSTRY_ZERO_RESTORED, id="zero lost as a number"),
    pytest.param("B610", None, "0610", CellCode.INDUSTRY_ZERO_RESTORED, id="zero lost, letter agrees"),
    pytest.param("C610", None, None, CellCode.INDUSTRY_NOT_LISTED, id="zero lost, letter differs"),
    pytest.param("6", "煤炭开采和洗选业", "06", CellCode.INDUSTRY_ZERO_RESTORED, id="one digit"),
    pytest.param("111", None, "111", None, id="text keeps its zeros"),
    pytest.param("111.0", None, None, CellCode.INDUSTRY_AMBIGUOUS, id="number: 111 or 0111"),
    pytest.param("111.0", "稻谷种植", "0111", CellCode.INDUSTRY_ZERO_RESTORED, id="the name decides"),
    pytest.param("C24.0", None, "24", None, id="the letter decides"),
    pytest.param("3600", None, None, CellCode.INDUSTRY_NOT_LISTED, id="no such class"),
    pytest.param("2513", None, None, CellCode.INDUSTRY_NOT_LISTED, id="code not of 2017"),
    pytest.param("3111", "炼铁", "3110", CellCode.INDUSTRY_CONFLICT, id="no such class, good name"),
    pytest.param("C3111", "炼铁", "3110", CellCode.INDUSTRY_CONFLICT, id="letter, no such class, good name"),
    pytest.param("C610", "炼铁", "3110", CellCode.INDUSTRY_CONFLICT, id="letter differs, good name"),
    pytest.param("ABC", "炼铁", "3110", None, id="no code at all, good name"),
    pytest.param("3111", "制造业", None, CellCode.INDUSTRY_NOT_LISTED, id="no such class, section name"),
    pytest.param("3111", "月球车修理", None, CellCode.INDUSTRY_NOT_LISTED, id="no such class, unknown name"),
    pytest.param("C", None, None, CellCode.INDUSTRY_SECTION_ONLY, id="letter only"),
    pytest.param(None, "制造业", None, CellCode.INDUSTRY_SECTION_ONLY, id="section name only"),
    pytest.param(None, "月球车修理", None, CellCode.INDUSTRY_NOT_LISTED, id="unknown name"),
    pytest.param("未知行业", None, None, CellCode.INDUSTRY_UNKNOWN, id="未知行业"),
    pytest.param("未知行业", "文具制造", "2411", None, id="未知行业 beside a name"),
    pytest.param(None, None, None, CellCode.INDUSTRY_UNKNOWN, id="nothing"),
]


@pytest.mark.parametrize(("code", "name", "value", "finding"), CASES)
def test_read_industry(
    code: str | None, name: str | None, value: str | None, finding: CellCode | None
) -> None:
    reading = read_industry(code, name, INDUSTRIES)
    assert (reading.value, reading.finding and reading.finding.code) == (value, finding)


def test_contradiction_shows_both() -> None:
    finding = read_industry("2411", "炼铁", INDUSTRIES).finding
    assert finding
    assert all(word in finding.message for word in ("2411", "文具制造", "炼铁", "3110"))


def test_a_name_in_place_of_its_code_shows_both() -> None:
    finding = read_industry("3111", "炼铁", INDUSTRIES).finding
    assert finding
    assert finding.severity == "请核实"
    assert all(word in finding.message for word in ("3111", "炼铁", "3110"))


def test_every_code_and_every_name_of_the_list_is_understood() -> None:
    for code, name, full in reference.industries().select("code", "name", "full_code").iter_rows():
        if len(code) > 1:
            value, finding = read_industry(full, name, INDUSTRIES)
            assert finding is None
            assert (value or "").startswith(code)
            assert read_industry(full, None, INDUSTRIES) == (code, None)
            assert (read_industry(None, name, INDUSTRIES).value or "").startswith(code)


def test_column_agrees() -> None:
    codes, names = zip(*[case.values[:2] for case in CASES] * 2, strict=True)
    column = read_industries(pl.Series(codes, dtype=pl.String), pl.Series(names, dtype=pl.String), INDUSTRIES)
    assert column.values.to_list() == [case.values[2] for case in CASES] * 2
    told = dict(zip(column.findings["at"], column.findings["code"], strict=True))
    assert told == {at: str(case.values[3]) for at, case in enumerate(CASES * 2) if case.values[3]}
