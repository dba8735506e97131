"""One paper in its three forms: PDF to sign, docx to edit, xlsx to check (C29)."""

from dataclasses import dataclass
from pathlib import Path

from notices.bulletin.book.write import write_book
from notices.bulletin.content import Paper
from notices.bulletin.pdf import PrintedPaper, print_paper
from notices.bulletin.word.fill import write_word


@dataclass(frozen=True)
class Issued:
    pdf: PrintedPaper
    docx: Path
    xlsx: Path


def issue_paper(paper: Paper, folder: Path, stem: str, template: Path | None = None) -> Issued:
    """`template`: the office's own .docx with the placeholders of docs/word-templates.md."""
    pdf = print_paper(paper, folder / f"{stem}.pdf")
    docx = write_word(paper, folder / f"{stem}.docx", template)
    return Issued(pdf, docx, write_book(paper, folder / f"{stem}.xlsx"))
