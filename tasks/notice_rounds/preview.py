"""The first letters of a round as they would be printed; nothing is stored and nothing leaves (C11)."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.actions import notice_rounds
from models.campaign import Campaign
from models.database import reading
from models.queries.notice_rounds import first_notices
from notices.letter_html import Layout
from notices.letter_print import Printed, Stopped
from notices.letter_run import print_letters
from tasks.notice_rounds.drafts import draft_batch
from tasks.notice_rounds.printing import Paper


@dataclass(frozen=True)
class FirstLetters:
    files: Sequence[Printed]
    stopped: Sequence[Stopped]


def print_first(campaign: Campaign, number: int, limit: int, paper: Paper) -> FirstLetters:
    with reading() as db:
        going = notice_rounds.find_round(db, campaign, number)
        rows = first_notices(db, going.id, limit)
        batch = draft_batch(db, campaign, going, rows, deliver=False)
    layout = Layout(campaign.legal if paper.back else None, paper.receipt)
    outcomes = list(print_letters([draft.letter for draft in batch.drafts], paper.folder, layout))
    return FirstLetters(
        [file for outcome in outcomes for file in outcome.printed],
        [line for outcome in outcomes for line in outcome.stopped],
    )
