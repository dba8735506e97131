"""The platform's table of counts, county by measure (C28)."""

from pathlib import Path

import pytest

from models.errors import InputRefused
from models.inbound import Kind
from tasks.reading import read_counts, read_tables

TABLE = '平台统计,,,\n序号,县（区）,已申报单位数,申报率\n1,柳江区,"1,204",45.5%\n2,柳城县,88,\n,合计,1292,\n'
TWO_LINES = "县区,已申报,\n,初次申报,年度更新\n柳江区,3,4\n"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_counts_by_county_and_measure(tmp_path: Path) -> None:
    counts = read_counts(written(tmp_path / "a.csv", TABLE))
    assert counts.rows() == [
        ("柳江区", "已申报单位数", 1204.0, 3),
        ("柳城县", "已申报单位数", 88.0, 4),
        ("柳江区", "申报率", 0.455, 3),
    ]


def test_two_line_header(tmp_path: Path) -> None:
    counts = read_counts(written(tmp_path / "a.csv", TWO_LINES))
    assert counts.rows() == [("柳江区", "已申报初次申报", 3.0, 3), ("柳江区", "已申报年度更新", 4.0, 3)]


BAD = [
    ("list of employers", "单位名称,统一社会信用代码,县区\n甲厂,1,柳江区\n", "E1018"),
    ("no county", "单位数,申报率\n1,2\n", "E1016"),
    ("empty", "\n", "E1002"),
]


@pytest.mark.parametrize(("text", "code"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_not_a_table_of_counts(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_counts(written(tmp_path / "a.csv", text))
    assert refusal.value.code == code


def test_counts_are_no_list_of_employers(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_tables(written(tmp_path / "a.csv", TABLE), Kind.SURVEY)
    assert refusal.value.code == "E1016"
