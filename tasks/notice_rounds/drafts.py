"""The letters of a batch, worded by what the round froze of each unit (C11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.actions.notice_rounds import CHANGES, SAMPLE
from models.actions.notice_sending import stop
from models.campaign import Campaign
from models.notice_round import NoticeRound
from models.queries.notice_units import OwnFacts
from models.rules.notice_words import Variant
from tasks.letter_content import Draft, Withheld, draft_letter, occasion_of


@dataclass(frozen=True)
class Batch:
    """`rows`: by number of the letter. Letters that cannot go are held in the transaction that found it out."""

    drafts: tuple[Draft, ...]
    rows: Mapping[str, Mapping[str, Any]]
    stopped: int


def draft_batch(
    db: Session, campaign: Campaign, going: NoticeRound, rows: Sequence[Mapping[str, Any]], *, deliver: bool
) -> Batch:
    day = going.sent_on or going.planned_on
    occasions = {variant.value: occasion_of(db, campaign, day, variant) for variant in Variant}
    drafts, stopped = [], 0
    for row in rows:
        own = OwnFacts(row["hazards"], None)
        made = draft_letter(row, own, occasions[row["variant"]], row["number"])
        if isinstance(made, Draft) and made.letter.mark and deliver:
            made = Withheld(row["employer_id"], row["name"], SAMPLE, CHANGES[SAMPLE])
        if isinstance(made, Draft):
            drafts.append(made)
        else:
            stop(db, going.id, row["number"], made.code, made.reason)
            stopped += 1
    return Batch(tuple(drafts), {row["number"]: row for row in rows}, stopped)
