from datetime import date
from typing import Any

import polars as pl
import pytest

from models.inbound import NORMAL, RAW
from models.problem import PROBLEMS
from models.rules.cell import CellCode
from models.rules.normal import normalise
from tests.make_regions import GAZETTEER

GOOD = {
    "source_key": "3302140000185548",
    "name": "柳州市鑫鸿汽车配件有限公司柳江分公司",
    "credit_code": "91450204735151002J",
    "legacy_code": "330203000030639",
    "is_branch": "是",
    "county": "柳江区",
    "town": "拉堡镇",
    "district_code": "450206100",
    "registered_district_code": "450200",
    "address": "柳州市柳江区拉堡镇柳堡路18号",
    "registered_address": "柳州市柳南区柳石路1号",
    "industry_code": "C3670",
    "industry_name": "汽车零部件及配件制造",
    "headcount": "25人",
    "revenue": "1,200",
    "assets": "\\n",
    "size": None,
    "phone": "13877212345",
    "legal_representative": "张三",
    "state": "存续",
    "state_on": "2020-6-18",
    "stopped_on": None,
    "established_on": "2008-6-16",
    "parent_code": "91450200735148460A",
    "parent_name": "柳州市鑫鸿汽车配件有限公司",
    "ownership": "否",
    "hazards": "噪声、电焊烟尘",
    "programme": "2024年度专项治理",
    "declaration_type": "初次",
    "declaration_state": "审核通过",
    "platform": "广西平台",
    "filed_on": "2024.3.1",
    "approved_on": "20240305",
    "outsourced": "0",
    "exposed": "12",
}
READ = {
    "source_key": "3302140000185548",
    "name": "柳州市鑫鸿汽车配件有限公司柳江分公司",
    "name_key": "柳州市鑫鸿汽车配件有限公司柳江分公司",
    "name_core": "鑫鸿汽车配件",
    "branch_part": "柳江分公司",
    "is_branch": True,
    "credit_code": "91450204735151002J",
    "legacy_code": "330203000030639",
    "county": "450206",
    "county_basis": "workplace",
    "town": "450206100",
    "address": "柳州市柳江区拉堡镇柳堡路18号",
    "address_key": "柳堡路18号",
    "registered_address": "柳州市柳南区柳石路1号",
    "industry": "3670",
    "headcount": 25,
    "size": "小",
    "phone": "13877212345",
    "state": "在营",
    "state_on": date(2020, 6, 18),
    "established_on": date(2008, 6, 16),
    "parent_code": "91450200735148460A",
    "parent_name": "柳州市鑫鸿汽车配件有限公司",
    "hazards": "噪声；电焊烟尘",
    "programme": "governance",
    "programme_year": 2024,
    "declaration_type": "初次申报",
    "declaration_state": "已审核",
    "platform": "广西",
    "filed_on": date(2024, 3, 1),
    "approved_on": date(2024, 3, 5),
    "outsourced": 0,
    "exposed": 12,
}


def _normalise(*rows: dict[str, Any], columns: tuple[str, ...] = ()) -> tuple[pl.DataFrame, pl.DataFrame]:
    names = columns or tuple({name: None for row in rows for name in row})
    cells = {name: [row.get(name) for row in rows] for name in names}
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String)).with_columns(
        row_no=pl.Series(range(3, 3 + len(rows)), dtype=pl.Int32)
    )
    return normalise(frame, gazetteer=GAZETTEER, programmes={"专项治理": "governance"}, person_key=b"key")


def test_a_good_row_is_read_whole_and_without_problems() -> None:
    rows, problems = _normalise(GOOD)
    row = rows.row(0, named=True)
    assert row.pop("row_no") == 3
    assert len(row.pop("person_hash")) == 16
    assert row == dict.fromkeys(set(NORMAL) - {"person_hash"}) | READ
    assert problems.is_empty()


def test_shape_is_fixed_whatever_the_file_has() -> None:
    for rows in ([GOOD], [{"name": "柳州市某厂"}], [{"phone": "1"}]):
        read, problems = _normalise(*rows)
        assert read.schema == {"row_no": pl.Int32()} | NORMAL
        assert problems.schema == PROBLEMS


def test_no_rows() -> None:
    read, problems = _normalise(columns=tuple(RAW))
    assert (len(read), len(problems)) == (0, 0)
    assert read.schema == {"row_no": pl.Int32()} | NORMAL


def test_a_column_the_file_lacks_is_no_problem_of_its_rows() -> None:
    read, problems = _normalise({"name": "柳州市鑫鸿汽车配件有限公司"})
    assert problems.is_empty()
    assert read["county"].to_list() == [None]


def test_an_empty_cell_of_a_needed_column_is_told() -> None:
    _, problems = _normalise(
        {"name": "\\n", "county": "", "industry_code": "未知行业", "phone": "无", "credit_code": ""}
    )
    assert problems["code"].to_list() == ["E1101", "E1110", "E1120"]


def test_all_problems_of_a_row_at_once_in_the_order_of_rows_and_fields() -> None:
    bad = {
        "name": None,
        "credit_code": "9145",
        "county": "月球",
        "headcount": "很多",
        "state": "?!",
        "industry_code": "9999",
    }
    _, problems = _normalise(GOOD, bad, bad)
    codes = ["E1101", "E1106", "E1110", "E1121", "E1130", "E1160"]
    assert problems.select("row_no", "code").rows() == [(row, code) for row in (4, 5) for code in codes]
    assert set(problems["field"]) <= set(RAW)


def test_names_of_persons_and_phones_are_nowhere() -> None:
    read, problems = _normalise(GOOD | {"phone": "张三 1387721234", "legal_representative": "欧阳某某"})
    text = read.write_csv() + problems.write_csv()
    assert "欧阳" not in text
    assert "1387721234" not in problems.write_csv()
    assert problems["code"].to_list() == [CellCode.PHONE_UNREAD]


CODES = [
    pytest.param({"credit_code": "330203000030639"}, (None, "330203000030639"), ["E1107"], id="legacy number in the code's place"),
    pytest.param({"legacy_code": "91450204735151002J"}, ("91450204735151002J", None), [], id="code in the legacy number's place"),
    pytest.param({"credit_code": "914502047351510023", "legacy_code": "91450204735151002J"}, ("91450204735151002J", None), ["E1103"], id="broken code, right one beside it"),
    pytest.param({"credit_code": "91450204735151002j"}, ("91450204735151002J", None), ["E1102"], id="repaired and said"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "expected", "codes"), CODES)
def test_codes_go_where_they_belong(
    cells: dict[str, str], expected: tuple[str | None, ...], codes: list[str]
) -> None:
    read, problems = _normalise(cells)
    assert read.select("credit_code", "legacy_code").row(0) == expected
    assert problems["code"].to_list() == codes


STATES = [
    pytest.param({"state": "停产", "stopped_on": "2024-2-9"}, ("停产", date(2024, 2, 9)), [], id="stopped with its day"),
    pytest.param({"state": "停产", "state_on": "2024-2-9"}, ("停产", date(2024, 2, 9)), [], id="day of the state"),
    pytest.param({"state": "停产", "stopped_on": ""}, ("停产", None), ["E1162"], id="stopped without a day"),
    pytest.param({"state": "停产"}, ("停产", None), [], id="no column for the day"),
    pytest.param({"state": "存续", "state_on": "2010-1-1", "stopped_on": "2024-2-9"}, ("停产", date(2024, 2, 9)), ["E1161"], id="licence in order, works stopped"),
    pytest.param({"state": "注销", "state_on": "2024-8-9", "stopped_on": "2024-2-9"}, ("注销", date(2024, 8, 9)), [], id="deregistered"),
    pytest.param({"stopped_on": "2024-2-30"}, (None, None), ["E1141"], id="impossible stop day"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "expected", "codes"), STATES)
def test_state_and_its_day(cells: dict[str, str], expected: tuple[Any, ...], codes: list[str]) -> None:
    """C09, Q4."""
    read, problems = _normalise(cells)
    assert read.select("state", "state_on").row(0) == expected
    assert problems["code"].to_list() == codes


def test_written_size_goes_before_the_figures() -> None:
    cells = {"industry_code": "C31", "headcount": "5", "size": "中型"}
    assert _normalise(cells)[0]["size"].to_list() == ["中"]
    assert _normalise(cells | {"size": "小微"})[0]["size"].to_list() == ["微"]
    assert _normalise(cells | {"size": None, "headcount": "500"})[0]["size"].to_list() == [None]


def test_industry_that_is_not_understood_is_kept_as_written() -> None:
    read, _ = _normalise(
        {"industry_code": "9999", "industry_name": "月球业"},
        {"industry_code": None, "industry_name": "未知行业"},
    )
    assert read.select("industry", "industry_raw").rows() == [(None, "9999"), (None, "未知行业")]


def test_order_of_rows_and_repetition_change_nothing() -> None:
    rows = [GOOD, GOOD | {"name": "甲厂", "credit_code": "bad"}, {"name": "乙矿", "address": "柳北区1号"}]
    names = tuple(RAW)
    one = pl.concat([_normalise(row, columns=names)[0].drop("row_no") for row in rows])
    assert _normalise(*rows, columns=names)[0].drop("row_no").equals(one)
    assert _normalise(*rows[::-1], columns=names)[0].drop("row_no").reverse().equals(one)


def test_problem_codes_are_stable_and_differ() -> None:
    assert len(set(CellCode)) == len(CellCode.__members__)
    assert all(code.startswith("E11") and len(code) == 5 for code in CellCode)


RUN_TOGETHER = {
    "代码写在名称后": ("柳州市鑫鸿铸造有限公司 91450204735151002J", None, "91450204735151002J", ["E1102"]),
    "代码有错也移走": ("柳州市鑫鸿铸造有限公司91450204735151003J", None, None, ["E1102", "E1103"]),
    "另有代码时不动": (
        "柳州市鑫鸿铸造有限公司91450200735148460A",
        "91450204735151002J",
        "91450204735151002J",
        [],
    ),
    "名称里的编号不是代码": ("柳州市鑫鸿铸造有限公司(2号)", None, None, []),
}


@pytest.mark.parametrize(("name", "code", "read", "codes"), RUN_TOGETHER.values(), ids=RUN_TOGETHER.keys())
def test_two_cells_run_together(name: str, code: str | None, read: str | None, codes: list[str]) -> None:
    rows, problems = _normalise({**GOOD, "name": name, "credit_code": code})
    assert rows["name"][0] == name
    assert rows["credit_code"][0] == read
    assert problems["code"].to_list() == codes
    assert ("914502" in rows["name_key"][0]) == (code is not None)
