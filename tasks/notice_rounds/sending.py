"""Send a round: what the plan said, less what changed since, and nothing twice (C11, issue 4)."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from models.actions import notice_rounds
from models.actions.notice_rounds import Rechecked
from models.campaign import Campaign
from models.database import session, writing
from models.errors import RuleRefused
from models.notice_round import NoticeChannel, RoundState
from models.queries.notice_rounds import going_deliveries
from models.rules.offices import office_names
from models.rules.routes import shown_address
from models.settings import get_settings
from tasks.notice_rounds import ground
from tasks.notice_rounds.planning import RoundReport, report
from tasks.notice_rounds.posting import post_batch
from tasks.notice_rounds.printing import Done, Paper, print_towns, towns_to_print

HEAD = ("编号", "单位编号", "单位名称", "县（区）", "方式", "收件人")
BY_WIRE = (NoticeChannel.MAIL, NoticeChannel.SMS)
CHANNEL_WORDS = {"print": "打印", "mail": "邮件", "sms": "短信", "wechat": "公众号"}
# a cell that begins so would be worked out by a spreadsheet
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Prepared:
    """What goes now, and what was held since the plan."""

    round: RoundReport
    changed: Rechecked
    letters: int  # notices with something still to go
    needs_confirm: bool


@dataclass(frozen=True)
class Step:
    """One batch of a run: what was done by which channel."""

    channel: str
    what: str
    done: Done


def prepare(
    campaign: Campaign,
    number: int,
    as_of: date,
    *,
    by: str,
    confirm: int | None = None,
    rehearse: bool = False,
    listed: Path | None = None,
) -> Prepared:
    """Hold the plan against the facts of the day. A rehearsal does the same and takes it back."""
    settings = get_settings()
    with writing(rehearse=rehearse) as db:
        going = notice_rounds.find_round(db, campaign, number, lock=True)
        if going.state == RoundState.SENT:
            raise RuleRefused("E1546", f"第 {number} 轮告知单已经发完；新的一轮请先 yingbao notices plan。")
        ground.lay(db, campaign, as_of)
        changed = notice_rounds.recheck(db, going, deliver=settings.deliver)
        notice_rounds.start(db, going, as_of, by=by)
        letters = notice_rounds.count_going(db, going.id)
        needs_confirm = letters > settings.notice_cap and confirm != letters
        if needs_confirm and not rehearse:
            said = f"本次要发 {letters} 家，超过上限 {settings.notice_cap} 家；核对无误后加 --confirm {letters} 再发。"
            raise RuleRefused("E1556", said)
        if listed is not None:
            _write_list(db, going.id, office_names(campaign), listed)
        return Prepared(report(db, going), changed, letters, needs_confirm)


def send_batches(campaign: Campaign, number: int, paper: Paper) -> Iterator[Step]:
    """Everything of the round that still waits, batch by batch. Killed and run again, it goes on where it was."""
    for towns in towns_to_print(campaign, number):
        done = print_towns(campaign, number, towns, paper)
        if done.letters or done.stopped:
            yield Step(NoticeChannel.PRINT, _named(done.files), done)
    for channel in BY_WIRE:
        yield from _posted(campaign, number, channel)
    close(campaign, number)


def close(campaign: Campaign, number: int) -> bool:
    """Whether nothing of the round waits for its turn any more."""
    with session() as db:
        return notice_rounds.close_if_done(db, notice_rounds.find_round(db, campaign, number).id)


def _posted(campaign: Campaign, number: int, channel: NoticeChannel) -> Iterator[Step]:
    while (done := post_batch(campaign, number, channel)) and (done.letters or done.stopped):
        yield Step(channel, "", done)


def _named(files: Sequence[Path]) -> str:
    """A batch has dozens of booklets: the first and how many."""
    return f"{files[0].stem}{f'等 {len(files)} 册' if files[1:] else ''}" if files else ""


def _write_list(db: Session, number: int, counties: Mapping[str, str], path: Path) -> None:
    """Exactly what goes to whom; telephones in part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEAD)
        for row in going_deliveries(db, number):
            shown = shown_address(row.channel, row.addressee) if row.addressee else ""
            cells = (
                row.number,
                row.employer_id,
                row.name,
                counties.get(row.county, row.county),
                CHANNEL_WORDS[row.channel],
                shown,
            )
            lines.writerow([plain_cell(str(cell)) for cell in cells])


def plain_cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
