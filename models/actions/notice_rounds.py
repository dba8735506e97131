"""Keep a round of notices as planned, and hold it against the facts again when it goes (C11). Sets only."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.errors import RuleRefused
from models.event import Event
from models.notice_round import NoticeRound, RoundScope, RoundState

DECLARED, LEFT, MOVED, SAMPLE, ADDRESS = "E1551", "E1552", "E1553", "E1554", "E1555"
CHANGES = {
    DECLARED: "计划以后已申报",
    LEFT: "计划以后已核销、并入其他单位或不再属于这一类",
    MOVED: "计划以后改由别的县（区）管辖",
    SAMPLE: "内容未经疾控审定（示例，待疾控审定），投递打开时不发",
}
ADDRESS_SAID = "计划以后收件地址有变动或不再可用（E1555）"
CONTENT = """jsonb_build_object('name', g.name, 'industry', g.industry, 'hazards', g.hazards,
    'address', g.address, 'phone', g.phone)"""
# of earlier rounds: whoever was told, under whatever number the unit had then
DROP_TOLD = """
    WITH RECURSIVE told AS (
        SELECT n.employer_id AS id FROM notice n JOIN notice_round r ON r.id = n.round_id
        WHERE r.campaign = :campaign AND r.state <> 'planned' AND n.state NOT IN ('planned', 'held')
        UNION SELECT e.merged_into FROM told JOIN employer e ON e.id = told.id WHERE e.merged_into IS NOT NULL
    )
    DELETE FROM notice_ground g USING told WHERE g.employer_id = told.id"""
STORE = f"""
    INSERT INTO notice (round_id, employer_id, number, variant, county, town, content, sample, state, held_code, held_reason)
    SELECT :round, employer_id, number, variant, county, town, {CONTENT}, sample,
        CASE WHEN held_code IS NULL THEN 'planned' ELSE 'held' END, held_code, held_reason
    FROM notice_ground g ORDER BY county NULLS LAST, number, employer_id"""
STORE_DELIVERIES = """
    INSERT INTO notice_delivery (notice_id, channel, addressee, state)
    SELECT n.id, way.channel, way.addressee, 'planned'
    FROM notice n JOIN notice_ground g USING (employer_id)
    CROSS JOIN LATERAL (VALUES (1, 'print', NULL), (2, 'mail', g.mail), (3, 'sms', g.sms)) way (at, channel, addressee)
    WHERE n.round_id = :round AND n.state = 'planned' AND (way.channel = 'print' OR way.addressee IS NOT NULL)
    ORDER BY n.id, way.at"""
# What is still to go, and why it must not. A delivery is held by itself where others of its notice have gone.
LAY_CHANGED = """
    CREATE TEMP TABLE notice_changed ON COMMIT DROP AS
    SELECT n.id, c.code, coalesce(CAST(:changes AS jsonb) ->> c.code, g.held_reason) AS reason FROM notice n
    LEFT JOIN notice_ground g USING (employer_id)
    LEFT JOIN target t ON t.campaign = :campaign AND t.employer_id = n.employer_id
    CROSS JOIN LATERAL (SELECT CASE
        WHEN g.employer_id IS NULL AND n.variant = '申报' AND t.declared THEN 'E1551'
        WHEN g.employer_id IS NULL OR g.variant <> n.variant THEN 'E1552'
        WHEN g.held_code IS NOT NULL THEN g.held_code
        WHEN g.county <> n.county THEN 'E1553'
        WHEN :deliver AND g.sample THEN 'E1554' END AS code) c
    WHERE n.round_id = :round AND c.code IS NOT NULL
        AND EXISTS (SELECT FROM notice_delivery d WHERE d.notice_id = n.id AND d.state = 'planned')"""
HOLD_DELIVERIES = """
    UPDATE notice_delivery d SET state = 'held', note = format('%s（%s）', c.reason, c.code) FROM notice_changed c
    WHERE d.notice_id = c.id AND d.state = 'planned'"""
HOLD_NOTICES = """
    UPDATE notice n SET state = 'held', held_code = c.code, held_reason = c.reason FROM notice_changed c
    WHERE n.id = c.id AND n.state = 'planned'"""
HOLD_ADDRESSES = """
    UPDATE notice_delivery d SET state = 'held', note = :said
    FROM notice n JOIN notice_ground g USING (employer_id)
    WHERE n.round_id = :round AND d.notice_id = n.id AND d.state = 'planned' AND d.addressee IS NOT NULL
        AND d.addressee IS DISTINCT FROM CASE d.channel WHEN 'mail' THEN g.mail ELSE g.sms END"""
REFRESH = f"""
    UPDATE notice n SET content = {CONTENT}, town = g.town, sample = g.sample FROM notice_ground g
    WHERE n.round_id = :round AND n.state = 'planned' AND g.employer_id = n.employer_id
        AND (n.content, n.sample) IS DISTINCT FROM ({CONTENT}, g.sample)"""


@dataclass(frozen=True)
class Rechecked:
    """What changed since the plan. `reworded`: letters that now say something else."""

    held: int
    addresses: int
    reworded: int


def find_round(db: Session, campaign: Campaign, number: int, *, lock: bool = False) -> NoticeRound:
    wanted = select(NoticeRound).where(NoticeRound.campaign == campaign.key, NoticeRound.number == number)
    found = db.scalar(wanted.with_for_update() if lock else wanted)
    if found is None:
        raise RuleRefused("E1545", f"没有第 {number} 轮告知单。先用 yingbao notices plan 作计划。")
    return found


def open_round(db: Session, campaign: Campaign, scope: RoundScope, as_of: date, *, by: str) -> NoticeRound:
    """The round that is still only planned, emptied; or the next one."""
    held = db.scalar(
        select(NoticeRound).where(
            NoticeRound.campaign == campaign.key, NoticeRound.state == RoundState.PLANNED
        )
    )
    if held is None:
        last = db.scalar(select(func.max(NoticeRound.number)).where(NoticeRound.campaign == campaign.key))
        held = NoticeRound(campaign=campaign.key, number=(last or 0) + 1, state=RoundState.PLANNED)
        db.add(held)
    else:
        db.execute(
            text(
                "DELETE FROM notice_delivery d USING notice n WHERE n.id = d.notice_id AND n.round_id = :round"
            ),
            {"round": held.id},
        )
        db.execute(text("DELETE FROM notice WHERE round_id = :round"), {"round": held.id})
    held.scope, held.planned_on, held.by = scope, as_of, by
    db.flush()
    return held


def drop_told(db: Session, campaign: Campaign) -> None:
    """A second round may be for those only whom no earlier one told."""
    db.execute(text(DROP_TOLD), {"campaign": campaign.key})


def store_plan(db: Session, planned: NoticeRound) -> None:
    """`notice_ground` as the round's notices and their deliveries."""
    db.execute(text(STORE), {"round": planned.id})
    db.execute(text(STORE_DELIVERIES), {"round": planned.id})
    detail = {"scope": planned.scope, "on": planned.planned_on.isoformat()}
    db.add(Event(act="notices.planned", subject=f"round:{planned.number}", by=planned.by, detail=detail))


def recheck(db: Session, going: NoticeRound, *, deliver: bool) -> Rechecked:
    """Hold what `notice_ground` says must not go any more; the rest is worded by the facts of the day."""
    given: dict[str, object] = {"round": going.id}
    db.execute(text("DROP TABLE IF EXISTS pg_temp.notice_changed"))
    laid = {"campaign": going.campaign, "deliver": deliver, "changes": json.dumps(CHANGES)}
    db.execute(text(LAY_CHANGED), given | laid)
    db.execute(text(HOLD_DELIVERIES))
    held = _count(db, HOLD_NOTICES, {})
    addresses = _count(db, HOLD_ADDRESSES, given | {"said": ADDRESS_SAID})
    reworded = _count(db, REFRESH, given)
    return Rechecked(held, addresses, reworded)


def count_going(db: Session, number: int) -> int:
    """Notices of the round with something still to go."""
    statement = """SELECT count(*) FROM notice n WHERE n.round_id = :round AND EXISTS (
        SELECT FROM notice_delivery d WHERE d.notice_id = n.id AND d.state = 'planned')"""
    return int(db.scalar(text(statement), {"round": number}) or 0)


def start(db: Session, going: NoticeRound, as_of: date, *, by: str) -> None:
    """From here on the plan is not planned anew; the letters bear this day."""
    if going.state != RoundState.PLANNED:
        return
    going.state, going.sent_on = RoundState.SENDING, as_of
    detail = {"on": as_of.isoformat()}
    db.add(Event(act="notices.sending", subject=f"round:{going.number}", by=by, detail=detail))


def close_if_done(db: Session, number: int) -> bool:
    """A round is sent when no delivery of it waits for its turn."""
    statement = """
        UPDATE notice_round r SET state = 'sent' WHERE r.id = :round AND r.state = 'sending' AND NOT EXISTS (
            SELECT FROM notice n JOIN notice_delivery d ON d.notice_id = n.id
            WHERE n.round_id = r.id AND d.state = 'planned') RETURNING r.id"""
    return db.scalar(text(statement), {"round": number}) is not None


def _count(db: Session, statement: str, given: dict[str, object]) -> int:
    changed = f"WITH changed AS ({statement} RETURNING 1) SELECT count(*) FROM changed"
    return int(db.scalar(text(changed), given) or 0)
