"""The manifest of a folder of lists: read as a clerk wrote it, refused by line when it is wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.errors import InputRefused
from models.inbound import Kind
from tasks.manifest import orders_of

HEAD = "file,kind,data_date,source,full\n"


def _folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "一.csv").touch()
    (tmp_path / "manifest.csv").write_text(text, "utf-8-sig")
    return tmp_path


def test_a_line_is_an_order(tmp_path: Path) -> None:
    folder = _folder(tmp_path, HEAD + "一.csv,registry,2024-06-30,市场监管局,y\n")
    (order,) = orders_of(folder, "张三", rehearse=True)
    assert (order.kind, order.data_date, order.source) == (Kind.REGISTRY, date(2024, 6, 30), "市场监管局")
    assert (order.full, order.by, order.rehearse) == (True, "张三", True)


WRONG: list[Any] = [
    pytest.param("file,kind\n一.csv,registry\n", "data_date、source、full", id="columns missing"),
    pytest.param(HEAD + "二.csv,registry,2024-06-30,,y\n", "第 2 行.*二.csv", id="no such file"),
    pytest.param(HEAD + "一.csv,nonsense,2024-06-30,,y\n", "第 2 行.*nonsense", id="no such kind"),
    pytest.param(HEAD + "一.csv,registry,6月30日,,y\n", "第 2 行.*6月30日", id="no day"),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_a_wrong_one_is_refused_by_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputRefused, match=told) as refused:
        orders_of(_folder(tmp_path, text), "张三")
    assert refused.value.code == "E1037"


def test_a_folder_without_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="没有 manifest"):
        orders_of(tmp_path, "张三")
