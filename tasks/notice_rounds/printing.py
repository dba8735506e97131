"""Print a round's booklets town by town, each town once, whoever else is printing (C11)."""

from collections.abc import Sequence
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
TOGETHER = 200  # letters: some seconds of work


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


def towns_to_print(campaign: Campaign, number: int) -> list[list[Town]]:
    """Towns in groups of enough letters to be worth the cutting of the faces."""
    groups, letters = list[list[Town]](), TOGETHER
    with session() as db:
        for county, town, count in places(db, notice_rounds.find_round(db, campaign, number).id):
            if letters >= TOGETHER:
                groups.append([])
                letters = 0
            groups[-1].append((county, town))
            letters += count
    return groups


def print_towns(campaign: Campaign, number: int, towns: Sequence[Town], paper: Paper) -> Done:
    """What another sender has in hand is passed over. A killed run leaves files that are written again, and no word."""
    with session() as db:
        going = notice_rounds.find_round(db, campaign, number)
        claimed = [town for town in towns if notice_sending.claim_place(db, going.id, town)]
        rows = [row for town in claimed for row in planned_letters(db, going.id, "print", place=town)]
        batch = draft_batch(db, campaign, going, rows, deliver=get_settings().deliver)
        layout = Layout(campaign.legal if paper.back else None, paper.receipt)
        files, letters, stopped = list[Path](), 0, batch.stopped
        booklets = booklets_of(batch.drafts)
        for outcome in print_booklets(booklets, paper.folder, layout, processes=paper.processes):
            for line in outcome.stopped:
                notice_sending.stop(db, going.id, line.number, line.code, line.reason)
                stopped += 1
            for file in outcome.printed:
                letters += notice_sending.printed(db, going.id, file.numbers, keep_file(file.path))
                files.append(file.path)
    return Done(letters, stopped, tuple(files))
