"""Booklets: the list in front, every letter behind it, volumes, and what was not made named (C11)."""

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from notices import letter_print
from notices.booklet import Booklet, masked, volumes
from notices.letter import LetterData
from notices.letter_html import Layout
from notices.letter_print import Outcome, stop
from notices.letter_run import print_booklets, print_letters
from notices.pdf import codes
from tests.notices.make_letters import BUREAU, campaign, make_letter
from tests.notices.pdf_facts import fonts_of, glyph_numbers, ink, text_of


def booklet(*letters: LetterData) -> Booklet:
    return Booklet(("柳江区", "拉堡镇"), BUREAU, "2024年8月9日", letters)


def printed(one: Booklet, folder: Path, layout: Layout) -> tuple[Outcome, ...]:
    return tuple(print_booklets([one], folder, layout))


def test_list_and_letters_in_order(tmp_path: Path) -> None:
    names = ["甲厂", "䶮厂", "乙厂"]
    letters = [make_letter(at, employer=name) for at, name in enumerate(names, start=1)]
    *_, outcome = printed(booklet(*letters), tmp_path, Layout())
    (file,) = outcome.printed
    assert (file.path.name, file.pages) == ("柳江区_拉堡镇_告知单.pdf", 4)
    cover, *fronts = PdfReader(file.path).pages
    listed = text_of(cover)
    assert listed.startswith(
        "柳江区拉堡镇职业病危害项目申报告知单发放清单柳江区卫生健康局2024年8月9日本册3份"
    )
    assert "FandolFang-Regular1.300" in listed  # the face really used (2.6)
    assert [listed.index(name) for name in names] == sorted(listed.index(name) for name in names)
    assert [f"{name}：你单位" in text_of(front) for name, front in zip(names, fronts, strict=True)] == [
        True
    ] * 3
    assert all(fonts_of(file.path).values())
    assert 0 not in glyph_numbers(file.path)


def test_double_sided_letters_begin_on_right_hand_pages(tmp_path: Path) -> None:
    letters = [make_letter(at) for at in range(1, 41)]
    *_, outcome = printed(booklet(*letters), tmp_path, Layout(campaign().legal, receipt=True))
    pages = PdfReader(outcome.printed[0].path).pages
    fronts = [at for at, page in enumerate(pages) if "：你单位属于" in text_of(page)]
    assert len(fronts) == 40
    assert {at % 2 for at in fronts} == {0}
    assert [text_of(pages[at + 1])[:10] for at in fronts] == ["用人单位进行职业病危"] * 40
    assert {round(ink(pages[at])[0]) for at in fronts} == {28}


def test_what_was_not_made_is_named_on_the_list(tmp_path: Path) -> None:
    bad = replace(make_letter(2), employer="柳州\U00031350厂")
    first, second = printed(booklet(make_letter(1), bad), tmp_path, Layout())
    assert [line.number for line in first.stopped] == ["450206-00002"]
    cover = text_of(PdfReader(second.printed[0].path).pages[0])
    assert "未能制作1份，请人工处理：450206-00002柳州〓厂：字体里没有“〓”（U+31350）" in cover


def test_volumes_share_the_letters() -> None:
    stopped = stop(make_letter(999), "E1504", "缺字")
    parts = volumes(
        booklet(*map(make_letter, range(450))).without([stopped], list(map(make_letter, range(450))))
    )
    assert [(part.number, part.of, part.before, len(part.letters)) for part in parts] == [
        (1, 3, 0, 150),
        (2, 3, 150, 150),
        (3, 3, 300, 150),
    ]
    assert [part.stopped for part in parts] == [(stopped,), (), ()]
    assert parts[1].file_name == "柳江区_拉堡镇_告知单_第2册.pdf"


def test_an_image_that_fails_stops_its_letter_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = "https://broken.example/x"
    working = codes.qr_code
    monkeypatch.setattr(
        "notices.letter_html.qr_code",
        lambda address: "data:image/png;base64,AAAA" if address == broken else working(address),
    )
    letters = [make_letter(1), make_letter(2, platform=broken), make_letter(3)]
    singles = list(print_letters(letters, tmp_path / "singles", Layout()))
    stopped = [line for outcome in singles for line in outcome.stopped]
    assert [(line.number, line.code) for line in stopped] == [("450206-00002", letter_print.NOT_PRINTED)]
    assert "Failed to load image" in stopped[0].detail
    assert len(list((tmp_path / "singles").iterdir())) == 2
    _, bound = printed(booklet(*letters), tmp_path / "bound", Layout())
    assert [line.number for line in bound.stopped] == ["450206-00002"]
    assert bound.printed[0].numbers == ("450206-00001", "450206-00003")
    assert "450206-00002" in text_of(PdfReader(bound.printed[0].path).pages[0])


@pytest.mark.parametrize(
    ("place", "lines"),
    [
        (("柳江区",), ("柳江区职业病危害项目申报告知单发放清单",)),
        (("柳江区", "拉堡镇"), ("柳江区拉堡镇", "职业病危害项目申报告知单发放清单")),
    ],
    ids=["一行", "两行"],
)
def test_a_long_title_breaks_after_the_place(place: tuple[str, ...], lines: tuple[str, ...]) -> None:
    made = Booklet(place, "柳江区卫生健康局", "2024年8月9日", ())
    assert made.title_lines == lines
    assert made.title == "".join(lines)


def test_masked() -> None:
    assert masked("镕\U00031350堃\n") == "镕〓堃〓"
