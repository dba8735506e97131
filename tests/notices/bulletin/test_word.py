"""The docx: the same words and numbers as the PDF, the office's own template, marked gaps, the same bytes (C26, C29)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Pt
from pypdf import PdfReader

from models.errors import InputRefused
from notices.bulletin.charts.draw import draw
from notices.bulletin.charts.png import png
from notices.bulletin.content import Listing, Paragraph
from notices.bulletin.figure_rows import figure_rows
from notices.bulletin.word.fill import write_word
from notices.bulletin.word.house_style import EVERY, PARAGRAPHS
from notices.bulletin.word.office_template import PACKAGED, build
from tests import libreoffice
from tests.notices.bulletin.make_paper import charts, listing, paper, table
from tests.notices.pdf_facts import text_of

LANDSCAPE, PORTRAIT = WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_word(paper(), tmp_path_factory.mktemp("word") / "通报.docx")


@pytest.fixture(scope="module")
def word(path: Path) -> Any:
    return Document(str(path))


def texts(word: Any) -> list[str]:
    return [line.text for line in word.paragraphs if line.text]


def cells(held: Any) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in held.rows]


def test_words_in_their_order(word: Any) -> None:
    said = texts(word)
    assert said[:4] == [
        "柳州市卫生健康委员会文件",
        "柳卫职健通〔2024〕9号",
        "关于2024年9月职业病危害项目申报\n扩面行动进展情况的通报",
        "（依据：桂卫职健发〔2024〕3号）",
    ]
    assert said[4].endswith("市卫生监督所：")
    assert said[6] == "一、总体情况"
    assert said[9].startswith("（一）进展较快的县（区）。柳北区完成率100.00%")
    at = said.index("柳州市卫生健康委员会")
    assert said[at - 3 : at] == [f"附件：1. {table().title}", "2. 图示", "3. 未申报用人单位名单"]
    assert said[at + 1 : at + 4] == ["2024年10月11日", "附件1", table().title]


def test_tables_hold_the_same_numbers(word: Any) -> None:
    figures, units = (cells(one) for one in word.tables)
    assert figures == [
        tuple(one.title for one in table().shown),
        *(row.texts for row in figure_rows(table())),
    ]
    assert units == [listing().headings, *(tuple(map(str, row)) for row in listing().rows)]
    for held in word.tables:
        first = held.rows[0]._tr.trPr
        assert (first.find(qn("w:tblHeader")) is not None, first.find(qn("w:cantSplit")) is not None) == (
            True,
            True,
        )


def test_pages_have_the_measures(word: Any) -> None:
    upright, across = (210, 297, 37, 26, 35, 28), (297, 210, 28, 37, 26, 35)
    found = [
        tuple(
            round(side.mm)
            for side in (
                one.page_width,
                one.page_height,
                one.top_margin,
                one.right_margin,
                one.bottom_margin,
                one.left_margin,
            )
        )
        for one in word.sections
    ]
    assert found == [upright, across, upright, across]
    assert [one.orientation for one in word.sections] == [PORTRAIT, LANDSCAPE, PORTRAIT, LANDSCAPE]
    for section in word.sections:
        for footer in (section.footer, section.even_page_footer):
            assert footer._element.findall(f".//{qn('w:fldSimple')}")
    assert word.settings.odd_and_even_pages_header_footer


def test_body_is_set_22_by_28(word: Any) -> None:
    style = word.styles[PARAGRAPHS["body"].name]
    assert (style.font.name, style.font.size, style.paragraph_format.line_spacing) == (
        "仿宋_GB2312",
        Pt(16),
        Pt(28.95),
    )
    assert style.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-4"  # 16 pt less 0.2: 28 in 156 mm


def test_pictures_are_the_charts(path: Path, word: Any) -> None:
    with ZipFile(path) as held:
        stored = {held.read(name) for name in held.namelist() if name.startswith("word/media/")}
    assert stored == {png(draw(chart)) for chart in charts()}
    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == [
        one.title for one in charts()
    ]
    numbers = [shape._inline.docPr.id for shape in word.inline_shapes]
    assert len(set(numbers)) == 4
    assert {round(shape.width.mm) for shape in word.inline_shapes} == {156}


def test_gaps_are_marked(tmp_path: Path) -> None:
    text = "今年开展培训3期。〔请补充：典型做法〕如上。〔请补充：问题〕"
    word = Document(str(write_word(paper(blocks=(Paragraph(text=text),)), tmp_path / "a.docx")))
    line = next(one for one in word.paragraphs if one.text == text)
    marked = [run.text for run in line.runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert marked == ["〔请补充：典型做法〕", "〔请补充：问题〕"]


def test_signs_of_xml_and_of_templates_stay_words(tmp_path: Path) -> None:
    name = "柳州A&B<机电>{{ 7 * 7 }}厂{% if"
    held = Listing(name="名", title="名", headings=("单位",), rows=((name,),))
    word = Document(str(write_word(paper(blocks=(Paragraph(text=name), held), to=name), tmp_path / "a.docx")))
    assert cells(word.tables[0]) == [("单位",), (name,)]
    assert name in texts(word)
    assert f"{name}：" in texts(word)


@pytest.mark.parametrize(
    "given",
    [{"head": None, "to": ""}, {"annexes": ()}, {"annexes": paper().annexes[:1]}],
    ids=["无红头", "无附件", "一个附件"],
)
def test_parts_that_a_paper_may_lack(given: dict[str, Any], tmp_path: Path) -> None:
    word = Document(str(write_word(paper(**given), tmp_path / "a.docx")))
    said = texts(word)
    if "head" in given:
        assert said[0].startswith("关于")
        assert said[2].startswith("根据")
    elif given["annexes"]:
        assert f"附件：{table().title}" in said
        assert "附件" in said
        assert [one.orientation for one in word.sections] == [PORTRAIT, LANDSCAPE]
    else:
        assert said[-1] == "2024年10月11日"
        assert len(word.sections) == 1


def test_a_wide_table_inside_the_text_gets_pages_of_its_own(tmp_path: Path) -> None:
    word = Document(
        str(write_word(paper(blocks=(table(), Paragraph(text="后文。")), annexes=()), tmp_path / "a.docx"))
    )
    assert [one.orientation for one in word.sections] == [PORTRAIT, LANDSCAPE, PORTRAIT]


def test_the_same_content_is_the_same_file(path: Path, tmp_path: Path) -> None:
    again = write_word(paper(), tmp_path / "again.docx")
    assert again.read_bytes() == path.read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["again.docx"]


def test_the_packaged_template_is_what_its_script_builds(tmp_path: Path) -> None:
    (tmp_path / "built.docx").write_bytes(build())
    with ZipFile(PACKAGED) as packaged, ZipFile(tmp_path / "built.docx") as built:
        assert packaged.namelist() == built.namelist()
        assert [name for name in built.namelist() if packaged.read(name) != built.read(name)] == []


def office_template(folder: Path, change: Callable[[Any], None]) -> Path:
    word = Document(str(PACKAGED))
    change(word)
    word.save(str(folder / "本委模板.docx"))
    return folder / "本委模板.docx"


def test_the_offices_own_template(tmp_path: Path) -> None:
    """Its words and its looks are kept, under whatever ids its styles have; styles it lacks are taken over."""

    def change(word: Any) -> None:
        word.paragraphs[0].insert_paragraph_before("内部资料　注意保存")
        own = word.styles[EVERY["body"].name]
        own.font.name = "华文仿宋"
        own.element.set(qn("w:styleId"), "a5")
        note = word.styles[EVERY["note"].name].element
        note.getparent().remove(note)

    template = office_template(tmp_path, change)
    word = Document(str(write_word(paper(), tmp_path / "a.docx", template)))
    line = next(one for one in word.paragraphs if one.text.startswith("根据《"))
    assert (line.style.style_id, line.style.font.name) == ("a5", "华文仿宋")
    assert texts(word)[0] == "内部资料　注意保存"
    assert word.styles[EVERY["note"].name].font.size == Pt(9)
    assert [one.style.name for one in word.paragraphs if one.text.startswith("注：")] == [
        EVERY["note"].name
    ] * 2


@pytest.mark.parametrize(
    ("placeholder", "code"), [("{{ isuer }}", "E1843"), ("{{ title", "E1843"), (None, "E1842")], ids=["写错名称", "缺括号", "不是docx"]
)  # fmt: skip
def test_a_template_that_cannot_be_used(placeholder: str | None, code: str, tmp_path: Path) -> None:
    if placeholder is None:
        template = tmp_path / "模板.docx"
        template.write_bytes(b"no archive")
    else:
        said = placeholder
        template = office_template(tmp_path, lambda word: word.add_paragraph(said))
    with pytest.raises(InputRefused, match=code):
        write_word(paper(), tmp_path / "a.docx", template)
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.skipif(libreoffice.found() is None, reason="no LibreOffice")
def test_libreoffice_shows_the_same_numbers(path: Path, tmp_path: Path) -> None:
    made = libreoffice.LibreOffice(tmp_path / "office").as_pdf(path, tmp_path)
    if made is None:
        pytest.skip("LibreOffice without Writer")
    pages = PdfReader(made).pages
    wide = [page for page in pages if page.mediabox.width > page.mediabox.height]
    assert len(wide) >= 2
    table_text, text = text_of(wide[0]), "".join(map(text_of, pages))
    assert [
        row.texts for row in figure_rows(table()) if re.sub(r"\s", "", "".join(row.texts)) not in table_text
    ] == []
    assert re.sub(r"\s", "", table().notes[-1]) in table_text  # the formulas are on the table's page
    assert [unit[2] for unit in listing().rows if str(unit[2]) not in text] == []
