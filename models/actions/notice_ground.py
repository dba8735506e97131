"""Everyone a notice might go to on a day, and whether it may, as one temporary table (C11, 2.7). Sets only.

A plan is stored from it, and what was planned is held against it again when it goes.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, cast

import psycopg
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.membership import MEMBERS, asked

NOT_A_TARGET, NO_COUNTY, UNSURE, PENDING, DO_NOT = "E1541", "E1542", "E1508", "E1509", "E1543"
NO_GLYPH = "E1504"
REASONS = {
    NOT_A_TARGET: "按现有资料已不属应申报单位，待县（区）核销或核对",
    NO_COUNTY: "所在县（区）不明，没有落款单位",
    UNSURE: "疑似已申报，待人工核对；核对以前不发",
    PENDING: "申报已提交，待审核",
    DO_NOT: "在免打扰名单上",
}
BY_RULE = """CASE
    WHEN w.variant = '申报' AND t.in_r IS NOT TRUE THEN 'E1541'
    WHEN w.county IS NULL THEN 'E1542'
    WHEN t.unsure THEN 'E1508'
    WHEN t.pending THEN 'E1509'
    WHEN EXISTS (SELECT FROM refused r WHERE r.unit = w.employer_id AND r.channel IS NULL) THEN 'E1543'
END"""
# N after a county's baseline, R before; of every unit the one county that answers for it (1.7). Declared units only
# where the last inspection found something else than they declared, and they have not declared since (C16).
GROUND = f"""
    CREATE TEMP TABLE notice_ground ON COMMIT DROP AS
    WITH RECURSIVE spoken(old) AS (
        SELECT employer_id FROM notice_address UNION SELECT employer_id FROM do_not_contact
        UNION SELECT employer_id FROM inspection WHERE campaign = :campaign
    ), led AS (
        SELECT old, e.id, e.merged_into FROM spoken JOIN employer e ON e.id = old
        UNION SELECT led.old, e.id, e.merged_into FROM led JOIN employer e ON e.id = led.merged_into
    ), now_of AS (SELECT old, id AS unit FROM led WHERE merged_into IS NULL),
    refused AS (
        SELECT unit, channel, address FROM do_not_contact d JOIN now_of ON old = d.employer_id
        WHERE d.ended_at IS NULL
    ), given AS (
        SELECT DISTINCT ON (unit, channel) unit, channel, address
        FROM notice_address a JOIN now_of ON old = a.employer_id
        WHERE a.ended_at IS NULL ORDER BY unit, channel, a.id DESC
    ), based AS (
        SELECT county FROM snapshot WHERE campaign = :campaign AND kind = 'baseline' AND as_of <= :as_of
    ), members AS MATERIALIZED (
        SELECT coalesce(survivor, employer_id) AS unit, max(county) AS county
        FROM ({MEMBERS}) m WHERE NOT removed GROUP BY 1
    ), checked AS (
        SELECT DISTINCT ON (unit) unit, prompt, done_on FROM inspection i JOIN now_of ON old = i.employer_id
        WHERE i.campaign = :campaign AND i.withdrawn_at IS NULL AND i.done_on <= :as_of
        ORDER BY unit, done_on DESC, i.id DESC
    ), who AS (
        SELECT unit AS employer_id, '申报' AS variant, nullif(county, :city) AS county FROM members
        UNION ALL
        SELECT t.employer_id, '申报', t.county FROM target t
        WHERE t.campaign = :campaign AND t.in_r AND NOT t.declared
            AND coalesce(t.county, :city) NOT IN (SELECT county FROM based)
            AND NOT EXISTS (SELECT FROM members m WHERE m.unit = t.employer_id)
        UNION ALL
        SELECT t.employer_id, '变更申报', t.county FROM checked c
        JOIN target t ON t.campaign = :campaign AND t.employer_id = c.unit AND t.declared
        WHERE c.prompt = '变更申报' AND NOT EXISTS (
            SELECT FROM link l JOIN standing s ON s.entry = l.entry AND s.from_on > c.done_on AND s.from_on <= :as_of
            WHERE l.employer_id = c.unit AND l.verdict = 'sure' AND l.ended_at IS NULL)
    ), own AS (
        SELECT DISTINCT ON (l.employer_id) l.employer_id, r.hazards FROM link l
        JOIN record r ON r.entry = l.entry AND r.current AND r.hazards <> ''
        WHERE l.ended_at IS NULL AND l.verdict = 'sure'
        ORDER BY l.employer_id, coalesce(r.approved_on, r.filed_on) DESC NULLS LAST, r.id
    )
    SELECT w.employer_id, w.variant, w.county, e.town, e.address_key,
        btrim(regexp_replace(coalesce(e.name, ''), '\\s+', ' ', 'g')) AS name,
        coalesce(e.industry, '') AS industry,
        coalesce(nullif(e.hazards, ''), own.hazards, '') AS hazards,
        coalesce(e.address, '') AS address, coalesce(e.phone, '') AS phone,
        {BY_RULE} AS held_code, CAST(NULL AS text) AS held_reason, false AS sample,
        CAST(NULL AS text) AS number, mail.address AS mail, sms.address AS sms
    FROM who w
    JOIN {{facts}} e ON e.id = w.employer_id
    LEFT JOIN target t ON t.campaign = :campaign AND t.employer_id = w.employer_id
    LEFT JOIN own ON own.employer_id = w.employer_id
    LEFT JOIN LATERAL (
        SELECT a.address FROM given a WHERE a.unit = w.employer_id AND a.channel = 'mail' AND NOT EXISTS (
            SELECT FROM refused r WHERE r.unit = w.employer_id AND r.channel = 'mail'
                AND coalesce(r.address, a.address) = a.address)) mail ON true
    LEFT JOIN LATERAL (
        SELECT a.address FROM (
            SELECT coalesce((SELECT address FROM given WHERE unit = w.employer_id AND channel = 'sms'), e.phone) AS address
        ) a WHERE a.address ~ '^1[3-9][0-9]{{9}}$' AND NOT EXISTS (
            SELECT FROM refused r WHERE r.unit = w.employer_id AND r.channel = 'sms'
                AND coalesce(r.address, a.address) = a.address)) sms ON true
    WHERE w.variant = '变更申报' OR t.declared IS NOT TRUE"""


class Judged(NamedTuple):
    """What every letter with this industry and these hazards comes to."""

    industry: str
    hazards: str
    code: str | None
    reason: str | None
    sample: bool


def lay_ground(db: Session, campaign: Campaign, as_of: date, *, facts: str) -> None:
    """`notice_ground` for this transaction; the targets of the day must be in sight (tasks.targets.see_targets)."""
    db.execute(text("DROP TABLE IF EXISTS pg_temp.notice_ground"))
    db.execute(text(GROUND.replace("{facts}", facts)), asked(campaign, as_of))
    db.execute(text("CREATE UNIQUE INDEX ON notice_ground (employer_id)"))
    db.execute(text("ANALYZE notice_ground"))
    for code, reason in REASONS.items():
        said = {"code": code, "reason": reason}
        db.execute(text("UPDATE notice_ground SET held_reason = :reason WHERE held_code = :code"), said)


def classes(db: Session) -> list[tuple[str, str]]:
    """Industry and hazards decide about a letter: thousands of pairs, however many units."""
    rows = db.execute(text("SELECT DISTINCT industry, hazards FROM notice_ground WHERE held_code IS NULL"))
    return [(row.industry, row.hazards) for row in rows]


def judge(db: Session, judged: Iterable[Judged]) -> None:
    """Hold what no letter can be written for, and mark those that quote what nobody confirmed."""
    db.execute(text("DROP TABLE IF EXISTS pg_temp.notice_class"))
    columns = "industry text, hazards text, code text, reason text, sample boolean"
    db.execute(text(f"CREATE TEMP TABLE notice_class ({columns}) ON COMMIT DROP"))
    _copy(db, "notice_class", judged)
    db.execute(
        text("""
        UPDATE notice_ground g SET held_code = c.code, held_reason = c.reason, sample = c.sample
        FROM notice_class c
        WHERE g.held_code IS NULL AND (g.industry, g.hazards) = (c.industry, c.hazards)""")
    )


def hold_nameless(db: Session, code: str, reason: str) -> None:
    statement = "UPDATE notice_ground SET held_code = :code, held_reason = :reason WHERE held_code IS NULL AND name = ''"
    db.execute(text(statement), {"code": code, "reason": reason})


def characters(db: Session) -> frozenset[str]:
    """Every character that would be printed of the units' own."""
    asked_for = """SELECT DISTINCT regexp_split_to_table(name || address || phone, '') AS one
        FROM notice_ground WHERE held_code IS NULL"""
    return frozenset(db.scalars(text(asked_for)))


def hold_unprintable(db: Session, missing: Iterable[str]) -> None:
    """Hold the letters with characters that no face has: for a person to make by hand (A04)."""
    for char in sorted(missing):
        reason = f"字体里没有“{char}”（U+{ord(char):04X}），请核实名称或手工制作"
        statement = """UPDATE notice_ground SET held_code = :code, held_reason = :reason
            WHERE held_code IS NULL AND strpos(name || address || phone, :char) > 0"""
        db.execute(text(statement), {"code": NO_GLYPH, "reason": reason, "char": char})


def number_letters(db: Session, numbers: Iterable[tuple[int, str]]) -> None:
    """`numbers`: unit and the number printed on its letter."""
    db.execute(text("DROP TABLE IF EXISTS pg_temp.notice_number"))
    db.execute(text("CREATE TEMP TABLE notice_number (employer_id bigint, number text) ON COMMIT DROP"))
    _copy(db, "notice_number", numbers)
    db.execute(text("ANALYZE notice_number"))
    statement = """UPDATE notice_ground g SET number = n.number FROM notice_number n
        WHERE n.employer_id = g.employer_id"""
    db.execute(text(statement))


def _copy(db: Session, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    driver = cast("psycopg.Connection[Any]", db.connection().connection.driver_connection)
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
