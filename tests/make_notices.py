"""A small city whose units stand for every way a notice can go, or not go."""

from typing import Any

from sqlalchemy import text

from models.actions.notice_confirmations import confirm_rows
from models.database import session
from models.notice_round import DoNotContact, NoticeAddress, RoundScope
from models.rules.notice_rows import joined
from tasks.letter_content import derived_rows
from tasks.notice_rounds.planning import RoundReport, plan
from tasks.targets import find_targets
from tests.make_targets import DAY, campaign_on_file, declare, make_known

MOBILE, LANDLINE = "13877201234", "0772-3825621"
CAMPAIGN = campaign_on_file()


def add_unit(name: str, *, mail: str | None = None, refuses: str | None = None, **facts: Any) -> int:
    """`refuses`: 全部, mail or sms."""
    given: dict[str, Any] = {"address_key": name, "phone": None, "hazards": "噪声"}
    with session() as db:
        unit = make_known(db, name=name, **given | facts).id
        if mail:
            db.add(NoticeAddress(employer_id=unit, channel="mail", address=mail, by="张三"))
        if refuses:
            channel = None if refuses == "全部" else refuses
            db.add(DoNotContact(employer_id=unit, channel=channel, reason="来电要求", by="张三"))
    return unit


def small_city() -> dict[str, int]:
    units = {
        "甲厂": add_unit("甲厂", town="450206100", mail="jia@factory.example.cn", phone=MOBILE),
        "乙厂": add_unit("乙厂", town="450206100", phone=LANDLINE),
        "丙厂": add_unit("丙厂", town="450206102", phone=MOBILE, refuses="sms"),
        "丁厂": add_unit("丁厂", county="450205", mail="ding@factory.example.cn"),
        "不要找我": add_unit("不要找我", refuses="全部"),
        "何处厂": add_unit("何处厂", county=None),
        "无名危害": add_unit("无名危害", industry="3110", hazards="别的什么"),
        "䨺䨺厂": add_unit("\U00030edd厂"),
    }
    with session() as db:
        declared = make_known(db, name="已申报厂", hazards="噪声", address_key=None)
        declare(db, declared)
    units["已申报厂"] = declared.id
    return units


def planned(scope: RoundScope = RoundScope.EVERYONE, **words: Any) -> RoundReport:
    find_targets(CAMPAIGN, DAY)
    return plan(CAMPAIGN, DAY, scope, by="张三", **words)


def confirm_everything() -> None:
    """An expert stands for every derived row."""
    rows = derived_rows({})
    said = {
        (row.kind, row.key): (row, joined(row.proposed))
        for row in (*rows.industries.values(), *rows.factors.values())
    }
    with session() as db:
        confirm_rows(db, said, expert="李工", on=DAY, by="张三")


def notices(number: int = 1) -> dict[str, tuple[str, str | None]]:
    """Name → state and reason code."""
    statement = """SELECT n.content ->> 'name', n.state, n.held_code FROM notice n
        JOIN notice_round r ON r.id = n.round_id WHERE r.number = :number"""
    with session() as db:
        return {name: (state, code) for name, state, code in db.execute(text(statement), {"number": number})}


def deliveries(number: int = 1) -> dict[tuple[str, str], str]:
    """Name and channel → state."""
    statement = """SELECT n.content ->> 'name', d.channel, d.state FROM notice n
        JOIN notice_round r ON r.id = n.round_id JOIN notice_delivery d ON d.notice_id = n.id
        WHERE r.number = :number"""
    with session() as db:
        found = db.execute(text(statement), {"number": number})
        return {(name, channel): state for name, channel, state in found}


def keys(channel: str) -> dict[str, str]:
    """Name → our number of its message by `channel`."""
    statement = """SELECT n.content ->> 'name', m.message_id FROM notice n
        JOIN notice_delivery d ON d.notice_id = n.id AND d.channel = :channel JOIN message m ON m.id = d.message_id"""
    with session() as db:
        return {name: number for name, number in db.execute(text(statement), {"channel": channel})}


def outcome(name: str, channel: str) -> tuple[str, str | None, str | None]:
    """State, how and note of one delivery."""
    statement = """SELECT d.state, d.how, d.note FROM notice_delivery d JOIN notice n ON n.id = d.notice_id
        WHERE n.content ->> 'name' = :name AND d.channel = :channel"""
    with session() as db:
        state, how, note = db.execute(text(statement), {"name": name, "channel": channel}).one()
    return state, how, note
