"""A round of notices counted and listed (C11)."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, text
from sqlalchemy.orm import Session


class Count(NamedTuple):
    """Notices of one county by one channel in one state."""

    county: str | None
    channel: str
    state: str
    notices: int


class Held(NamedTuple):
    """Units of one county that get no letter, for one reason."""

    county: str | None
    code: str
    reason: str
    notices: int


# what lies in the outbox has not gone yet, whatever its delivery says
QUEUED = "queued"
NOT_GONE = "d.state = 'sent' AND m.state IN ('waiting', 'sending')"


def counts(db: Session, number: int) -> tuple[list[Count], list[Held]]:
    """Deliveries by county, channel and state (`queued`: in the outbox); held notices by county and reason."""
    given = {"round": number}
    tallied = text(f"""
        SELECT n.county, d.channel, CASE WHEN {NOT_GONE} THEN '{QUEUED}' ELSE d.state END AS state, count(*)
        FROM notice n JOIN notice_delivery d ON d.notice_id = n.id LEFT JOIN message m ON m.id = d.message_id
        WHERE n.round_id = :round AND n.state <> 'held' GROUP BY 1, 2, 3
        ORDER BY n.county, array_position(ARRAY['print', 'mail', 'sms', 'wechat'], d.channel), 3""")
    held = text("""
        SELECT county, held_code, held_reason, count(*) FROM notice WHERE round_id = :round AND state = 'held'
        GROUP BY 1, 2, 3 ORDER BY county NULLS LAST, held_code, held_reason""")
    return [Count(*row) for row in db.execute(tallied, given)], [
        Held(*row) for row in db.execute(held, given)
    ]


def rounds(db: Session, campaign: str) -> list[dict[str, Any]]:
    statement = text("""
        SELECT r.number, r.scope, r.state, r.planned_on, r.sent_on, r.by, count(n.id) AS notices,
            count(n.id) FILTER (WHERE n.state = 'held') AS held,
            count(n.id) FILTER (WHERE n.state IN ('delivered', 'left')) AS delivered
        FROM notice_round r LEFT JOIN notice n ON n.round_id = r.id
        WHERE r.campaign = :campaign GROUP BY r.id ORDER BY r.number""")
    return [dict(row) for row in db.execute(statement, {"campaign": campaign}).mappings()]


def samples(db: Session, number: int) -> int:
    """Letters of the round that quote what no expert stands for yet: they never leave the machine (2.9)."""
    statement = "SELECT count(*) FROM notice WHERE round_id = :round AND sample AND state <> 'held'"
    return int(db.scalar(text(statement), {"round": number}) or 0)


def held_notices(db: Session, number: int) -> list[dict[str, Any]]:
    statement = text("""
        SELECT employer_id, content ->> 'name' AS name, county, held_code AS code, held_reason AS reason
        FROM notice WHERE round_id = :round AND state = 'held' ORDER BY county NULLS LAST, held_code, employer_id""")
    return [dict(row) for row in db.execute(statement, {"round": number}).mappings()]


LETTERS = """SELECT n.id AS notice_id, n.employer_id, n.number, n.variant, n.county, n.town,
    n.content ->> 'name' AS name, nullif(n.content ->> 'industry', '') AS industry,
    nullif(n.content ->> 'hazards', '') AS hazards, n.content ->> 'address' AS address,
    n.content ->> 'phone' AS phone FROM notice n"""


def first_notices(db: Session, number: int, limit: int) -> list[dict[str, Any]]:
    """The first letters of a round that go."""
    where = "WHERE n.round_id = :round AND n.state <> 'held' ORDER BY n.number LIMIT :limit"
    found = db.execute(text(f"{LETTERS} {where}"), {"round": number, "limit": limit})
    return [dict(row) for row in found.mappings()]


def places(db: Session, number: int) -> list[tuple[str, str | None, int]]:
    """Counties and towns whose booklets are still to be printed, and how many letters are in them."""
    statement = text("""
        SELECT n.county, n.town, count(*) FROM notice n JOIN notice_delivery d ON d.notice_id = n.id
        WHERE n.round_id = :round AND d.channel = 'print' AND d.state = 'planned' GROUP BY 1, 2 ORDER BY 1, 2""")
    return [tuple(row) for row in db.execute(statement, {"round": number})]


def planned_letters(
    db: Session,
    number: int,
    channel: str,
    *,
    limit: int | None = None,
    place: tuple[str, str | None] | None = None,
) -> list[dict[str, Any]]:
    """Letters whose delivery by `channel` is still to come; nobody else takes them while this transaction lasts."""
    here = "AND n.county = :county AND n.town IS NOT DISTINCT FROM :town" if place else ""
    statement = f"""{LETTERS.replace(" FROM notice n", ", d.id AS delivery_id, d.addressee FROM notice n")}
        JOIN notice_delivery d ON d.notice_id = n.id AND d.channel = :channel AND d.state = 'planned'
        WHERE n.round_id = :round {here} ORDER BY n.number LIMIT :limit FOR UPDATE OF d SKIP LOCKED"""
    given: dict[str, Any] = {"round": number, "channel": channel, "limit": limit}
    if place:
        given |= {"county": place[0], "town": place[1]}
    return [dict(row) for row in db.execute(text(statement), given).mappings()]


def going_deliveries(db: Session, number: int) -> Iterator[Row[Any]]:
    """What of the round still waits for its turn, in the order of its numbers."""
    statement = text("""
        SELECT n.number, n.employer_id, n.content ->> 'name' AS name, n.county, d.channel, d.addressee
        FROM notice n JOIN notice_delivery d ON d.notice_id = n.id AND d.state = 'planned'
        WHERE n.round_id = :round ORDER BY n.number, d.id""")
    yield from db.execute(statement, {"round": number}).yield_per(10_000)


def publishable(db: Session, number: int) -> Sequence[Row[Any]]:
    """Units told in the round that `notice_ground` would still tell: not declared since, no wish to be left alone."""
    statement = text("""
        SELECT n.id AS notice_id, n.county, g.name FROM notice n JOIN notice_ground g USING (employer_id)
        WHERE n.round_id = :round AND n.variant = '申报' AND n.state NOT IN ('planned', 'held')
            AND g.held_code IS NULL AND g.variant = n.variant AND g.county = n.county
        ORDER BY n.county, n.number""")
    return db.execute(statement, {"round": number}).all()
