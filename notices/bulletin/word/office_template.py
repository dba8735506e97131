"""Builds the packaged Word template: page, styles, page numbers and placeholders (2.6).

`python -m notices.bulletin.word.office_template` writes it anew; a test holds the file in the repository to this text.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from notices.bulletin.word.house_style import CHARACTERS, PARAGRAPHS, SONG, Style
from notices.bulletin.word.sealed_zip import sealed

PACKAGED = Path(__file__).parents[2] / "templates" / "bulletin" / "paper.docx"
PLACES = [
    ("plain", "{%p if issuer %}"),
    ("issuer", "{{ issuer }}"),
    ("number", "{{ number }}"),
    ("plain", "{%p endif %}"),
    ("title", "{{ title }}"),
    ("basis", "{{ basis }}"),
    ("plain", "{%p if to %}"),
    ("plain", "{{ to }}"),
    ("plain", "{%p endif %}"),
    ("plain", "{{p body }}"),
    ("plain", "{{p attached }}"),
    ("signed", "{{ signed_by }}"),
    ("day", "{{ day }}"),
    ("plain", "{{p annexes }}"),
]
SQUEEZE = -4  # twentieths of a point between characters: 28 to a line of 156 mm
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
RED_LINE = '<w:pBdr {}><w:bottom w:val="single" w:sz="16" w:space="11" w:color="FF0000"/></w:pBdr>'
PAGE = '<w:fldSimple {} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def build() -> bytes:
    document = Document()
    _set_page(document)
    for key, style in PARAGRAPHS.items():
        _add_paragraph_style(document, key, style)
    for key, style in CHARACTERS.items():
        _set_face(_new_style(document, key, style, WD_STYLE_TYPE.CHARACTER), style)
    for key, text in PLACES:
        document.add_paragraph(text, PARAGRAPHS[key].name)
    _number_pages(document)
    out = BytesIO()
    document.save(out)
    return sealed(out.getvalue())


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.right_margin = Mm(37), Mm(26)
    section.bottom_margin, section.left_margin = Mm(35), Mm(28)
    section.footer_distance = Mm(23)  # the number's foot: 7 mm and its own height below the text
    document.settings.odd_and_even_pages_header_footer = True
    document.settings.element.insert(0, parse_xml(f"<w:mirrorMargins {nsdecls('w')}/>"))


def _new_style(document: Any, key: str, style: Style, kind: WD_STYLE_TYPE) -> Any:
    made = document.styles.add_style(style.name, kind)
    made.element.set(qn("w:styleId"), f"Yb{key.title().replace('_', '')}")
    made.quick_style = True
    return made


def _add_paragraph_style(document: Any, key: str, style: Style) -> None:
    made = _new_style(document, key, style, WD_STYLE_TYPE.PARAGRAPH)
    _set_face(made, style)
    if style.size == PARAGRAPHS["body"].size:
        made.element.rPr.append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="{SQUEEZE}"/>'))
    form = made.paragraph_format
    form.alignment = ALIGN[style.align]
    form.space_before, form.space_after = Pt(style.before), Pt(style.after)
    if style.exact:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(style.exact)
    form.left_indent = Pt(style.left * style.size)
    form.first_line_indent = Pt(style.indent * style.size)
    form.right_indent = Pt(style.right * style.size)
    form.widow_control, form.keep_with_next = False, style.keep
    if key == "number":
        made.element.get_or_add_pPr().insert_element_before(
            parse_xml(RED_LINE.format(nsdecls("w"))), "w:shd", "w:spacing", "w:ind", "w:jc"
        )


def _set_face(made: Any, style: Style) -> None:
    made.font.name, made.font.size = style.latin or style.face, Pt(style.size)
    made.element.rPr.rFonts.set(qn("w:eastAsia"), style.face)
    if style.colour:
        made.font.color.rgb = RGBColor.from_string(style.colour)


def _number_pages(document: Any) -> None:
    """— 1 — on the outside: right on odd pages, left on even ones, one character in."""
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.alignment = ALIGN[side]
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
        line.add_run("— ")
        line._p.append(parse_xml(PAGE.format(nsdecls("w"))))
        line.add_run(" —")
        for run in line._p.iter(qn("w:r")):
            _number_face(run)


def _number_face(run: Any) -> None:
    face = run.get_or_add_rPr()
    for xml in (
        f'<w:rFonts {nsdecls("w")} w:ascii="{SONG}" w:hAnsi="{SONG}" w:eastAsia="{SONG}"/>',
        f'<w:sz {nsdecls("w")} w:val="28"/>',
    ):
        face.append(parse_xml(xml))


if __name__ == "__main__":
    PACKAGED.write_bytes(build())
