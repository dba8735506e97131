"""Sections of a Word document: upright or across, with the template's own page numbers."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from markupsafe import Markup

TURNED = {
    "top": "left",
    "right": "top",
    "bottom": "right",
    "left": "bottom",
}  # the head lies at the left edge


@dataclass(frozen=True)
class Sections:
    """`own`: the properties of the template's last section, taken to be upright."""

    own: Any

    def ending(self, wide: bool) -> Markup:
        """What closes a section: these are the properties of the pages before it."""
        properties = deepcopy(self.own)
        for kind in properties.findall(qn("w:type")):
            properties.remove(kind)
        if wide:
            turn(properties)
        return Markup(properties.xml)


def turn(properties: Any) -> None:
    """The page as if turned to the right: its text stays 156 by 225 mm."""
    size, margins = properties.find(qn("w:pgSz")), properties.find(qn("w:pgMar"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")
    held = {side: margins.get(qn(f"w:{side}")) for side in TURNED}
    for side, source in TURNED.items():
        margins.set(qn(f"w:{side}"), held[source])
