"""The annual draft of a county and of the city: numbers in place, gaps marked, the same bytes again (C26)."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX

from notices.bulletin.content import FigureTable
from notices.bulletin.figure_rows import figure_rows
from notices.bulletin.progress_table import DEFINITIONS, progress_columns
from notices.bulletin.summary import Deeds, YearFacts, year_paper
from notices.bulletin.word.fill import write_word
from tests.notices.bulletin.make_paper import charts, county_rows

DEEDS = Deeds(verified=120, notified=96, publicity=7, trainings=3, trained=88, visited=64, transferred=0)
GAPS = ["核对的组织方式和典型做法", "宣传形式和效果", "培训内容和效果", "部门协作情况和典型案例"]
LAST_GAPS = ["存在的主要问题和原因，可结合未申报原因说明", "下一年度工作安排、需要上级协调解决的事项"]


def progress(*counties: str) -> FigureTable:
    rows = tuple(row for row in county_rows() if not counties or row.name in counties)
    columns = progress_columns({})
    return FigureTable(name="进度", title="进度", columns=columns, rows=rows, notes=DEFINITIONS)


def facts(**given: Any) -> YearFacts:
    held: dict[str, Any] = {
        "place": "三江侗族自治县",
        "bureau": "三江侗族自治县卫生健康局",
        "to": "柳州市卫生健康委员会",
        "basis": "桂卫职健发〔2024〕3号",
        "plan": "柳州市职业病危害项目申报扩面行动（2024-2025年）工作方案",
        "year": 2024,
        "day": date(2024, 12, 13),
        "progress": progress("三江侗族自治县"),
        "deeds": DEEDS,
        "charts": charts()[1:2],
    }
    return YearFacts(**held | given)


def drafted(made: YearFacts, folder: Path) -> Any:
    return Document(str(write_word(year_paper(made), folder / "总结.docx")))


def said(word: Any) -> str:
    return "\n".join(line.text for line in word.paragraphs)


def marked(word: Any) -> list[str]:
    runs = (run for line in word.paragraphs for run in line.runs)
    found = [run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    return [text.removeprefix("〔请补充：").removesuffix("〕") for text in found]


def test_draft_of_a_county(tmp_path: Path) -> None:
    word = drafted(facts(), tmp_path)
    text = said(word)
    assert text.startswith(
        "三江侗族自治县2024年度\n职业病危害项目申报扩面行动工作总结\n（依据：桂卫职健发〔2024〕3号）\n柳州市卫生健康委员会："
    )
    assert (
        "三江侗族自治县基线目标数33家，核销1家，新增1家，现应申报33家；已申报11家，待审核2家，未申报20家。"
        "完成率33.33%，工作完成率35.29%。"
    ) in text
    assert "（二）告知和宣传。发放告知单96家，开展宣传活动7次。" in text
    assert "（四）指导和监督。入户指导64家，移送监督执法0家。" in text
    assert marked(word) == GAPS + LAST_GAPS
    assert len(word.inline_shapes) == 1
    assert "居前" not in text
    cells = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert cells[1:] == [list(row.texts) for row in figure_rows(facts().progress)]
    assert text.endswith("三江侗族自治县卫生健康局\n2024年12月13日")
    assert len(word.sections) == 1


def test_draft_of_the_city_names_the_first_and_the_last_three(tmp_path: Path) -> None:
    word = drafted(facts(place="柳州市", progress=progress(), charts=charts()), tmp_path)
    assert (
        "完成率居前的是柳北区（100.00%）、城中区（51.28%）、融安县（45.21%）；"
        "居后的是鱼峰区（3.13%）、柳江区（3.13%）、柳南区（0.00%）。"
    ) in said(word)
    assert len(word.inline_shapes) == 4


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"progress": progress("柳城县")}, "三江侗族自治县基线尚未冻结，申报目标数待定。"),
        ({"progress": progress("鹿寨县")}, "完成率—，工作完成率100.00%。"),
        ({"progress": progress("柳南区")}, "完成率0.00%，工作完成率6.40%。"),
        ({"deeds": replace(DEEDS, trained=None)}, "举办培训3期，参训用人单位〔请补充：数量〕家。"),
    ],
    ids=["没有基线", "应申报为零", "完成为零", "没有记录的数"],
)
def test_what_is_not_known_is_said(given: dict[str, Any], expected: str, tmp_path: Path) -> None:
    assert expected in said(drafted(facts(**given), tmp_path))


def test_a_draft_regenerates_byte_for_byte(tmp_path: Path) -> None:
    first = write_word(year_paper(facts()), tmp_path / "a.docx").read_bytes()
    assert write_word(year_paper(facts()), tmp_path / "b.docx").read_bytes() == first
    other = facts(deeds=replace(DEEDS, visited=65))
    assert write_word(year_paper(other), tmp_path / "c.docx").read_bytes() != first
