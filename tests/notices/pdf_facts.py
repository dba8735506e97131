"""What a PDF really holds: text, faces, where ink lies. Read by pypdf, not by the library that wrote it."""

import re
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader

POINT = 25.4 / 72  # mm


def text_of(page: PageObject) -> str:
    """Without white space: lines break where they must."""
    return re.sub(r"\s", "", page.extract_text())


def fonts_of(path: Path) -> dict[str, bool]:
    """Face → whether the file carries it."""
    found: dict[str, bool] = {}
    for page in PdfReader(path).pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()["/DescendantFonts"][0].get_object()
            name = str(font["/BaseFont"]).split("+")[-1]
            found[name] = "/FontFile2" in font["/FontDescriptor"].get_object()
    return found


def glyph_numbers(path: Path) -> set[int]:
    """Every glyph any page shows; 0 is the box of a missing one."""
    found: set[int] = set()
    for page in PdfReader(path).pages:
        contents = page.get_contents()
        if contents is None:
            continue
        for operands, operator in contents.operations:
            if operator in (b"TJ", b"Tj"):
                found |= _shown(operands[0])
    return found


def _shown(operand: Any) -> set[int]:
    pieces = operand if isinstance(operand, list) else [operand]
    found: set[int] = set()
    for piece in pieces:
        raw = getattr(piece, "original_bytes", b"")
        found |= {int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)}
    return found


def ink(page: PageObject) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of all text, in mm from the page's own edges; right edges are the last glyphs' left."""
    spots: list[tuple[float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: Any, _size: float) -> None:
        if text.strip():
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            spots.append((x * POINT, y * POINT))

    page.extract_text(visitor_text=visit)
    height, width = float(page.mediabox.height) * POINT, float(page.mediabox.width) * POINT
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    return min(xs), height - max(ys), width - max(xs), min(ys)
