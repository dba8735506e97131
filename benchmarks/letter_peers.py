"""The same page by other means: WeasyPrint used plainly, typst, reportlab.

The last two are no dependencies of the project: a way that is not installed is left out of the table. Both get our
slim faces, which is their best case (reportlab reads no CFF faces at all).
"""

import json
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import segno

from notices.letter import LetterData, annex_2
from notices.letter_html import STYLE, Layout, letters_html
from notices.pdf.faces import FANG, FILES, SONG, Faces, real_name

Way = Callable[[Sequence[LetterData]], list[bytes]]  # one PDF each, or one for all

TYPST = """#let letters = json(bytes(sys.inputs.letters))
#let song = "{song}"
#set page(paper: "a4", margin: (top: 37mm, right: 26mm, bottom: 35mm, left: 28mm))
#set text(font: ("{fang}", song), size: 16pt, lang: "zh", region: "cn", cjk-latin-spacing: none, tracking: -0.207pt)
#set par(leading: 13pt, spacing: 13pt, first-line-indent: (amount: 2em, all: true))
#for letter in letters [
  #page(footer: text(size: 10.5pt)[编号：#letter.number])[
    #align(center, text(font: song, size: 22pt, letter.title))
    #v(16pt)
    #par(first-line-indent: 0pt, letter.employer)
    #letter.body

    #letter.manual

    #letter.platform
    #v(30pt)
    #grid(columns: (31mm, 31mm, 1fr), align: center,
      image("manual.png", width: 25mm), image("platform.png", width: 25mm),
      par(first-line-indent: 0pt)[#letter.bureau \\ #letter.day])
  ]
]
"""


def plain_weasyprint(letters: Sequence[LetterData]) -> list[bytes]:
    """As its manual begins: whole faces, a fresh configuration and style sheet for every letter."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    done = []
    for letter in letters:
        fonts = FontConfiguration()
        style = CSS(string=Faces(FILES).css() + STYLE, font_config=fonts)
        html = HTML(string=letters_html([letter], Layout()))
        done.append(html.write_pdf(stylesheets=[style], font_config=fonts))
    return done


def typst_ways(folder: Path, faces: Faces, sample: LetterData) -> dict[str, Way]:
    if not find_spec("typst"):
        return {}
    import typst  # type: ignore[import-not-found,unused-ignore]

    for name in ("manual", "platform"):
        segno.make_qr(getattr(sample, name), error="m").save(str(folder / f"{name}.png"), scale=4, border=2)
    source = folder / "letter.typ"
    names = {family: real_name(family).split("-")[0] for family in (FANG, SONG)}
    source.write_text(TYPST.replace("{song}", names[SONG]).replace("{fang}", names[FANG]), encoding="utf-8")
    fonts = [str(file.parent) for file in faces.files.values()]
    compiler = typst.Compiler(str(source), font_paths=fonts[:1], ignore_system_fonts=True)

    def print_all(letters: Sequence[LetterData]) -> list[bytes]:
        rows = [annex_2(one)._asdict() | {"number": one.number} for one in letters]
        inputs = {"letters": json.dumps(rows, ensure_ascii=False)}
        return [compiler.compile(sys_inputs=inputs, format="pdf", pdf_tags=False)]

    return {
        "typst, single": lambda letters: [print_all([one])[0] for one in letters],
        "typst, booklet": print_all,
    }


def reportlab_ways(faces: Faces, sample: LetterData) -> dict[str, Way]:
    if not find_spec("reportlab"):
        return {}
    from reportlab.lib.pagesizes import A4  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from reportlab.lib.units import mm  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from reportlab.platypus import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
        Image,
        PageBreak,
        Paragraph,
        SimpleDocTemplate,
        Spacer,
        Table,
    )

    for family in (FANG, SONG):
        pdfmetrics.registerFont(TTFont(family, faces.files[family]))
    text = ParagraphStyle("text", fontName=FANG, fontSize=16, leading=29, firstLineIndent=32, wordWrap="CJK")
    to = ParagraphStyle("to", text, firstLineIndent=0)
    sign = ParagraphStyle("sign", to, alignment=1)
    title = ParagraphStyle("title", fontName=SONG, fontSize=22, leading=29, alignment=1, spaceAfter=29)
    codes = {}
    for name in ("manual", "platform"):
        codes[name] = BytesIO()
        segno.make_qr(getattr(sample, name), error="m").save(codes[name], kind="png", scale=4, border=2)

    def page(letter: LetterData) -> list[Any]:
        words = annex_2(letter)
        images = [Image(codes[name], 25 * mm, 25 * mm) for name in ("manual", "platform")]
        signed = [Paragraph(words.bureau, sign), Paragraph(words.day, sign)]
        body = [Paragraph(one, text) for one in (words.body, words.manual, words.platform)]
        end = Table([[*images, signed]], colWidths=[31 * mm, 31 * mm, 94 * mm])
        return [Paragraph(words.title, title), Paragraph(words.employer, to), *body, Spacer(0, 40), end]

    def print_all(letters: Sequence[LetterData]) -> list[bytes]:
        out = BytesIO()
        margins = {
            "leftMargin": 28 * mm,
            "rightMargin": 26 * mm,
            "topMargin": 37 * mm,
            "bottomMargin": 35 * mm,
        }
        flow = [part for letter in letters for part in (*page(letter), PageBreak())]
        SimpleDocTemplate(out, pagesize=A4, pageCompression=1, **margins).build(flow)
        return [out.getvalue()]

    return {
        "reportlab, single": lambda letters: [print_all([one])[0] for one in letters],
        "reportlab, booklet": print_all,
    }
