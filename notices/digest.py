"""The text of a digest: short, official, complete (C30). A value that is missing is an error, never a gap."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent / "templates"
# plain text for mails and group robots: there is nothing to escape
PLAIN = Environment(
    loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,
)

DESK = {"reviews": "件申报待审核", "objections": "件审核异议"}
OF_COUNTY = {"overdue": "项逾期", "due": "项待办", "transfers": "家单位待答复"} | DESK
OF_CITY = {"escalations": "项县（区）事项逾期", "missing": "个县（区）没有联系人"} | {
    "overdue": "项市级事项逾期",
    "due": "项市级事项待办",
    **DESK,
}


class Letter(NamedTuple):
    subject: str
    body: str


def write_digest(content: Mapping[str, Any]) -> Letter:
    """`content` as models.rules.digests makes it and the database keeps it."""
    template = "city_digest.txt" if content["to_city"] else "county_digest.txt"
    return Letter(_subject(content), PLAIN.get_template(template).render(content).strip() + "\n")


def _subject(content: Mapping[str, Any]) -> str:
    figures = OF_CITY if content["to_city"] else OF_COUNTY
    counts = {key: content[key]["waiting"] if key in DESK else len(content[key]) for key in figures}
    said = "、".join(f"{counts[key]} {words}" for key, words in figures.items() if counts[key])
    return f"【期限提醒】{content['name']}：{said}（{content['day']}）"
