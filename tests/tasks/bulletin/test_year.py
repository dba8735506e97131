"""The draft of a year's summary: a county's own numbers, gaps for people, the same again (C26)."""

from datetime import date
from pathlib import Path

import pytest
from docx import Document

from models.campaign import Campaign
from models.fieldwork import Work
from tasks.bulletin.year import write_summaries
from tasks.fieldwork.entering import enter
from tests.make_fieldwork import SOUND
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


DEEDS = {  # year → what its draft says; a unit visited in both years counts in both, one trained again in the first only
    2024: "举办培训1期，参训用人单位1家 入户指导1家 开展宣传活动1次",
    2025: "举办培训2期，参训用人单位1家 入户指导2家 开展宣传活动0次",
}
TRAINED = ((date(2024, 9, 10), "丙厂"), (date(2025, 3, 10), "丙厂"), (date(2025, 3, 11), "丁厂"))
VISITED = ((date(2024, 9, 12), "丙厂"), (date(2025, 3, 12), "丙厂"), (date(2025, 3, 13), "丁厂"), (date(2025, 3, 14), "丁厂"))  # fmt: skip


@pytest.mark.parametrize("year", DEEDS)
def test_the_deeds_are_those_of_the_year(year: int, campaign: Campaign, tmp_path: Path) -> None:
    day = date(2025, 4, 1)
    for work, acts in ((Work.TRAINING, TRAINED), (Work.VISIT, VISITED)):
        for on, unit in acts:
            enter(campaign, work, unit, SOUND[work] | {"done_on": f"{on}"}, day, by="张三")
    enter(campaign, Work.PUBLICITY, None, SOUND[Work.PUBLICITY], day, by="张三")
    (liujiang,) = write_summaries(campaign, year, day, tmp_path, county=LIUJIANG)
    said = words(liujiang)
    assert [one for one in DEEDS[year].split() if one not in said] == []


def test_everybody_has_a_draft_and_it_comes_out_the_same(campaign: Campaign, tmp_path: Path) -> None:
    first = write_summaries(campaign, 2024, CUT, tmp_path / "one")
    again = write_summaries(campaign, 2024, CUT, tmp_path / "two")
    assert len(first) == 11
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert "柳江区（33.33%）" in words(first[-1])
