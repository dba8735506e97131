"""Ask the SMS gateway for the receipts it has not posted to us (2.7): an office behind a firewall gets none by itself."""

from collections.abc import Iterator, Sequence
from typing import Any

from models.database import session
from models.errors import EnvironmentTrouble
from models.outbox import Message
from models.queries.outbox import without_receipt
from models.rules.sms_receipts import asked_receipt
from models.settings import get_settings
from notices.channels.sms import SETTLED, NoAnswer, SmsChannel, out_id
from tasks.channels import missing_for_sms, open_channels
from tasks.notice_rounds.outcomes import Heard, keep_receipts
from tasks.outbox import letter_of


def ask_receipts(limit: int | None = None) -> Heard:
    """Of at most `limit` messages, by chance which: one that never gets a receipt must not hold up the others."""
    channel = open_channels(get_settings()).get("sms")
    if not isinstance(channel, SmsChannel):
        return Heard(0, 0, 0, 0)
    with session() as db:
        silent = without_receipt(db, SETTLED, limit)
    return keep_receipts(list(_asked(channel, silent)))


def check_can_ask() -> None:
    """A person who asks is told what is missing; a flow just does not ask."""
    settings = get_settings()
    if lack := missing_for_sms(settings):
        raise lack
    if not settings.deliver or settings.redirect_to:
        raise EnvironmentTrouble("E1862", "投递没有打开（YINGBAO_DELIVER）或已改投，没有短信平台可问。")


def _asked(channel: SmsChannel, messages: Sequence[Message]) -> Iterator[dict[str, Any]]:
    for message in messages:
        try:
            fate = channel.fate(letter_of(message, get_settings()))
        except NoAnswer:
            return
        if fate is not None:
            yield asked_receipt(out_id(message.message_id), message.reference, *fate)
