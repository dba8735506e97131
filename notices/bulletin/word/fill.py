"""A paper as docx: the packaged template, or the office's own with the same placeholders (C26, C29)."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined, TemplateError

from models.errors import InputRefused
from notices.bulletin.content import Paper
from notices.bulletin.glyphs import check_glyphs
from notices.bulletin.sheet import PaperSheet
from notices.bulletin.word.fragments import Fragments
from notices.bulletin.word.house_style import EVERY
from notices.bulletin.word.office_template import PACKAGED
from notices.bulletin.word.sealed_zip import sealed
from notices.bulletin.word.sections import Sections, turn

NOT_WORD, WRONG_PLACES = "E1842", "E1843"


def write_word(paper: Paper, path: Path, template: Path | None = None) -> Path:
    """The same content is the same file, byte for byte."""
    check_glyphs(paper)
    document = _opened(template or PACKAGED)
    sheet = PaperSheet(paper)
    fragments = Fragments(document.docx.part, _style_ids(document.docx), Sections(_last(document.docx)))
    _render(document, _context(sheet, fragments))
    if sheet.annexes and sheet.annexes[-1].wide:
        turn(_last(document.docx))
    _set_properties(document.docx.core_properties, paper)
    out = BytesIO()
    document.save(out)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(sealed(out.getvalue()))
    return unfinished.replace(path)


def _opened(template: Path) -> Any:
    document = DocxTemplate(template)
    try:
        document.init_docx()
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise InputRefused(
            NOT_WORD, f"模板 {template.name} 打不开，请用 Word 另存为 .docx 后再试。"
        ) from error
    return document


def _context(sheet: PaperSheet, fragments: Fragments) -> dict[str, Any]:
    head = sheet.head
    return {
        "issuer": head.issuer if head else "",
        "number": head.number if head else "",
        "title": "\n".join(sheet.title),
        "basis": sheet.basis,
        "to": sheet.to,
        "body": fragments.body(sheet.blocks),
        "attached": fragments.attached(sheet.attached),
        "signed_by": sheet.signed_by,
        "day": sheet.day,
        "annexes": fragments.annexes(sheet.annexes),
    }


def _render(document: Any, context: Mapping[str, Any]) -> None:
    strict = Environment(undefined=StrictUndefined, autoescape=True)
    try:
        document.render(context, strict, autoescape=True)
    except TemplateError as error:
        known = "、".join(context)
        raise InputRefused(
            WRONG_PLACES, f"模板里的占位符有误（{error.message}）。可用的是：{known}。"
        ) from error


def _last(docx: Any) -> Any:
    return docx.sections[-1]._sectPr


def _style_ids(docx: Any) -> dict[str, str]:
    """By name, as offices know them; what their template lacks is taken over from the packaged one."""
    held = {style.name: style.style_id for style in docx.styles}
    if lacking := [style.name for style in EVERY.values() if style.name not in held]:
        packaged = DocxTemplate(PACKAGED).get_docx().styles
        for name in lacking:
            element = deepcopy(packaged[name].element)
            docx.styles.element.append(element)
            held[name] = element.styleId
    return {role: held[style.name] for role, style in EVERY.items()}


def _set_properties(properties: Any, paper: Paper) -> None:
    day = datetime.combine(paper.day, time(), UTC)
    properties.title, properties.author = paper.plain_title[:255], paper.signed_by[:255]
    properties.created = properties.modified = day
    properties.last_modified_by, properties.revision, properties.comments = "", 1, ""
