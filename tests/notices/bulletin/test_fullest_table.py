"""The widest table of a bulletin at its fullest: one page across, with its title, no number torn in two (2.5, 2.6)."""

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from notices.bulletin.content import Annex, FigureTable, Row
from notices.bulletin.figure_rows import figure_rows
from notices.bulletin.pdf import print_paper
from notices.bulletin.progress_table import BEFORE, DECLARED, DEFINITIONS, progress_columns
from tests.notices.bulletin.make_paper import COUNTIES, paper
from tests.notices.bulletin.pdf_lines import lines_of

INDICATORS = {key: f"{key}\n(%)" for key in ("I1", "I2a", "I2b", "I2c", "I2", "I3")}
CUT = f"3.数据截至2025-12-31 24:00；数据快照第18号，校验值 {'ed35e8d1' * 2}。"
UNKNOWN = "县区不明"


def full(code: str, name: str) -> Row:
    """Four digits everywhere, every rate 100.00, 环比 +100.00."""
    counts = {"b": 1234, "x": 123, "a": 123, "d": 1234, "p": 0, f"{BEFORE}d": 0, f"{BEFORE}n": 1234}
    slices = {key + part: 1234 for key in INDICATORS for part in ("", DECLARED)}
    return Row(code, name, counts | slices)


@pytest.fixture(scope="module")
def table() -> FigureTable:
    return FigureTable(
        name="进度表",
        title="（截至2025-12-31 24:00）",
        columns=progress_columns(INDICATORS),
        rows=tuple(full(code, name) for code, name, *_ in COUNTIES),
        beside=(full("", UNKNOWN),),
        notes=(*DEFINITIONS, CUT),
    )


def test_the_fullest_table_is_one_page(table: FigureTable, tmp_path: Path) -> None:
    title = "各县（区）申报扩面行动进展情况"
    made = paper(head=None, blocks=(), annexes=(Annex(title=title, blocks=(table,)),))
    pages = PdfReader(print_paper(made, tmp_path / "表.pdf").path).pages
    assert len(pages) == 2
    lines = [re.sub(r"\s", "", line.text) for line in lines_of(pages[1])]
    assert lines[0] == "附件"
    assert title in lines[1]
    torn = ["".join(row.texts) for row in figure_rows(table) if "".join(row.texts) not in lines]
    assert not torn
    assert CUT.replace(" ", "") in lines
