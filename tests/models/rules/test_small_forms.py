"""Persons, programmes and hazards: a rule of one line each."""

import polars as pl
import pytest

from models.rules.hazards import read_hazards
from models.rules.person import person_hash, person_hashes
from models.rules.programme import UNKNOWN, read_programme, year_in_programme

KEY = b"a key of the installation"


def test_same_person_same_hash() -> None:
    names = pl.Series(["张 三", "张三", "张三　", "李四", None])
    hashes = person_hashes(names, KEY).to_list()
    assert hashes[0] == hashes[1] == hashes[2] == person_hash("张三", KEY)
    assert hashes[3] != hashes[0]
    assert hashes[4] is None
    assert len(hashes[0]) == 16


def test_the_key_matters_and_must_be_there() -> None:
    assert person_hash("张三", KEY) != person_hash("张三", b"another key")
    with pytest.raises(ValueError, match="person_key"):
        person_hashes(pl.Series(["张三"]), b"")


PROGRAMMES = {"专项治理": "governance", "职业病危害专项治理": "governance", "重点职业病监测": "monitoring"}


@pytest.mark.parametrize(
    ("text", "key", "year"),
    [
        ("专项治理", "governance", None),
        ("2024年度专项治理", "governance", 2024),
        ("２０２４年 重点职业病监测", "monitoring", 2024),
        ("monitoring", "monitoring", None),
    ],
)
def test_programme(text: str, key: str, year: int | None) -> None:
    assert read_programme(text, PROGRAMMES) == (key, None)
    assert year_in_programme(text).value == year


def test_unknown_programme_is_told() -> None:
    assert read_programme("别的行动", PROGRAMMES) == (None, UNKNOWN)


HAZARDS = [
    pytest.param("矽尘、噪声，苯", "矽尘；噪声；苯", id="marks"),
    pytest.param(
        "矽尘（游离SiO2含量≥10%、粉尘）；噪声", "矽尘(游离SiO2含量≥10%、粉尘)；噪声", id="brackets stay whole"
    ),
    pytest.param("1,3-丁二烯,噪声", "1,3-丁二烯；噪声", id="a comma between digits"),
    pytest.param("噪声 高温", "噪声；高温", id="blank between"),
    pytest.param("噪声、噪声、", "噪声", id="repeats"),
    pytest.param("、", None, id="marks only"),
]


@pytest.mark.parametrize(("text", "value"), HAZARDS)
def test_hazards(text: str, value: str | None) -> None:
    assert read_hazards(text) == (value, None)
