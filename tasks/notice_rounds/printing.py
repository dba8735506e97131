"""Print a round's booklets town by town, each town once, whoever else is printing (C11)."""

from dataclasses import dataclass
from pathlib import Path

from models.actions import notice_rounds, notice_sending
from models.campaign import Campaign
from models.database import session
from models.queries.notice_rounds import places, planned_letters
from models.settings import get_settings
from notices.letter_html import Layout
from notices.letter_run import print_booklets
from tasks.contacts import keep_file
from tasks.letters import booklets_of
from tasks.notice_rounds.drafts import draft_batch

Town = tuple[str, str | None]


@dataclass(frozen=True)
class Paper:
    """Where the booklets go and how they are wanted."""

    folder: Path
    back: bool = False  # annex 1 on the back
    receipt: bool = False  # 送达回证
    processes: int = 1


@dataclass(frozen=True)
class Done:
    """What one batch came to."""

    letters: int
    stopped: int = 0
    files: tuple[Path, ...] = ()


def towns_to_print(campaign: Campaign, number: int) -> list[Town]:
    with session() as db:
        return list(places(db, notice_rounds.find_round(db, campaign, number).id))


def print_town(campaign: Campaign, number: int, town: Town, paper: Paper) -> Done | None:
    """None: another sender has the town in hand. A killed one leaves files that are written again, and no word of it."""
    with session() as db:
        going = notice_rounds.find_round(db, campaign, number)
        if not notice_sending.claim_place(db, going.id, town):
            return None
        rows = planned_letters(db, going.id, "print", place=town)
        batch = draft_batch(db, campaign, going, rows, deliver=get_settings().deliver)
        layout = Layout(campaign.legal if paper.back else None, paper.receipt)
        files, letters, stopped = [], 0, batch.stopped
        booklets = booklets_of(batch.drafts)
        for outcome in print_booklets(booklets, paper.folder, layout, processes=paper.processes):
            for line in outcome.stopped:
                notice_sending.stop(db, going.id, line.number, line.code, line.reason)
                stopped += 1
            for file in outcome.printed:
                letters += notice_sending.printed(db, going.id, file.numbers, keep_file(file.path))
                files.append(file.path)
    return Done(letters, stopped, tuple(files))
