"""What accompanies a 告知单 by mail, and what an SMS says in its place (C11)."""

from typing import NamedTuple

from notices.digest import PLAIN
from notices.letter import TITLE, LetterData, annex_2

FILE_NAME = f"{TITLE}.pdf"


class Cover(NamedTuple):
    subject: str
    body: str


def mail_cover(letter: LetterData) -> Cover:
    return Cover(_subject(letter), _filled("notice_mail.txt", letter))


def sms_cover(letter: LetterData) -> Cover:
    """`body` is the approved template's text as its reader sees it; the gateway itself takes the blanks only."""
    return Cover(_subject(letter), _filled("notice_sms.txt", letter))


def _subject(letter: LetterData) -> str:
    return f"{TITLE}（{letter.employer}）"


def _filled(template: str, letter: LetterData) -> str:
    facts = {"name": letter.employer, "act": letter.variant.value, "day": annex_2(letter).day}
    facts |= {name: getattr(letter, name) for name in ("bureau", "platform", "manual", "number")}
    return PLAIN.get_template(template).render(facts).strip() + "\n"
