"""Send what waits, each message once, whoever else is sending and whatever is killed (C30, design 5).

Claiming, and writing down what became of it, are short transactions of their own: between them nothing is held.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from models.actions import outbox
from models.database import session
from models.errors import EnvironmentTrouble
from models.outbox import ChannelKind, Message, SendState
from models.queries.outbox import expired, messages, unknown_since, waiting
from models.rules.routes import Route, redirect, shown_address
from models.rules.sending import LEASE, MOST_ATTEMPTS, back_off, gives_up
from models.settings import Settings, get_settings
from notices.channels.attachment import Attachment
from notices.channels.channel import Channel, Letter, Outcome, Result
from notices.channels.sms import SETTLED
from tasks.channels import missing_for_mail, missing_for_sms, open_channels
from tasks.notice_pace import held_notices, pace_now
from tasks.notice_rounds.outcomes import settle_messages
from tasks.received import kept_path

ENDS = {
    Result.SENT: SendState.SENT,
    Result.REFUSED: SendState.REFUSED,
    Result.UNKNOWN: SendState.UNKNOWN,
    Result.NOT_TAKEN: SendState.WAITING,
}
CLOSED = "投递没有打开（YINGBAO_DELIVER），留在发件箱里"
FAST = "同一个群机器人一分钟最多 20 条，下次再发"
DOWN = "这条通道现在不能用，下次再发"
ASKED = 20  # messages of unknown fate that a run asks the gateway about


@dataclass(frozen=True)
class Delivered:
    """What became of one message in this run. `addressee` is without secrets."""

    number: int
    office: str
    channel: str
    addressee: str
    subject: str
    state: str
    answer: str


@dataclass(frozen=True)
class DeliveryReport:
    """`held`: what still waits and why. `troubles`: faults of a whole channel, with their codes."""

    lines: tuple[Delivered, ...]
    held: tuple[str, ...]
    troubles: tuple[tuple[str, str], ...]

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(line.state for line in self.lines))


def deliver_waiting(
    *, limit: int | None = None, key: str | None = None, lease: timedelta = LEASE
) -> DeliveryReport:
    """Send at most `limit` waiting messages (or the one of `key`), and settle those a dead worker left."""
    settings = get_settings()
    channels = open_channels(settings)
    lines = [*_settle_expired(channels, lease), *_ask(channels)]
    pace = pace_now(settings)
    tried, troubles = 0, dict[str, str]()
    while limit is None or tried < limit:
        with session() as db:
            claimed = outbox.claim_next(db, channels, key=key, pace=pace)
        if claimed is None:
            break
        tried += 1
        channel = channels[claimed.channel]
        outcome = channel.send(letter_of(claimed, settings))
        lines.append(_finish(claimed, outcome))
        if outcome.trouble:
            # the next one would fare no better, and a hung server would make every one of them unknown
            troubles[outcome.trouble] = outcome.reason
            channels = {kind: other for kind, other in channels.items() if other is not channel}
    if lines:
        settle_messages([line.number for line in lines])
    cut_short = key is not None or tried == limit
    held = [] if cut_short else _held(settings, channels, troubles)
    return DeliveryReport(tuple(lines), tuple(held), tuple(troubles.items()))


def letter_of(message: Message, settings: Settings) -> Letter:
    """What goes out now: redirected, if this installation redirects, whatever held when it was put."""
    addressee = message.addressee
    if settings.redirect_to and message.channel != ChannelKind.FOLDER:
        addressee = redirect(Route(ChannelKind(message.channel), addressee), settings.redirect_to)
    return Letter(
        message_id=message.message_id,
        office=message.office,
        addressee=addressee,
        subject=message.subject,
        body=message.body,
        planned=message.not_before,
        attachment=_attachment(message, settings),
        blanks=message.blanks,
        tried=message.claimed_at,
    )


def _attachment(message: Message, settings: Settings) -> Attachment | None:
    if message.file_sha256 is None or message.file_name is None:
        return None
    path = kept_path(message.file_sha256, message.file_name, settings.home)
    return Attachment(path, message.file_name)


def list_messages(*, state: str | None = None, office: str | None = None) -> list[dict[str, Any]]:
    with session() as db:
        return messages(db, state=state, office=office)


def reconcile(number: int, *, sent: bool, by: str, reason: str) -> None:
    """A person decides about a message of unknown fate: it arrived, or it goes out once more."""
    with session() as db:
        outbox.reconcile(db, number, sent=sent, by=by, reason=reason)


def _finish(claimed: Message, outcome: Outcome) -> Delivered:
    state, answer, wait = ENDS[outcome.result], outcome.reason, None
    if outcome.result is Result.NOT_TAKEN:
        wait = back_off(claimed.attempts)
        if gives_up(claimed.attempts) and not outcome.trouble:
            state, answer, wait = SendState.REFUSED, f"试了 {MOST_ATTEMPTS} 次都没有收下：{answer}", None
    with session() as db:
        outbox.finish(db, claimed, state, answer, wait=wait, reference=outcome.reference)
    return _line(claimed, state, answer)


def _settle_expired(channels: dict[str, Channel], lease: timedelta) -> list[Delivered]:
    """A dead worker's messages: proved sent, proved unsent (waiting again), or unknown."""
    with session() as db:
        left = expired(db, lease)
    lines = []
    for message in left:
        state, answer = _proved(message, channels.get(message.channel))
        again = timedelta(0) if state is SendState.WAITING else None
        with session() as db:
            if outbox.finish(db, message, state, answer, wait=again):
                lines.append(_line(message, state, answer))
    return lines


def _ask(channels: dict[str, Channel]) -> list[Delivered]:
    """The SMS gateway can be asked what it took. Whatever it cannot tell stays unknown; a dead one is asked once."""
    channel, lines = channels.get(ChannelKind.SMS), list[Delivered]()
    if channel is None:
        return lines
    with session() as db:
        doubtful = unknown_since(db, ChannelKind.SMS, SETTLED, ASKED)
    for message in doubtful:
        state, answer = _proved(message, channel)
        if state is SendState.UNKNOWN:
            break
        again = timedelta(0) if state is SendState.WAITING else None
        with session() as db:
            if outbox.finish(db, message, state, answer, wait=again):
                lines.append(_line(message, state, answer))
    return lines


def _proved(message: Message, channel: Channel | None) -> tuple[SendState, str]:
    proof = channel.has_sent(letter_of(message, get_settings())) if channel else None
    if proof is None:
        return SendState.UNKNOWN, "发送时程序中断，对方是否收到不明；请问过对方，再用 outbox reconcile 处理"
    if proof:
        return SendState.SENT, "发送时程序中断，事后核实已发出"
    return SendState.WAITING, "发送时程序中断，事后核实没有发出"


def _held(settings: Settings, channels: dict[str, Channel], troubles: dict[str, str]) -> list[str]:
    """Why messages still wait. Mail that cannot be sent for want of settings is a trouble as well."""
    with session() as db:
        counts = waiting(db)
    held = []
    for channel, (due, later) in counts.items():
        if due and channel not in channels and (lack := _lacking(channel, settings)):
            troubles[lack.code] = lack.message
        if due and (why := _why_held(channel, channels, settings)):
            held.append(f"{due} 条在等：{why}")
        if later:
            held.append(f"{later} 条还没到发送时间，或对方暂时没有收下")
    return [*held, *held_notices(settings)]


def _lacking(channel: str, settings: Settings) -> EnvironmentTrouble | None:
    return missing_for_sms(settings) if channel == ChannelKind.SMS else missing_for_mail(settings)


def _why_held(channel: str, channels: dict[str, Channel], settings: Settings) -> str | None:
    """None: it was put a moment ago, or another worker has its hand on it."""
    if channel not in channels:
        return DOWN if settings.deliver else CLOSED
    return FAST if channel == ChannelKind.BOT else None


def _line(message: Message, state: SendState, answer: str) -> Delivered:
    addressee = shown_address(message.channel, message.addressee)
    return Delivered(message.id, message.office, message.channel, addressee, message.subject, state, answer)
