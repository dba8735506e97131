"""Which way one employer's notice leaves this installation, and what an SMS may say of it (C11)."""

from collections.abc import Mapping

from models.notice_round import NoticeChannel
from models.outbox import ChannelKind
from models.rules.routes import Delivery, Route, masked, redirect

KINDS = {NoticeChannel.MAIL: ChannelKind.MAIL, NoticeChannel.SMS: ChannelKind.SMS}
LONGEST_BLANK = 35  # characters that a gateway takes for one blank of a template
CUT = "…"


def notice_route(channel: NoticeChannel, address: str, delivery: Delivery) -> Route:
    """Into the folder unless delivery is on; a number of a telephone stands there in part only."""
    route = Route(KINDS[channel], address)
    if not delivery.deliver:
        shown = f"手机 {masked(address)}" if channel is NoticeChannel.SMS else address
        return Route(ChannelKind.FOLDER, shown)
    if delivery.redirect_to:
        return Route(ChannelKind.MAIL, redirect(route, delivery.redirect_to))
    return route


def message_key(campaign: str, number: int, employer: int, channel: str) -> str:
    return f"notice/{campaign}/{number}/{employer}/{channel}"


def sms_blanks(name: str, bureau: str) -> Mapping[str, str]:
    """What fills the template's ${name} and ${bureau}."""
    short = name if len(name) <= LONGEST_BLANK else f"{name[: LONGEST_BLANK - 1]}{CUT}"
    return {"name": short, "bureau": bureau[:LONGEST_BLANK]}
