"""Which way a message goes to an office, decided when it is written (C30).

Nothing leaves the machine unless `deliver` is on. `redirect_to` keeps the addressee in the name part of the
address, so that a queued message never turns into a real one when the redirection is switched off.
"""

from dataclasses import dataclass
from email.utils import parseaddr
from typing import NamedTuple

from models.obligation import Contact
from models.outbox import ChannelKind

REDIRECTED = "原收件人 "
NOBODY = "（没有联系人）"


class Route(NamedTuple):
    channel: ChannelKind
    addressee: str


@dataclass(frozen=True)
class Delivery:
    """What this installation allows, and who answers in the city where a county has nobody."""

    deliver: bool = False
    redirect_to: str | None = None
    city: Contact | None = None


def routes(contact: Contact | None, delivery: Delivery) -> list[Route]:
    """Never empty: what cannot be sent is laid into the folder, for a person to print or phone."""
    person = contact or delivery.city
    ways = _ways(person) if person else []
    if not delivery.deliver or not ways:
        return [Route(ChannelKind.FOLDER, _shown(person))]
    if delivery.redirect_to:
        # the first way is the mail where there is one: one copy is enough, and robots are left alone
        return [Route(ChannelKind.MAIL, redirect(ways[0], delivery.redirect_to))]
    return ways


def redirect(route: Route, to: str) -> str:
    """The address `to`, with the one it was meant for as its name. Done twice, it stays as after the first."""
    if parseaddr(route.addressee)[1] == to:
        return route.addressee
    return _addressed(f"{REDIRECTED}{meant_for(route.addressee) or shown_address(*route)}", to)


def meant_for(addressee: str) -> str | None:
    """Whom a redirected message was meant for."""
    name = parseaddr(addressee)[0]
    return name.removeprefix(REDIRECTED) if name.startswith(REDIRECTED) else None


def shown_address(channel: str, addressee: str) -> str:
    """An address as people may see it: a robot's holds a secret, a telephone is somebody's own."""
    if channel == ChannelKind.BOT:
        return f"群机器人（{robot_name(addressee)}）"
    return masked(addressee) if channel == ChannelKind.SMS else addressee


def masked(number: str) -> str:
    """138****5678."""
    return f"{number[:3]}****{number[-4:]}"


def robot_name(address: str) -> str:
    """Which product's robot an address means, by apprise's scheme or the maker's own address."""
    for name, marks in ROBOTS.items():
        if address.lower().startswith(marks):
            return name
    return "其他"


ROBOTS = {
    "企业微信": ("wecombot://", "https://qyapi.weixin.qq.com/"),
    "钉钉": ("dingtalk://", "https://oapi.dingtalk.com/"),
    "飞书": ("feishu://", "https://open.feishu.cn/"),
}


def _ways(person: Contact) -> list[Route]:
    ways = ((ChannelKind.MAIL, person.mail), (ChannelKind.BOT, person.bot))
    return [Route(channel, address.strip()) for channel, address in ways if address and address.strip()]


def _shown(person: Contact | None) -> str:
    if person is None:
        return NOBODY
    mail = (person.mail or "").strip()
    return _addressed(person.name, mail) if mail else person.name


def _addressed(name: str, address: str) -> str:
    """Readable as it stands: the mail channel encodes names itself."""
    plain = name.replace('"', "").replace("\\", "")
    return f'"{plain}" <{address}>'
