"""What a county writes in its review workbook: the decision, its reasons, and to which steps of which document (M03, M04)."""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from models.declaration import DeclarationState
from models.filing import Act

SEALED_CHARS = 16
KEY = re.compile(rf"YB(\d{{1,18}})-(\d{{1,9}})-(\d{{1,9}})-([0-9a-f]{{{SEALED_CHARS}}})")
BETWEEN_REASONS = re.compile(r"[；;\n]+")


class Decision(StrEnum):
    """The words of the drop-down."""

    APPROVE = "通过"
    REJECT = "不通过"
    REVOKE = "撤销"
    KEEP = "维持"


ACTS = {Decision.APPROVE: Act.APPROVE, Decision.REJECT: Act.REJECT, Decision.REVOKE: Act.REVOKE}
OF_STATE = {
    DeclarationState.SUBMITTED: (Decision.APPROVE, Decision.REJECT),
    DeclarationState.APPROVED: (Decision.REVOKE, Decision.KEEP),
}
WITH_REASON = frozenset({Decision.REJECT, Decision.REVOKE})
LONG_WORDS = {f"审核{word}": word for word in (Decision.APPROVE, Decision.REJECT)} | {"驳回": Decision.REJECT}


class Issued(NamedTuple):
    """What a row was made from. A letter at its head keeps a spreadsheet from making a number of it."""

    declaration: int
    version: int
    steps: int
    seal: str

    @property
    def key(self) -> str:
        return f"YB{self.declaration}-{self.version}-{self.steps}-{self.seal}"


def issued(declaration: int, version: int, steps: int, head: str) -> Issued:
    return Issued(declaration, version, steps, head[:SEALED_CHARS])


def read_key(text: str | None) -> Issued | None:
    """In any width and case; nothing where a character is lost."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text or ""))
    found = KEY.fullmatch(plain[:2].upper() + plain[2:].lower())
    return Issued(int(found[1]), int(found[2]), int(found[3]), found[4]) if found else None


def read_decision(text: str) -> Decision | None:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    word = LONG_WORDS.get(plain, plain)
    return Decision(word) if word in set(Decision) else None


def split_reasons(text: str | None) -> tuple[str, ...]:
    """Several reasons in one cell, parted by ； or a new line."""
    return tuple(reason.strip() for reason in BETWEEN_REASONS.split(text or "") if reason.strip())
