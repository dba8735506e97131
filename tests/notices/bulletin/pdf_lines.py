"""Lines of a page as they lie on it, in mm from its upper left corner."""

from dataclasses import dataclass
from typing import Any

from pypdf import PageObject

from tests.notices.pdf_facts import POINT


@dataclass(frozen=True)
class TextLine:
    x: float
    y: float  # of the baseline
    text: str


def lines_of(page: PageObject) -> list[TextLine]:
    """Pieces on one baseline are one line; turned text is left out."""
    held: dict[float, list[tuple[float, str]]] = {}
    height = float(page.mediabox.height) * POINT

    def visit(text: str, cm: list[float], tm: list[float], _font: Any, _size: float) -> None:
        piece = text.strip("\n")
        if piece.strip() and abs(cm[1]) < 0.01:
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            held.setdefault(round(height - y * POINT, 1), []).append((x * POINT, piece))

    page.extract_text(visitor_text=visit)
    return [
        TextLine(min(pieces)[0], y, "".join(text for _, text in sorted(pieces)))
        for y, pieces in sorted(held.items())
    ]
