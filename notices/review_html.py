"""Templates and style sheets of the papers of a review."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from notices.digest import TEMPLATES

FOLDER = TEMPLATES / "review"
PAGES = Environment(
    loader=FileSystemLoader(FOLDER, encoding="utf-8"),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def style_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
