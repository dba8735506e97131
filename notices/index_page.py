"""One page that leads to every file of a folder (issue 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
)


@dataclass(frozen=True)
class Part:
    """Files that belong together."""

    title: str
    what: str
    files: Sequence[Path]


def write_index(folder: Path, title: str, intro: str, parts: Sequence[Part]) -> Path:
    """Written beside its name first. Links are relative: the folder may be moved as a whole."""
    shown = [
        (part.title, part.what, [(file.name, file.relative_to(folder).as_posix()) for file in part.files])
        for part in parts
        if part.files
    ]
    page = PAGES.get_template("index.html").render(title=title, intro=intro, parts=shown)
    path = folder / "index.html"
    unfinished = folder / ".index.html.part"
    unfinished.write_text(page, encoding="utf-8")
    return unfinished.replace(path)
