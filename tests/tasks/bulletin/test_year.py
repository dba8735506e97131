"""The draft of a year's summary: a county's own numbers, gaps for people, the same again (C26)."""

from pathlib import Path

import pytest
from docx import Document

from models.campaign import Campaign
from tasks.bulletin.year import write_summaries
from tests.tasks.bulletin.make_city import CUT, LIUBEI, LIUJIANG, make_city


@pytest.fixture
def campaign(installation: Path) -> Campaign:  # noqa: ARG001
    return make_city()


def words(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "".join("".join(text.split()) for text in [*(one.text for one in document.paragraphs), *cells])


def test_a_county_reads_its_own_numbers(campaign: Campaign, tmp_path: Path) -> None:
    (liujiang,) = write_summaries(campaign, 2024, CUT, tmp_path, county=LIUJIANG)
    told = words(liujiang)
    assert "柳江区基线目标数4家，核销1家，新增0家，现应申报3家；已申报1家，待审核0家，未申报2家。" in told
    assert "〔请补充：存在的主要问题和原因" in told
    assert "柳北区" not in told
    (liubei,) = write_summaries(campaign, 2024, CUT, tmp_path, county=LIUBEI)
    assert "建材" in words(liubei)
    assert "完成率在全市有位次的2个县（区）中列第2位" in words(liubei)
    headings = [cell.text for cell in Document(str(liubei)).tables[0].rows[0].cells]
    assert "位次" not in headings


def test_everybody_has_a_draft_and_it_comes_out_the_same(campaign: Campaign, tmp_path: Path) -> None:
    first = write_summaries(campaign, 2024, CUT, tmp_path / "one")
    again = write_summaries(campaign, 2024, CUT, tmp_path / "two")
    assert len(first) == 11
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert "柳江区（33.33%）" in words(first[-1])
