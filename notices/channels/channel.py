"""One idea of a channel: it takes one letter to one addressee and says what became of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from models.rules.routes import meant_for


class Result(StrEnum):
    SENT = "sent"
    REFUSED = "refused"  # the other side said no for good
    NOT_TAKEN = "not_taken"  # certainly not handed over: may be tried again
    UNKNOWN = "unknown"  # handed over, no answer: never tried again blindly


@dataclass(frozen=True)
class Letter:
    """What goes out. `planned` is when it was meant to go."""

    message_id: str
    office: str
    addressee: str
    subject: str
    body: str
    planned: datetime


@dataclass(frozen=True)
class Outcome:
    """`reason` is what a person reads, without any secret. `trouble` is the code of a fault of the channel
    itself, which would befall the next letter as well."""

    result: Result
    reason: str
    trouble: str | None = None


class Channel(Protocol):
    def send(self, letter: Letter) -> Outcome: ...

    def has_sent(self, letter: Letter) -> bool | None:
        """Whether it went out, seen afterwards. None: this channel cannot tell."""
        ...


def marked(letter: Letter) -> Letter:
    """A redirected letter says for whom it was meant."""
    original = meant_for(letter.addressee)
    if original is None:
        return letter
    return replace(
        letter,
        subject=f"[原收件人 {original}] {letter.subject}",
        body=f"（改投：本来要发给 {original}）\n\n{letter.body}",
    )
