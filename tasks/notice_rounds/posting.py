"""Put a round's mails and SMS into the outbox, batch by batch; from there each leaves once (C11, design 5)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy.orm import Session

from models import clock
from models.actions import notice_rounds, notice_sending
from models.actions.outbox import put_message
from models.campaign import Campaign
from models.database import session
from models.notice_round import NoticeChannel, NoticeRound
from models.outbox import ChannelKind
from models.queries.notice_rounds import planned_letters
from models.rules.notice_routes import message_key, notice_route, sms_blanks
from models.rules.quiet_hours import NOTICE, next_open
from models.rules.routes import Delivery
from models.settings import get_settings
from notices.letter_html import Layout
from notices.letter_run import print_letters
from notices.notice_words import FILE_NAME, mail_cover, sms_cover
from tasks.contacts import keep_file
from tasks.letter_content import Draft
from tasks.notice_rounds.drafts import Batch, draft_batch
from tasks.notice_rounds.printing import Done

MAILS, TEXTS = 100, 500  # some seconds of work


def post_batch(campaign: Campaign, number: int, channel: NoticeChannel) -> Done:
    """The next notices by `channel` in one transaction; no letters in it: none waits any more."""
    limit = MAILS if channel is NoticeChannel.MAIL else TEXTS
    with session() as db:
        going = notice_rounds.find_round(db, campaign, number)
        rows = planned_letters(db, going.id, channel, limit=limit)
        batch = draft_batch(db, campaign, going, rows, deliver=get_settings().deliver)
        if channel is NoticeChannel.MAIL:
            with TemporaryDirectory(prefix="yingbao-letters-") as folder:
                files, stopped = _printed(db, going, batch, Path(folder))
        else:
            files, stopped = dict[str, str](), 0
        keys = list(_put(db, campaign, going, batch, channel, files))
        letters = notice_sending.put(db, keys)
    return Done(letters, batch.stopped + stopped)


def _printed(db: Session, going: NoticeRound, batch: Batch, folder: Path) -> tuple[dict[str, str], int]:
    """Number of the letter → hash of its PDF, kept before the message that carries it is put."""
    files, stopped = dict[str, str](), 0
    for outcome in print_letters([draft.letter for draft in batch.drafts], folder, Layout()):
        files |= {number: keep_file(one.path) for one in outcome.printed for number in one.numbers}
        for line in outcome.stopped:
            notice_sending.stop(db, going.id, line.number, line.code, line.reason)
            stopped += 1
    return files, stopped


def _put(
    db: Session,
    campaign: Campaign,
    going: NoticeRound,
    batch: Batch,
    channel: NoticeChannel,
    files: dict[str, str],
) -> Iterator[tuple[int, str]]:
    open_from = next_open(clock.now(), campaign.calendar)
    for draft in batch.drafts:
        number = draft.letter.number
        if channel is NoticeChannel.MAIL and number not in files:
            continue
        row = batch.rows[number]
        key = message_key(campaign.key, going.number, row["employer_id"], channel)
        _put_one(db, key, campaign, draft, channel, row, files.get(number), open_from)
        yield row["delivery_id"], key


def _put_one(
    db: Session,
    key: str,
    campaign: Campaign,
    draft: Draft,
    channel: NoticeChannel,
    row: Mapping[str, Any],
    sha256: str | None,
    open_from: datetime,
) -> None:
    settings = get_settings()
    route = notice_route(channel, row["addressee"], Delivery(settings.deliver, settings.redirect_to))
    by_sms = channel is NoticeChannel.SMS
    cover = sms_cover(draft.letter) if by_sms else mail_cover(draft.letter)
    put_message(
        db,
        key=key,
        campaign=campaign.key,
        office=row["county"],
        purpose=NOTICE,
        channel=route.channel,
        addressee=route.addressee,
        subject=cover.subject,
        body=cover.body,
        # the folder disturbs nobody
        not_before=None if route.channel == ChannelKind.FOLDER else open_from,
        file=(sha256, FILE_NAME) if sha256 else None,
        blanks=sms_blanks(draft.letter.employer, draft.letter.bureau) if by_sms else None,
    )
