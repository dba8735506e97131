"""The faces letters are set in, rebuilt with only the characters that a run of them prints.

No office's own 仿宋_GB2312 is asked for: whether and in which version it is installed cannot be guaranteed, and the
product must say which face was really used. Small faces make small PDFs and quick pages; TrueType ones carry no
glyph names, and half the numbers of an outline fit one byte.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from unicodedata import category

import pylopdf_fonts_zh_cn
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from models.errors import EnvironmentTrouble
from notices.pdf.straighten import StraighteningPen

FACE_MISSING = "E1510"
FANG, KAI, SONG, HEI = "yb-fang", "yb-kai", "yb-song", "yb-hei"
OURS = Path(__file__).parents[1] / "fonts"
FILES = {
    FANG: OURS / "FandolFang-Regular.otf",
    KAI: OURS / "FandolKai-Regular.otf",
    SONG: pylopdf_fonts_zh_cn.serif_path(),
    HEI: pylopdf_fonts_zh_cn.sans_path(),
}
UNITS = 500  # per em instead of 1000: coordinates fit one byte, and move by 0.006 mm at most in 16 pt
BOW = 0.002  # em by which a quadratic curve may leave the cubic one
BOX = ".notdef"
DRAWN = 4096  # outlines kept, 3 kB each
EPOCH = 0x7C259DC0  # 1970, counted from 1904


@dataclass(frozen=True)
class Faces:
    """Cut font files by the family name that the style sheet asks for."""

    files: dict[str, Path]

    def css(self) -> str:
        return "".join(
            f'@font-face {{ font-family: {family}; src: url("{file.resolve().as_uri()}") }}\n'
            for family, file in self.files.items()
        )


@cache
def covered(family: str) -> frozenset[str]:
    """Every character the face has; control characters print nothing, whatever a face says."""
    return frozenset(char for char in map(chr, _font(family).getBestCmap()) if category(char)[0] != "C")


def lacking(chars: AbstractSet[str]) -> list[str]:
    """Characters that would print as a box: neither 仿宋 nor the 宋体 behind it has them."""
    return sorted(chars - covered(FANG) - covered(SONG))


def real_name(family: str) -> str:
    """FandolFang-Regular 1.300: what the product says it used."""
    names = _font(family)["name"]
    version = (names.getDebugName(5) or "").removeprefix("Version ").split(";")[0]
    return f"{names.getDebugName(6)} {version}".strip()


def cut_faces(text: AbstractSet[str], titles: AbstractSet[str], folder: Path) -> Faces:
    """Write the three faces: 仿宋 with what the text needs, the other two with titles; 宋体 with what 仿宋 lacks."""
    needed = {FANG: text | titles, SONG: titles | (text - covered(FANG)), HEI: titles}
    files = {family: folder / f"{family}.ttf" for family in needed}
    for family, file in files.items():
        _rebuilt(family, needed[family] & covered(family)).save(file)
    return Faces(files)


@cache
def _glyphs(family: str) -> Any:
    return _font(family).getGlyphSet()


@cache
def _font(family: str) -> TTFont:
    if not FILES[family].is_file():
        raise EnvironmentTrouble(FACE_MISSING, f"缺少字体文件 {FILES[family].name}，请重新安装程序。")
    return TTFont(FILES[family], lazy=True)


def _rebuilt(family: str, chars: AbstractSet[str]) -> FontBuilder:
    """The glyphs of these characters with their widths; no hints, no layout tables, no vertical metrics."""
    font = _font(family)
    scale = UNITS / font["head"].unitsPerEm
    names, hhea = font.getBestCmap(), font["hhea"]
    glyphs = list(dict.fromkeys([BOX, *(names[ord(char)] for char in sorted(chars))]))
    ascent, descent = round(hhea.ascent * scale), round(hhea.descent * scale)
    built = FontBuilder(UNITS, isTTF=True)
    built.font.recalcTimestamp = False  # the same letter is the same file
    built.updateHead(created=EPOCH, modified=EPOCH)
    built.setupGlyphOrder(glyphs)
    built.setupCharacterMap({ord(char): names[ord(char)] for char in chars})
    built.setupGlyf({glyph: _outline(family, glyph) for glyph in glyphs})
    bearings = built.font["glyf"]
    built.setupHorizontalMetrics(
        {glyph: (round(font["hmtx"][glyph][0] * scale), bearings[glyph].xMin) for glyph in glyphs}
    )
    built.setupHorizontalHeader(ascent=ascent, descent=descent)
    name = real_name(family)
    ps_name = name.split()[0]
    names_told = {
        "familyName": ps_name.split("-")[0],
        "styleName": "Regular",
        "fullName": name,
        "psName": ps_name,
    }
    built.setupNameTable(names_told, mac=False)
    built.setupOS2(
        sTypoAscender=ascent, sTypoDescender=descent, usWinAscent=ascent, usWinDescent=-descent, fsType=0
    )
    built.setupPost(keepGlyphNames=False)
    return built


@lru_cache(DRAWN)
def _outline(family: str, glyph: str) -> Any:
    """Kept: the next booklet or paper prints mostly the same characters, and to draw them is most of the cutting."""
    font = _font(family)
    scale = UNITS / font["head"].unitsPerEm
    pen = TTGlyphPen(None)
    quadratic = Cu2QuPen(pen, BOW * UNITS, reverse_direction=True)
    _glyphs(family)[glyph].draw(StraighteningPen(TransformPen(quadratic, (scale, 0, 0, scale, 0, 0))))
    return pen.glyph()
