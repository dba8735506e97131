"""The bulletin of a month: what it says is what the figures are, in all three files (C29, 2.5)."""

import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from models.campaign import Campaign
from models.database import session
from models.outbox import Message
from tasks.assessments import freeze_month
from tasks.bulletin.distributing import distribute
from tasks.bulletin.making import Made, issue_day, make_bulletin
from tests.make_targets import make_known
from tests.tasks.bulletin.make_city import CUT, LATE, make_city


@pytest.fixture
def campaign(installation: Path) -> Campaign:  # noqa: ARG001
    return make_city()


def text_of(path: Path) -> str:
    pages = ("".join(page.extract_text().split()) for page in PdfReader(path).pages)
    return "".join(re.sub(r"—\d+—$", "", page) for page in pages)


@pytest.fixture
def made(campaign: Campaign, tmp_path: Path) -> Made:
    freeze_month(campaign, "2024-09", on=LATE, by="张三")
    return make_bulletin(campaign, tmp_path, month="2024-09")


def test_what_the_paper_says(made: Made) -> None:
    told = text_of(made.issued.pdf.path)
    for sentence in (
        "柳州市卫生健康委员会",
        "2024年9月进展情况通报",
        "桂卫职健发〔2024〕3号",
        "各县（区）卫生健康局：",
        "全市应申报单位7家，已申报2家，申报率28.57%；待审核1家，未申报4家。",
        "扩面行动基线目标6家，核销1家，新增0家，现应申报5家；已申报1家，待审核1家，未申报3家。",
        "完成率20.00%，较上月提高20.00个百分点；工作完成率33.33%。",
        "距2025年12月31日还有457天，其中工作日310天。仍有4家未完成申报，平均每个工作日需完成不到0.1家；",
        "近20个工作日平均每日完成0.1家",
        "完成率居前的是柳江区（33.33%，未申报2家）、柳北区（0.00%，未申报1家）。",
        "待审核超过5个工作日的单位1家：柳北区1家",
        "未完成申报的扩面目标单位4家，较上月减少2家（审核通过1家，核销（未申报单位）1家）。",
        "数据快照第2号",
        "2024年10月12日",
    ):
        assert sentence in told, sentence
    assert "集中核销" not in told
    assert "截止日前集中核销" in text_of(made.inside)
    book = openpyxl.load_workbook(made.issued.xlsx)
    names = [row[0].value for row in book["未申报_柳江区"].iter_rows()]
    assert {"丙厂", "丁厂"} <= set(names)
    assert "甲厂" not in names
    cells = [cell for row in book["未申报_柳北区"].iter_rows() for cell in row if cell.value == "=戊厂"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_made_again_later_it_is_the_same_and_each_county_gets_it_once(
    campaign: Campaign, made: Made, tmp_path: Path
) -> None:
    """Of what was published: later knowledge changes no page."""
    with session() as db:
        make_known(db, name="后来的厂")
    again = make_bulletin(campaign, tmp_path / "again", month="2024-09")
    for first, second in (
        (made.issued.pdf.path, again.issued.pdf.path),
        (made.issued.docx, again.issued.docx),
    ):
        assert first.read_bytes() == second.read_bytes()
    assert made.issued.xlsx.read_bytes() == again.issued.xlsx.read_bytes()
    assert distribute(campaign, "2024-09", made.issued.pdf.path) == 10
    assert distribute(campaign, "2024-09", made.issued.pdf.path) == 0
    with session() as db:
        first = db.query(Message).filter_by(purpose="bulletin").first()
        assert first is not None
        assert first.file_name == made.issued.pdf.path.name


def test_any_day_without_freezing(campaign: Campaign, tmp_path: Path) -> None:
    made = make_bulletin(campaign, tmp_path, as_of=date(2024, 9, 20), day=date(2024, 9, 23))
    told = text_of(made.issued.pdf.path)
    assert "未冻结的临时计算" in told
    assert "截至2024年9月20日24时" in told


def test_issued_on_the_fifth_working_day(campaign: Campaign) -> None:
    assert issue_day(campaign, CUT) == LATE
    assert issue_day(campaign, date(2024, 12, 31)) == date(2025, 1, 8)
