"""A paper onto PDF pages in the layout of GB/T 9704-2012 (C29, 2.6)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.errors import EnvironmentTrouble
from notices.bulletin.charts.svg import svg
from notices.bulletin.content import Paper
from notices.bulletin.glyphs import check_glyphs
from notices.bulletin.sheet import PaperSheet
from notices.pdf.faces import FANG, FILES, HEI, KAI, SONG, Faces, real_name
from notices.pdf.press import Press, PrintFault

NOT_PRINTED = "E1841"
TEMPLATES = Path(__file__).parents[1] / "templates" / "bulletin"
PAGES = Environment(
    loader=FileSystemLoader(TEMPLATES, encoding="utf-8"), undefined=StrictUndefined, autoescape=True
)
PAGES.filters["svg"] = svg
ROLES = {FANG: "正文仿宋", KAI: "楷体", SONG: "标题、表格和罕用字宋体", HEI: "黑体"}


@dataclass(frozen=True)
class PrintedPaper:
    path: Path
    pages: int
    faces: str  # what it was really set in, with versions


@cache
def press() -> Press:
    """One for the process: style sheet and faces cost as much as a paper. Whole faces: one paper is not worth cutting."""
    return Press(Faces(dict(FILES)), (TEMPLATES / "paper.css").read_text(encoding="utf-8"))


def print_paper(paper: Paper, path: Path) -> PrintedPaper:
    """A missing glyph, a face that is not ours and whatever else the library complains of stop the paper."""
    check_glyphs(paper)
    html = PAGES.get_template("paper.html").render(sheet=PaperSheet(paper))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        document = press().set(html)
        document.metadata.keywords = [f"字体：{faces_used()}"]
        used = press().write(document, path, title=paper.plain_title, author=paper.signed_by)
    except PrintFault as fault:
        raise EnvironmentTrouble(NOT_PRINTED, f"公文没有排成：{fault}") from fault
    return PrintedPaper(path, len(document.pages), faces_used(used))


def faces_used(families: frozenset[str] = frozenset(ROLES)) -> str:
    return "；".join(f"{role} {real_name(family)}" for family, role in ROLES.items() if family in families)
