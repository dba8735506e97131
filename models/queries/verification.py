"""What the counties were asked and what they answered (C25). A merged number stands for the unit that took it over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.verification import CountyReturn, RoundKind, VerificationRound

IN_FORCE = "v.effective_on <= :as_of AND (v.ended_on IS NULL OR v.ended_on > :as_of)"
# every number that was asked about or judged, and the living unit it stands for; ended units are asked no more
LIVING = """
    spoken AS MATERIALIZED (
        SELECT v.employer_id FROM verdict v WHERE v.campaign = :campaign
        UNION SELECT m.employer_id FROM round_member m JOIN verification_round r ON r.id = m.round_id
        WHERE r.campaign = :campaign
        UNION SELECT t.employer_id FROM transfer t WHERE t.campaign = :campaign
    ), led AS (
        SELECT e.id AS number, e.id, e.merged_into, e.ended_at FROM spoken JOIN employer e ON e.id = spoken.employer_id
        UNION ALL SELECT led.number, e.id, e.merged_into, e.ended_at FROM led JOIN employer e ON e.id = led.merged_into
    ), living AS MATERIALIZED (SELECT number, id FROM led WHERE merged_into IS NULL AND ended_at IS NULL)"""
SAID = f"""
    said AS MATERIALIZED (
        SELECT living.id AS unit, v.id, v.county, v.finding, v.since, v.other_county, v.duplicate_of, v.declaration_no,
            v.note, v.effective_on, v.return_id,
            row_number() OVER (PARTITION BY living.id ORDER BY v.effective_on DESC, v.id DESC) AS age
        FROM verdict v JOIN living ON living.number = v.employer_id
        WHERE v.campaign = :campaign AND {IN_FORCE}
    )"""


@dataclass(frozen=True)
class Member:
    """A unit of a round, by every number, code and name by which a returned row may call it."""

    number: int  # as asked
    unit: int  # as it is now
    name: str | None
    code: str | None
    names: frozenset[str] = field(default_factory=frozenset)  # as written, now and when it was asked
    codes: frozenset[str] = field(default_factory=frozenset)


MEMBERS = """
    WITH RECURSIVE asked AS (SELECT employer_id FROM round_member WHERE round_id = :round),
    led AS (
        SELECT e.id AS number, e.id, e.merged_into FROM asked JOIN employer e ON e.id = asked.employer_id
        UNION ALL SELECT led.number, e.id, e.merged_into FROM led JOIN employer e ON e.id = led.merged_into
    )
    SELECT led.number, led.id AS unit, now.name, coalesce(now.credit_code, now.legacy_code) AS code,
        array_remove(ARRAY[now.name, was.name, frozen.facts ->> 'name'], NULL) AS names,
        array_remove(ARRAY[now.credit_code, now.legacy_code, was.credit_code, was.legacy_code,
            frozen.facts ->> 'credit_code', frozen.facts ->> 'legacy_code'], NULL) AS codes
    FROM led
    JOIN employer now ON now.id = led.id
    JOIN employer was ON was.id = led.number
    LEFT JOIN snapshot_member frozen ON frozen.snapshot_id = :snapshot AND frozen.employer_id = led.number
    WHERE led.merged_into IS NULL"""


def round_members(db: Session, asked: VerificationRound) -> list[Member]:
    given = {"round": asked.id, "snapshot": asked.snapshot_id}
    rows = db.execute(text(MEMBERS), given)
    return [
        Member(row.number, row.unit, row.name, row.code, frozenset(row.names), frozenset(row.codes))
        for row in rows
    ]


def rounds(
    db: Session,
    campaign: Campaign,
    *,
    county: str | None = None,
    as_of: date | None = None,
    kind: RoundKind | None = None,
) -> Sequence[VerificationRound]:
    wanted = select(VerificationRound).where(VerificationRound.campaign == campaign.key)
    if county is not None:
        wanted = wanted.where(VerificationRound.county == county)
    if as_of is not None:
        wanted = wanted.where(VerificationRound.issued_on <= as_of)
    if kind is not None:
        wanted = wanted.where(VerificationRound.kind == kind)
    return db.scalars(wanted.order_by(VerificationRound.county, VerificationRound.number)).all()


VERDICTS = f"""
    WITH RECURSIVE {LIVING}, {SAID}
    SELECT said.*, r.round_id, q.number AS round FROM said
    LEFT JOIN county_return r ON r.id = said.return_id
    LEFT JOIN verification_round q ON q.id = r.round_id
    WHERE age = 1 AND (CAST(:county AS text) IS NULL OR said.county = :county)"""


def verdicts_in_force(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None
) -> dict[int, dict[str, Any]]:
    """Living unit → its verdict on the day, with the round it answered."""
    given = {"campaign": campaign.key, "as_of": as_of, "county": county}
    return {row["unit"]: dict(row) for row in db.execute(text(VERDICTS), given).mappings()}


LATER = """
    SELECT employer_id, max(effective_on) AS effective_on FROM verdict
    WHERE campaign = :campaign AND effective_on > :as_of GROUP BY employer_id"""


def later_verdicts(db: Session, campaign: Campaign, as_of: date) -> dict[int, date]:
    """Units about which something was said after the day: a return of that day comes too late for them."""
    rows = db.execute(text(LATER), {"campaign": campaign.key, "as_of": as_of})
    return {row.employer_id: row.effective_on for row in rows}


LAST_SAID = """
    SELECT greatest(
        (SELECT max(greatest(effective_on, ended_on)) FROM verdict WHERE campaign = :campaign AND county = :county),
        (SELECT max(answered_on) FROM transfer
         WHERE campaign = :campaign AND answer = 'accepted' AND :county IN (from_county, to_county)))"""


def last_said(db: Session, campaign: Campaign, county: str) -> date | None:
    """The newest day on which the county's list changed by what was said."""
    day: date | None = db.scalar(text(LAST_SAID), {"campaign": campaign.key, "county": county})
    return day


# A full list counts as answered by what the county says of each unit, whenever it said so, and by the transfers that
# others took; a re-check by what was said since it was issued. Every part is laid out once and joined as a set.
PROGRESS = f"""
    WITH RECURSIVE latest AS (
        SELECT DISTINCT ON (county, obligation) id, county, obligation, kind, issued_on FROM verification_round
        WHERE campaign = :campaign AND issued_on <= :as_of AND (CAST(:county AS text) IS NULL OR county = :county)
        ORDER BY county, obligation, number DESC
    ), {LIVING}, {SAID}, given AS MATERIALIZED (
        SELECT living.id AS unit, t.from_county FROM transfer t JOIN living ON living.number = t.employer_id
        WHERE t.campaign = :campaign AND t.answer = 'accepted' AND t.answered_on <= :as_of
    ), asked AS MATERIALIZED (
        SELECT DISTINCT q.id AS round, q.county, q.obligation, q.kind, q.issued_on, living.id AS unit
        FROM latest q LEFT JOIN round_member m ON m.round_id = q.id LEFT JOIN living ON living.number = m.employer_id
    ), answered AS MATERIALIZED (
        SELECT a.round, a.unit FROM asked a JOIN said ON said.unit = a.unit AND said.county = a.county
        WHERE a.kind = 'full' OR said.effective_on >= a.issued_on
        UNION SELECT a.round, a.unit FROM asked a JOIN given ON given.unit = a.unit AND given.from_county = a.county
    )
    SELECT a.county, a.obligation, a.unit, b.unit IS NOT NULL AS answered
    FROM asked a LEFT JOIN answered b ON b.round = a.round AND b.unit = a.unit"""
COUNTED = f"""
    SELECT county, obligation, count(unit) AS asked, count(unit) FILTER (WHERE answered) AS done
    FROM ({PROGRESS}) one GROUP BY county, obligation"""


def progress(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None
) -> dict[tuple[str, str], dict[str, int]]:
    """(county, key of the obligation) → how many units were asked about, and how many of them are answered."""
    given = {"campaign": campaign.key, "as_of": as_of, "county": county}
    rows = db.execute(text(COUNTED), given)
    return {(row.county, row.obligation): {"asked": row.asked, "done": row.done} for row in rows}


def answers_of(db: Session, campaign: Campaign, as_of: date, county: str, key: str) -> list[dict[str, Any]]:
    """The units of the county's newest round under the obligation, answered or not."""
    statement = f"""
        SELECT e.id AS employer_id, e.name, coalesce(e.credit_code, e.legacy_code) AS credit_code, one.answered
        FROM ({PROGRESS}) one JOIN employer e ON e.id = one.unit
        WHERE obligation = :key ORDER BY e.name_key, e.id"""
    given = {"campaign": campaign.key, "as_of": as_of, "county": county, "key": key}
    return [dict(row) for row in db.execute(text(statement), given).mappings()]


FINDINGS = f"""
    WITH RECURSIVE {LIVING}, {SAID}
    SELECT county, finding, count(*)::int AS units FROM said WHERE age = 1 GROUP BY county, finding"""


def findings(db: Session, campaign: Campaign, as_of: date) -> dict[str, dict[str, int]]:
    """County → finding → how many units."""
    counted: dict[str, dict[str, int]] = {}
    for row in db.execute(text(FINDINGS), {"campaign": campaign.key, "as_of": as_of}):
        counted.setdefault(row.county, {})[row.finding] = row.units
    return counted


def returns(
    db: Session, campaign: Campaign, *, county: str | None = None, as_of: date | None = None
) -> Sequence[CountyReturn]:
    wanted = select(CountyReturn).where(CountyReturn.campaign == campaign.key)
    if county is not None:
        wanted = wanted.where(CountyReturn.county == county)
    if as_of is not None:
        wanted = wanted.where(CountyReturn.returned_on <= as_of)
    return db.scalars(wanted.order_by(CountyReturn.id)).all()


def known_units(
    db: Session, codes: Collection[str], names: Collection[str]
) -> list[tuple[int, str | None, str | None, str | None]]:
    """Units in use with one of these codes or normal names: number, code, normal name, county."""
    statement = text("""
        SELECT id, coalesce(credit_code, legacy_code), name_key, county FROM employer
        WHERE merged_into IS NULL AND ended_at IS NULL
            AND (credit_code = ANY(:codes) OR legacy_code = ANY(:codes) OR name_key = ANY(:names))
        ORDER BY id""")
    rows = db.execute(statement, {"codes": list(codes), "names": list(names)})
    return [(row[0], row[1], row[2], row[3]) for row in rows]
