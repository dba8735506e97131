"""Which files of a folder are read, and what identifies one."""

from pathlib import Path

import pytest

from models.errors import InputRefused
from tasks.reading import files_in, sha256_of


def test_files_of_a_folder_in_order(tmp_path: Path) -> None:
    names = [
        "b.xlsx",
        "a.CSV",
        "~$b.xlsx",
        ".a.csv.1.part",
        "说明.docx",
        "区/c.xls",
        ".git/d.csv",
        "__MACOSX/e.csv",
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert [str(path.relative_to(tmp_path)) for path in files_in(tmp_path)] == ["a.CSV", "b.xlsx", "区/c.xls"]


def test_file_stands_for_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.dat"
    path.write_bytes(b"x")
    assert files_in(path) == [path]


@pytest.mark.parametrize(
    ("name", "code"), [("", "E1020"), ("nowhere", "E1001")], ids=["empty folder", "no folder"]
)
def test_nothing_to_read(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        files_in(tmp_path / name)
    assert refusal.value.code == code


def test_hash_is_of_the_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert sha256_of(tmp_path / "a").startswith("ba7816bf8f01cfea414140de5dae2223")
