"""Where a message goes: never out of the machine unless allowed, never nowhere (C30)."""

import pytest

from models.obligation import Contact
from models.outbox import ChannelKind
from models.rules.routes import Delivery, Route, meant_for, redirect, routes, shown_address

MAIL, BOT = "chen@liubei.example.cn", "wecombot://0a1b2c3d"
ME = "me@lz.example.cn"


def person(name: str = "陈某", mail: str | None = None, bot: str | None = None) -> Contact:
    return Contact(name=name, mail=mail, bot=bot)


BOTH, MAILED, GROUP, PHONED = person(mail=MAIL, bot=BOT), person(mail=MAIL), person(bot=BOT), person()
CITY = person("王某", mail="wang@lz.example.cn")
ON, OFF, AWAY = Delivery(deliver=True), Delivery(), Delivery(deliver=True, redirect_to=ME)


@pytest.mark.parametrize(
    ("contact", "delivery", "expected"),
    [
        pytest.param(BOTH, OFF, [("folder", f'"陈某" <{MAIL}>')], id="off: folder"),
        pytest.param(GROUP, OFF, [("folder", "陈某")], id="off: no secret in the folder"),
        pytest.param(
            BOTH, Delivery(redirect_to=ME), [("folder", f'"陈某" <{MAIL}>')], id="off and redirected"
        ),
        pytest.param(BOTH, ON, [("mail", MAIL), ("bot", BOT)], id="on: both ways"),
        pytest.param(PHONED, ON, [("folder", "陈某")], id="on: only a telephone"),
        pytest.param(person(mail="  "), ON, [("folder", "陈某")], id="on: an empty address"),
        pytest.param(None, ON, [("folder", "（没有联系人）")], id="on: nobody, and nobody in the city"),
        pytest.param(None, Delivery(True, None, CITY), [("mail", CITY.mail)], id="nobody: to the city"),
        pytest.param(BOTH, AWAY, [("mail", f'"原收件人 {MAIL}" <{ME}>')], id="redirected: one mail"),
        pytest.param(
            GROUP, AWAY, [("mail", f'"原收件人 群机器人（企业微信）" <{ME}>')], id="redirected: no robot"
        ),
        pytest.param(None, AWAY, [("folder", "（没有联系人）")], id="redirected: nobody"),
    ],
)
def test_routes(contact: Contact | None, delivery: Delivery, expected: list[tuple[str, str]]) -> None:
    assert routes(contact, delivery) == expected


def test_redirected_twice_keeps_the_first_addressee() -> None:
    once = redirect(Route(ChannelKind.MAIL, MAIL), ME)
    assert redirect(Route(ChannelKind.MAIL, once), ME) == once
    elsewhere = redirect(Route(ChannelKind.MAIL, once), "you@lz.example.cn")
    assert (elsewhere, meant_for(elsewhere)) == (f'"原收件人 {MAIL}" <you@lz.example.cn>', MAIL)


def test_names_cannot_break_out_of_the_address() -> None:
    (route,) = routes(person('陈" <x@y.cn>\\', mail=MAIL), OFF)
    assert route.addressee == f'"陈 <x@y.cn>" <{MAIL}>'


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (BOT, "企业微信"),
        ("https://oapi.dingtalk.com/robot/send?access_token=0a1b2c3d", "钉钉"),
        ("feishu://0a1b2c3d", "飞书"),
        ("json://10.0.0.5/0a1b2c3d", "其他"),
    ],
)
def test_a_robots_address_is_never_shown(address: str, name: str) -> None:
    assert shown_address("bot", address) == f"群机器人（{name}）"
    assert shown_address("mail", MAIL) == MAIL
