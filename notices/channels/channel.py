"""One idea of a channel: it takes one letter to one addressee and says what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from models.rules.routes import meant_for
from notices.channels.attachment import Attachment


class Result(StrEnum):
    SENT = "sent"
    REFUSED = "refused"  # the other side said no for good
    NOT_TAKEN = "not_taken"  # certainly not handed over: may be tried again
    UNKNOWN = "unknown"  # handed over, no answer: never tried again blindly


@dataclass(frozen=True)
class Letter:
    """What goes out. `planned` is when it was meant to go, `tried` when a worker last took it up.

    `blanks` fill the template of an SMS; `body` is then what the addressee reads, for people here.
    """

    message_id: str
    office: str
    addressee: str
    subject: str
    body: str
    planned: datetime
    attachment: Attachment | None = None
    blanks: Mapping[str, str] | None = None
    tried: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """`reason` is what a person reads, without any secret. `trouble` is the code of a fault of the channel
    itself, which would befall the next letter as well. `reference`: the other side's own number for it."""

    result: Result
    reason: str
    trouble: str | None = None
    reference: str | None = None


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
