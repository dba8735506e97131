"""Every bad file: its code, a message in Chinese, in seconds and in little memory ("What must be shown" 5)."""

import re
import resource
import time
from pathlib import Path

import openpyxl
import pytest

from models.errors import InputRefused
from models.inbound import Kind
from tasks.reading import Limits, read_tables
from tests.tasks.reading import bad_files as bad

GIB_IN_KB = 1024 * 1024


def sheet(path: Path, *lines: list[object]) -> Path:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)  # type: ignore[union-attr]
    book.save(path)
    return path


def truncated(path: Path) -> Path:
    content = sheet(path, ["单位名称", "联系电话"], ["甲厂", "1"]).read_bytes()
    return bad.written(path, content[: len(content) // 2])


def garbled(path: Path) -> Path:
    """The package's directory is whole, a part inside is not."""
    content = bytearray(sheet(path, ["单位名称", "联系电话"], ["甲厂", "1"]).read_bytes())
    start = content.index(b"xl/worksheets/sheet1.xml") + 40
    content[start : start + 60] = bytes(60)
    return bad.written(path, bytes(content))


REGISTRY_HEAD = "主体身份代码,企业名称,住所,登记状态,成立日期\n1,甲厂,某路,开业,2001-1-1\n"
DECLARED_HEAD = "单位名称,申报类型,申报日期,审核状态\n甲厂,初次申报,2024-01-01,已审核\n"
CASES: list[tuple[str, str, bad.Builder, Kind, str]] = [
    ("two cells A1 and XFD1048576", "a.xlsx", lambda p: bad.two_cells(p, "XFD1048576"), Kind.SURVEY, "E1011"),
    ("two cells A1 and AZ1048576", "a.xlsx", lambda p: bad.two_cells(p, "AZ1048576"), Kind.SURVEY, "E1011"),
    ("two cells A1 and H1048576", "a.xlsx", lambda p: bad.two_cells(p, "H1048576"), Kind.SURVEY, "E1011"),
    ("row beyond the sheet", "a.xlsx", lambda p: bad.two_cells(p, "B9999999"), Kind.SURVEY, "E1009"),
    ("one string of 3 GB", "a.xlsx", lambda p: bad.swollen(p, 3072), Kind.SURVEY, "E1008"),
    ("one string of 12 MB", "a.xlsx", lambda p: bad.swollen(p, 12), Kind.SURVEY, "E1012"),
    ("ods of one cell repeated", "a.ods", bad.repeated_ods, Kind.SURVEY, "E1013"),
    ("size understated", "a.xlsx", bad.understated, Kind.SURVEY, "E1006"),
    ("entity bomb", "a.xlsx", bad.entity_bomb, Kind.SURVEY, "E1015"),
    ("a million columns", "a.xlsx", lambda p: bad.many_columns(p, 1_000_000), Kind.SURVEY, "E1010"),
    ("a million columns as text", "a.csv", lambda p: bad.written(p, b"a," * 10**6), Kind.SURVEY, "E1010"),
    ("encrypted xlsx", "a.xlsx", bad.encrypted_workbook, Kind.SURVEY, "E1005"),
    ("encrypted xls", "a.xls", bad.encrypted_xls, Kind.SURVEY, "E1005"),
    ("half an xlsx", "a.xlsx", truncated, Kind.SURVEY, "E1006"),
    ("garbled xlsx", "a.xlsx", garbled, Kind.SURVEY, "E1006"),
    ("half an xls", "a.xls", lambda p: bad.written(p, bad.plain_xls()[:3000]), Kind.SURVEY, "E1006"),
    ("web page named xls", "a.xls", lambda p: bad.written(p, b"<HTML><table>"), Kind.SURVEY, "E1004"),
    (
        "web page with a mark",
        "a.xls",
        lambda p: bad.written(p, b"\xef\xbb\xbf\r\n<table>"),
        Kind.SURVEY,
        "E1004",
    ),
    ("XML workbook of 2003", "a.xls", lambda p: bad.written(p, b"<?xml?><Workbook>"), Kind.SURVEY, "E1004"),
    ("PDF", "a.xlsx", lambda p: bad.written(p, b"%PDF-1.7"), Kind.SURVEY, "E1003"),
    ("picture", "a.csv", lambda p: bad.written(p, b"\x89PNG\r\n"), Kind.SURVEY, "E1003"),
    (
        "Word document",
        "a.xls",
        lambda p: bad.written(p, bad.formats_ole() + bytes(600)),
        Kind.SURVEY,
        "E1003",
    ),
    ("no bytes", "a.csv", lambda p: bad.written(p, b""), Kind.SURVEY, "E1002"),
    ("empty sheet", "a.xlsx", sheet, Kind.SURVEY, "E1002"),
    ("blank text", "a.csv", lambda p: bad.written(p, b"\n , \n"), Kind.SURVEY, "E1002"),
    ("no such file", "a.csv", lambda p: p, Kind.SURVEY, "E1001"),
    ("no header", "a.xlsx", lambda p: sheet(p, ["甲厂", "1"], ["乙厂", "2"]), Kind.SURVEY, "E1016"),
    ("no name", "a.xlsx", lambda p: sheet(p, ["联系电话", "企业规模"], ["1", "小"]), Kind.SURVEY, "E1017"),
    ("name twice", "a.xlsx", lambda p: sheet(p, ["单位名称", "企业名称", "规模"]), Kind.SURVEY, "E1019"),
    ("declarations as registry", "a.csv", lambda p: bad.text(p, DECLARED_HEAD), Kind.REGISTRY, "E1018"),
    ("registry as declarations", "a.csv", lambda p: bad.text(p, REGISTRY_HEAD), Kind.DECLARATIONS, "E1018"),
    ("neither encoding", "a.csv", lambda p: bad.written(p, b"\xff\x80,\xff\n" * 9), Kind.SURVEY, "E1014"),
    (
        "one long text",
        "a.csv",
        lambda p: bad.text(p, "单位名称,电话\n" + "甲" * 200_000),
        Kind.SURVEY,
        "E1012",
    ),
]


@pytest.mark.parametrize(("name", "build", "kind", "code"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_bad_file_is_refused(tmp_path: Path, name: str, build: bad.Builder, kind: Kind, code: str) -> None:
    path = build(tmp_path / name)
    start = time.monotonic()
    with pytest.raises(InputRefused) as refusal:
        read_tables(path, kind)
    assert refusal.value.code == code, refusal.value.message
    assert re.search("[\u4e00-\u9fff]{4}", refusal.value.message)
    assert name in refusal.value.message
    assert time.monotonic() - start < 20
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        assert resource.getrusage(who).ru_maxrss < GIB_IN_KB


LIMITS = [
    ("time", Limits(seconds=0.001), "E1013"),
    ("memory", Limits(memory_bytes=64 * 1024 * 1024), "E1013"),
    ("bytes", Limits(file_bytes=100), "E1007"),
    ("rows", Limits(rows=1), "E1009"),
    ("columns", Limits(columns=1), "E1010"),
    ("parts", Limits(members=2), "E1008"),
    ("unpacked", Limits(unpacked_bytes=1000), "E1008"),
    ("cells", Limits(cells=3, sparse_cells=100), "E1011"),
]


@pytest.mark.parametrize(("limits", "code"), [case[1:] for case in LIMITS], ids=[case[0] for case in LIMITS])
def test_limits_are_settings(tmp_path: Path, limits: Limits, code: str) -> None:
    path = sheet(tmp_path / "a.xlsx", ["单位名称", "电话"], ["甲厂", "1"], ["乙厂", "2"])
    with pytest.raises(InputRefused) as refusal:
        read_tables(path, Kind.SURVEY, limits)
    assert refusal.value.code == code


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    with pytest.raises(InputRefused):
        read_tables(sheet(tmp_path / "a.xlsx", ["单位名称", "企业名称", "电话"]), Kind.SURVEY)
    read_tables(sheet(tmp_path / "b.xlsx", ["单位名称", "电话"], ["甲厂", 1]), Kind.SURVEY)
    assert list((tmp_path / "scratch").iterdir()) == []
