"""Every PDF a run writes: faces embedded, no box for a glyph, margins, page count, text as it went in (point 2)."""

import gc
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from models.rules.notice_words import Variant
from notices.letter import SAMPLE_MARK, LetterData, annex_2
from notices.letter_html import Layout
from notices.letter_print import Printed
from notices.letter_run import print_letters
from tests.notices.make_letters import campaign, make_letter
from tests.notices.pdf_facts import fonts_of, glyph_numbers, ink, text_of

RARE = "镕堃喆燊焱骉垚䶮㛃鑫淼犇猋羴毳赟翀昉玥珺琛瑀璟旻晟曌祎禛禤邕隺麤龘"
NAMES = [
    *(f"柳州市{rare}达铸造有限公司" for rare in RARE),
    "柳州（香港）投资有限公司", "柳州(集团)机械厂", "柳州【新】材料厂", "柳州〔北〕冶炼厂", "柳州“星火”焊材厂",
    "柳州・东风柳汽厂", "柳州·五菱分公司", "ABC（柳州）Co., Ltd.", "3M中国有限公司柳州分公司", "ThyssenKrupp柳州",
    "柳州A&B机电<有限>公司", "Ａ１全角字母厂", "柳州№1砖厂", "柳州市第①采石场", "柳州ＨＹ五金厂", "柳州市α涂料厂",
    "广西壮族自治区柳州市融水苗族自治县" + "很长的名称" * 4 + "有限责任公司", "长" * 60, "柳州 空格 有限公司",
    "柳州'引号'厂", "柳州/斜线\\厂", "柳州:冒号*星?号", "柳州市〇〇厂", "柳州市二〇二四厂",
    "柳州—破折号厂", "柳州–短线厂", "柳州…省略厂", "柳州®商标厂", "柳州市𬭎达五金厂", "柳州㎡地板厂",
]  # fmt: skip
LEGAL_WORDS = Path(__file__).parents[1] / "data" / "plan_annex_1.txt"


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def written(letters: list[LetterData], folder: Path, layout: Layout) -> list[Printed]:
    outcomes = list(print_letters(letters, folder, layout))
    assert [line for outcome in outcomes for line in outcome.stopped] == []
    return [file for outcome in outcomes for file in outcome.printed]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[LetterData, Path]]:
    """A letter of its own for each of the 63 names, in both variants."""
    letters = [
        make_letter(at, employer=name, variant=list(Variant)[at % 2])
        for at, name in enumerate(NAMES, start=1)
    ]
    files = written(letters, tmp_path_factory.mktemp("named"), Layout())
    assert [file.numbers[0] for file in files] == [letter.number for letter in letters]
    return [(letter, file.path) for letter, file in zip(letters, files, strict=True)]


def test_there_are_63_names() -> None:
    assert len(set(NAMES)) == 63


@pytest.mark.parametrize("at", range(63), ids=NAMES)
def test_letter_of(at: int, named: list[tuple[LetterData, Path]]) -> None:
    letter, path = named[at]
    (page,) = PdfReader(path).pages
    expected = bare(annex_2(letter).text + f"编号：{letter.number}")
    found = text_of(page)
    assert found.replace("操作流程申报网址", "", 1) == expected
    fonts = fonts_of(path)
    assert fonts == dict.fromkeys(fonts, True)
    assert set(fonts) <= {"yb-fang", "yb-song"}
    assert 0 not in glyph_numbers(path)
    left, top, right, bottom = ink(page)
    assert left == pytest.approx(28, abs=0.1)
    assert 37 < top < 46  # the baseline of the title
    assert right >= 26
    assert bottom >= 35
    assert path.stat().st_size < 40_000


def test_sheets_of_a_double_sided_letter(tmp_path: Path) -> None:
    letter = make_letter(mark=SAMPLE_MARK)
    (file,) = written([letter], tmp_path, Layout(campaign().legal, receipt=True))
    front, back, receipt = PdfReader(file.path).pages
    assert text_of(front).count(SAMPLE_MARK) == 1
    annex = bare(LEGAL_WORDS.read_text(encoding="utf-8")).removeprefix("附件1")
    assert text_of(back) == annex
    assert ink(back)[0] == pytest.approx(26, abs=0.1)  # the binding edge is on the other side
    fields = "文号 送达文书名称 送达文书文号 受送达人 送达地点 送达方式 收件人签名或盖章 签收日期 代收人及代收理由 见证人签名 送达人签名 备注 （印章）"
    missing = [field for field in fields.split() if field not in text_of(receipt)]
    assert missing == []
    assert letter.employer in text_of(receipt)


def test_letters_set_together_are_as_if_set_alone(tmp_path: Path) -> None:
    letters = [make_letter(1), make_letter(2, employer="长" * 200), make_letter(3)]
    together = written(letters, tmp_path / "together", Layout(campaign().legal))
    alone = [written([letter], tmp_path / "alone", Layout(campaign().legal))[0] for letter in letters]
    assert [file.pages for file in together] == [file.pages for file in alone]
    for one, other in zip(together, alone, strict=True):
        texts = [[text_of(page) for page in PdfReader(file.path).pages] for file in (one, other)]
        assert texts[0] == texts[1]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_missing_glyph_stops_its_letter_alone(
    tmp_path: Path, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    letters = [make_letter(at) for at in range(130)]
    letters[7] = replace(letters[7], employer="柳州\U00031350厂")
    outcomes = list(print_letters(letters, tmp_path, Layout(), processes=processes))
    (stopped,) = (line for outcome in outcomes for line in outcome.stopped)
    assert (stopped.number, stopped.code) == ("450206-00007", "E1504")
    assert "U+31350" in stopped.reason
    assert len(list(tmp_path.glob("*.pdf"))) == 129
    assert not list(tmp_path.glob(".*"))
    gc.collect()
    assert not list(scratch.iterdir()), "fonts of every process are put away"


def test_the_same_letter_is_the_same_file(tmp_path: Path) -> None:
    first, second = (written([make_letter()], tmp_path / name, Layout())[0].path for name in "ab")
    assert first.read_bytes() == second.read_bytes()
