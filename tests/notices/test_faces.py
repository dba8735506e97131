"""Slim faces look the same: outlines stay within the tolerance, widths are kept."""

from pathlib import Path
from typing import Any

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from models.errors import EnvironmentTrouble
from notices.pdf import faces
from notices.pdf.faces import FANG, FILES, SONG, UNITS, cut_faces, lacking, real_name
from notices.pdf.straighten import StraighteningPen

TEXT = frozenset("职业病危害项目申报告知单镕堃喆䶮Aag0123：（）")


def bounds(font: TTFont, char: str) -> list[float]:
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(char)]].draw(pen)
    return [edge / font["head"].unitsPerEm for edge in pen.bounds]


@pytest.mark.parametrize("family", [FANG, SONG])
def test_cut_glyphs_fill_the_same_box(tmp_path: Path, family: str) -> None:
    cut, whole = TTFont(cut_faces(TEXT, TEXT, tmp_path).files[family]), TTFont(FILES[family])
    kept = {chr(code) for code in cut.getBestCmap()}
    assert kept == TEXT & faces.covered(family)
    for char in kept:
        assert bounds(cut, char) == pytest.approx(bounds(whole, char), abs=0.006)
        width = cut["hmtx"][cut.getBestCmap()[ord(char)]][0] / UNITS
        assert width == pytest.approx(whole["hmtx"][whole.getBestCmap()[ord(char)]][0] / 1000, abs=0.0011)


def drawn(tolerance: float, *acts: tuple[str, tuple[Any, ...]]) -> list[Any]:
    out = RecordingPen()
    pen = StraighteningPen(out, tolerance)
    pen.moveTo((0, 0))
    for act, points in acts:
        getattr(pen, act)(*points)
    pen.closePath()
    return list(out.value)


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([("curveTo", ((3, 1), (6, 1), (9, 0)))], [("lineTo", ((9, 0),))]),
        ([("curveTo", ((3, 9), (6, 9), (9, 0)))], [("curveTo", ((3, 9), (6, 9), (9, 0)))]),
        ([("lineTo", ((5, 1),)), ("lineTo", ((10, 0),))], [("lineTo", ((10, 0),))]),
        ([("lineTo", ((5, 5),)), ("lineTo", ((10, 0),))], [("lineTo", ((5, 5),)), ("lineTo", ((10, 0),))]),
    ],
    ids=["微弯成直线", "弯仍是弯", "微折成直线", "折仍是折"],
)
def test_straightening(acts: list[Any], expected: list[Any]) -> None:
    assert drawn(2.0, *acts) == [("moveTo", ((0, 0),)), *expected, ("closePath", ())]


def test_lacking() -> None:
    assert lacking(frozenset("镕堃喆䶮柳州")) == []
    assert lacking(frozenset("柳\U00031350\n")) == ["\n", "\U00031350"]


def test_real_names() -> None:
    assert real_name(FANG) == "FandolFang-Regular 1.300"
    assert real_name(SONG).startswith("NotoSerifSC-Regular")


def test_a_missing_face_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(faces.FILES, "yb-none", tmp_path / "none.otf")
    with pytest.raises(EnvironmentTrouble) as caught:
        real_name("yb-none")
    assert caught.value.code == "E1510"
