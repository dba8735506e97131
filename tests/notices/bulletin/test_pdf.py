"""The PDF: measures of GB/T 9704, text as it went in, faces, tables not cut (C01, C29, 2.6, acceptance 3)."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PageObject, PdfReader

from models.errors import InputRefused
from notices.bulletin.content import Annex, Listing, Paper, Paragraph
from notices.bulletin.figure_rows import figure_rows
from notices.bulletin.pdf import print_paper
from notices.pdf.faces import FILES, SONG
from tests.notices.bulletin.make_paper import body, charts, listing, paper, table
from tests.notices.bulletin.pdf_lines import lines_of
from tests.notices.pdf_facts import POINT, glyph_numbers, ink, text_of

LINE, CHARACTER = 225 / 22, 156 / 28  # mm
FACES = {"FandolFang-Regular", "FandolKai-Regular", "NotoSerifSC-Regular", "NotoSansSC-Regular"}


def pages_of(folder: Path, made: Paper) -> list[PageObject]:
    return list(PdfReader(print_paper(made, folder / "通报.pdf").path).pages)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return print_paper(paper(), tmp_path_factory.mktemp("pdf") / "通报.pdf").path


@pytest.fixture(scope="module")
def pages(path: Path) -> list[PageObject]:
    return list(PdfReader(path).pages)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def size(page: PageObject) -> tuple[int, int]:
    return round(float(page.mediabox.width) * POINT), round(float(page.mediabox.height) * POINT)


def printed_width(text: str, points: float) -> float:
    face = TTFont(FILES[SONG])
    advances = (face["hmtx"][face.getBestCmap()[ord(char)]][0] for char in text)
    return sum(advances) / face["head"].unitsPerEm * points * POINT


def number_of(page: PageObject) -> str:
    return next(iter(re.findall(r"—\d+—", bare(page.extract_text()))), "")


@pytest.mark.parametrize("at", [1, 2], ids=["双页", "单页"])
def test_a_page_of_text_has_22_lines_of_28_characters(at: int, tmp_path: Path) -> None:
    text = Paragraph(text="柳州市职业病危害项目申报扩面行动" * 130)
    page = pages_of(tmp_path, paper(head=None, blocks=(text,), annexes=()))[at]
    *lines, number = lines_of(page)
    assert [len(line.text) for line in lines] == [28] * 22
    left = (28, 26)[at % 2]
    assert {round(line.x, 1) for line in lines} == {left}
    assert [b.y - a.y for a, b in pairwise(lines)] == pytest.approx([LINE] * 21, abs=0.15)
    assert 37 < lines[0].y < 37 + LINE
    assert 297 - 35 - LINE / 2 < lines[-1].y < 297 - 35
    assert bare(number.text) == f"—{at + 1}—"
    assert number.y == pytest.approx(297 - 35 + 7 + 4.4, abs=1)  # 7 mm below the text, on its baseline
    expected = 26 + 14 * POINT if at % 2 else 210 - 26 - 14 * POINT - printed_width(number.text, 14)
    assert number.x == pytest.approx(expected, abs=0.3)  # one character in from the outer edge


def test_levels_in_other_faces_stay_on_the_grid(pages: list[PageObject]) -> None:
    lines = lines_of(pages[1])[:-1]
    assert len(lines) == 22
    assert [b.y - a.y for a, b in pairwise(lines)] == pytest.approx([LINE] * 21, abs=0.4)


def test_header(pages: list[PageObject]) -> None:
    lines = lines_of(pages[0])
    said = [bare(line.text) for line in lines]
    assert said[:6] == [
        "柳州市卫生健康委员会文件",
        "柳卫职健通〔2024〕9号",
        "关于2024年9月职业病危害项目申报",
        "扩面行动进展情况的通报",
        "（依据：桂卫职健发〔2024〕3号）",
        "各县（区）卫生健康局，市疾病预防控制中心、市卫生监督所：",
    ]
    assert 37 + 35 < lines[0].y < 37 + 35 + 18  # the issuer's name begins 35 mm below the upper edge
    for line in (lines[0], lines[2], lines[3]):
        assert line.x + (210 - 26 - 28) / 2 > 105 - 3 > line.x  # centred between the margins


def test_levels_signature_and_annexes_are_all_there(pages: list[PageObject]) -> None:
    text = "".join(re.sub(r"—\d+—$", "", text_of(page)) for page in pages[:3])
    numbers = ("一、", "二、", "（一）", "（二）", "1.", "（1）", "（2）", "2.", "三、", "（一）", "（二）")
    held = [block for block in body() if block.level]
    said = [
        bare(number + block.heading + block.text)
        for number, block in zip(["一、", *numbers[1:]], held, strict=True)
    ]
    assert [line for line in said if line not in text] == []
    ending = f"附件：1.{table().title}2.图示3.未申报用人单位名单柳州市卫生健康委员会2024年10月11日"
    assert text.endswith(ending)
    day = lines_of(pages[2])[-2]
    right = 210 - 26 - day.x - (8 * 0.5 + 3) * 16 * POINT
    assert right == pytest.approx(4 * 16 * POINT, abs=8)


def test_the_wide_table_lies_across_and_is_whole(pages: list[PageObject]) -> None:
    page = pages[3]
    assert size(page) == (297, 210)
    text = text_of(page)
    for row in figure_rows(table()):
        assert bare("".join(row.texts)) in text
    for note in table().notes:
        assert bare(note) in text
    lines = lines_of(page)
    assert min(line.x for line in lines) == pytest.approx(35, abs=0.1)
    assert lines[0].y > 26
    assert lines[-1].y < 210 - 28
    assert ink(page)[2] > 37
    assert number_of(page) == "—4—"


def test_long_tables_repeat_their_headings(pages: list[PageObject]) -> None:
    listed = [page for page in pages[6:] if size(page) == (297, 210)]
    assert len(listed) >= 3
    firsts = [bare(line.text) for page in listed for line in lines_of(page)[:3]]
    assert firsts.count("".join(listing().headings)) == len(listed)
    rows = {bare(line.text) for page in listed for line in lines_of(page)}
    assert [row for row in listing().rows if bare("".join(map(str, row))) not in rows] == []


def test_every_page_has_its_number(pages: list[PageObject]) -> None:
    assert [number_of(page) for page in pages] == [f"—{at}—" for at in range(1, len(pages) + 1)]


def test_charts_say_their_numbers(pages: list[PageObject]) -> None:
    text = text_of(pages[4]) + text_of(pages[5])
    ranked, progress, _, _ = charts()
    assert [chart.title for chart in charts() if bare(chart.title) not in text] == []
    assert [
        f"{one.name}{one.share.per_cent}"
        for one in ranked.bars
        if f"{one.name}{one.share.per_cent}" not in text
    ] == []
    assert progress.actual[-1].per_cent in text


def test_faces_are_ours_and_named(path: Path, pages: list[PageObject]) -> None:
    used = set()
    for page in pages:
        for font in page["/Resources"]["/Font"].values():
            held = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile3" in held["/FontDescriptor"].get_object()
            used.add(str(held["/BaseFont"]).split("+")[-1])
    assert {"yb-fang", "yb-kai", "yb-song", "yb-hei"} == used
    keywords = PdfReader(path).metadata["/Keywords"]  # type: ignore[index]
    assert [face for face in FACES if face not in keywords] == []
    assert 0 not in glyph_numbers(path)


@pytest.mark.parametrize(
    "given",
    [
        {"to": "柳州\U00031350厂"},
        {"title": ("通\U00031350报",)},
        {"annexes": (Annex(title="名单", blocks=(Listing(name="名", title="名", headings=("\U00031350",), rows=()),)),)},
        {"blocks": (Paragraph(text="甲\U00031350"),)},
    ],
    ids=["主送", "标题", "名单", "正文"],
)  # fmt: skip
def test_a_character_without_a_shape_stops_the_paper(given: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"E1840.*U\+31350"):
        print_paper(paper(**given), tmp_path / "通报.pdf")
    assert not list(tmp_path.iterdir())


def test_the_same_content_is_the_same_file(path: Path, tmp_path: Path) -> None:
    assert print_paper(paper(), tmp_path / "b.pdf").path.read_bytes() == path.read_bytes()
    other = print_paper(paper(day=date(2024, 10, 12)), tmp_path / "c.pdf").path
    assert other.read_bytes() != path.read_bytes()


def test_a_long_list_may_be_printed_in_part(tmp_path: Path) -> None:
    """Paper says how many lines more the workbook has."""
    part = replace(listing(), printed=5)
    page = pages_of(tmp_path, paper(annexes=(Annex(title=part.title, blocks=(part,)),)))[-1]
    text = text_of(page)
    assert ("柳州市第5砖厂" in text, "柳州市第6砖厂" in text) == (True, False)
    assert text.split("—")[0].endswith("其余55行见电子表格的工作表“未申报用人单位名单”。")


def test_a_short_table_is_not_torn(tmp_path: Path) -> None:
    """Eight lines of text leave it too little room below: it goes to the next page whole."""
    columns = tuple(column for column in table().columns if not column.hidden)[:9]
    short, text = replace(table(), columns=columns, notes=()), Paragraph(text="柳" * 28 * 8)
    first, second = pages_of(tmp_path, paper(blocks=(text, short), annexes=()))[:2]
    assert "三江侗族自治县" not in text_of(first)
    assert [row.texts for row in figure_rows(short) if bare("".join(row.texts)) not in text_of(second)] == []
