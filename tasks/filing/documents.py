"""What lies in the files that are handed in: JSON documents by the schema, and filled forms (docs/declaration.schema.json)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from models import reference
from models.errors import InputRefused
from models.form.form import Form
from models.form.reading import UNREADABLE, read_form
from models.rules.form_cells import FormWords
from models.rules.industry import Industries
from tasks.code_lists import code_lists
from tasks.filing.form_reading import Trouble, read_filled
from tasks.reading.limits import MIB

NOTHING_THERE = "E1735"
BOOKS = frozenset({".xlsx", ".xls", ".ods", ".et"})
LARGEST = 256 * MIB
RECEIPT = "_回执.xlsx"


@dataclass(frozen=True)
class Document:
    """One declaration of a file, or why it cannot be read. `meta`: what our own form carries along."""

    file: str
    position: int  # from 1, in its file
    form: Form | None = None
    refusal: InputRefused | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
    troubles: Sequence[Trouble] = ()


@cache
def form_words() -> FormWords:
    return FormWords.of(code_lists(), Industries.build(reference.industries()))


def documents_in(paths: Sequence[Path]) -> Iterator[Document]:
    """Every declaration of the files and folders, one after the other; a file that is refused is one of them."""
    for path in _files(paths):
        try:
            yield from _read(path)
        except InputRefused as refusal:
            yield Document(path.name, 1, refusal=refusal)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = [one for one in sorted(path.iterdir()) if _wanted(one)]
            if not found:
                raise InputRefused(NOTHING_THERE, f"文件夹 {path} 里没有 JSON 或申报表文件。")
            yield from found
        else:
            yield path


def _wanted(path: Path) -> bool:
    """Not the receipts of an earlier time, nor what a program keeps while a file is open."""
    kept = path.is_file() and path.suffix.lower() in {*BOOKS, ".json"}
    return kept and not path.name.startswith((".", "~$")) and not path.name.endswith(RECEIPT)


def _read(path: Path) -> Iterator[Document]:
    if not path.is_file():
        raise InputRefused(NOTHING_THERE, f"没有文件 {path}。")
    if path.suffix.lower() in BOOKS:
        yield _of_book(path)
    elif path.suffix.lower() == ".json":
        yield from _of_json(path)
    else:
        raise InputRefused(NOTHING_THERE, f"“{path.name}”不是 JSON，也不是 xlsx、xls、ods 的申报表。")


def _of_book(path: Path) -> Document:
    filled = read_filled(path, form_words())
    return _document(path.name, 1, filled.document, filled.meta, filled.troubles)


def _of_json(path: Path) -> Iterator[Document]:
    """One document or a list of them."""
    if path.stat().st_size > LARGEST:
        raise InputRefused(NOTHING_THERE, f"“{path.name}”超过{LARGEST // MIB} MB，请分开。")
    try:
        said: Any = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InputRefused(
            UNREADABLE, f"“{path.name}”不是有效的JSON文件（UTF-8），请重新导出后再报。"
        ) from None
    given = said if isinstance(said, list) else [said]
    if not given:
        raise InputRefused(NOTHING_THERE, f"“{path.name}”里一份申报也没有。")
    for position, one in enumerate(given, start=1):
        yield _document(path.name, position, one)


def _document(
    file: str,
    position: int,
    said: Any,
    meta: Mapping[str, str] | None = None,
    troubles: Sequence[Trouble] = (),
) -> Document:
    try:
        form = read_form(json.dumps(said, ensure_ascii=False))
    except InputRefused as refusal:
        return Document(file, position, refusal=refusal, troubles=troubles)
    return Document(file, position, form, meta=meta or {}, troubles=troubles)
