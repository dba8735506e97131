"""What every unit's target rests on, laid out in temporary tables: industries, lists, declarations.

`target_only`, when given, is a temporary table of the employers to look at; without it, all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.declaration import DeclarationState
from models.inbound import Kind
from models.lead import LeadOutcome
from models.reference import industries, read_list
from models.rules.risk import Line, RiskCode, risk_table
from models.rules.sectors import extra_table, sector_table


@dataclass(frozen=True)
class Moment:
    """The day asked about and what was known. `known_at` None: all that is known now, nothing of it later than the day."""

    as_of: date
    known_at: datetime | None = None
    facts: str = "employer"  # the table of units and facts as known
    standing: str = "standing"  # the table of standing approvals as known


@cache
def _names() -> dict[str, str]:
    listed = industries()
    rows = listed.filter(listed["level"] != "门类")
    return dict(zip(rows["code"], rows["name"], strict=True))


@cache
def _risks() -> tuple[RiskCode, ...]:
    rows = read_list("industry_risk_2021").iter_rows(named=True)
    return tuple(
        risk_table([Line(row["code"], row["condition"] or "", row["risk"]) for row in rows], _names())
    )


def lay_basis(db: Session, campaign: Campaign, moment: Moment, *, only: str | None = None) -> None:
    _lay_industries(db, campaign)
    _lay_said(db, moment)
    lay_survivors(db, moment)
    _lay_lists(db, campaign, moment, only)
    _lay_declared(db, campaign, moment, only)


def lay(db: Session, name: str, columns: str) -> None:
    db.execute(text(f"DROP TABLE IF EXISTS pg_temp.{name}"))
    db.execute(text(f"CREATE TEMP TABLE {name} ({columns}) ON COMMIT DROP"))


def _fill(db: Session, statement: str, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        db.execute(text(statement), rows)


FILL_INDUSTRIES = """
    INSERT INTO target_industry
    SELECT * FROM unnest(CAST(:codes AS text[]), CAST(:sectors AS text[]), CAST(:borderlines AS text[]),
        CAST(:risks AS text[]))"""


def _lay_industries(db: Session, campaign: Campaign) -> None:
    """Each code's sector and risk (one join tells a unit's), and what counties added (C22)."""
    sectors = {row.code: row for row in sector_table(campaign.sectors, _names())}
    risks = {row.code: row.risk for row in _risks()}
    lay(db, "target_industry", "code text PRIMARY KEY, sector text, borderline text, risk text")
    codes = [code for code in _names() if code in sectors or code in risks]
    found = [sectors.get(code) for code in codes]
    # in one go: every figure lays this table, and some two thousand statements cost more than the figure itself
    columns = {
        "codes": codes,
        "sectors": [row.sector if row else None for row in found],
        "borderlines": [row.borderline if row else None for row in found],
        "risks": [risks.get(code) for code in codes],
    }
    db.execute(text(FILL_INDUSTRIES), columns)
    lay(db, "target_extra", "county text, code text, extra text, PRIMARY KEY (county, code)")
    _fill(
        db,
        "INSERT INTO target_extra VALUES (:county, :code, :extra) ON CONFLICT DO NOTHING",
        [row._asdict() for row in extra_table(campaign.extras, campaign.sectors, _names())],
    )


CURRENT = """
    INSERT INTO target_said
    SELECT r.id, r.entry, s.kind, r.declaration_state
    FROM record r JOIN source s ON s.id = r.source_id
    WHERE r.current AND s.kind <> :registry"""
AS_KNOWN = """
    INSERT INTO target_said
    SELECT DISTINCT id, entry, kind, declaration_state
    FROM (
        SELECT r.id, r.entry, s.kind, r.declaration_state,
            rank() OVER (PARTITION BY r.entry ORDER BY b.data_date DESC) AS version
        FROM source s
        JOIN batch b ON b.source_id = s.id AND b.data_date <= :as_of AND b.recorded_at <= :known_at
        JOIN sighting g ON g.batch_id = b.id
        JOIN record r ON r.id = g.record_id
        WHERE s.kind <> :registry
    ) AS seen
    WHERE version = 1"""


def _lay_said(db: Session, moment: Moment) -> None:
    """The lines in force of every list but the registry: of each line the newest version by data date."""
    lay(db, "target_said", "record_id bigint, entry bigint, kind text, declaration_state text")
    given = {"registry": Kind.REGISTRY, "as_of": moment.as_of, "known_at": moment.known_at}
    db.execute(text(AS_KNOWN if moment.known_at else CURRENT), given)
    db.execute(text("ANALYZE target_said"))


SURVIVORS = """
    INSERT INTO target_survivor
    WITH RECURSIVE led AS (
        SELECT id AS merged, merged_into AS survivor FROM employer WHERE merged_into IS NOT NULL
        UNION SELECT led.merged, e.merged_into FROM led JOIN employer e ON e.id = led.survivor
        WHERE e.merged_into IS NOT NULL
    )
    SELECT led.merged, led.survivor FROM led JOIN employer e ON e.id = led.survivor
    WHERE e.merged_into IS NULL
    AND NOT EXISTS (SELECT FROM {facts} f WHERE f.id = led.merged AND {in_use})
    ON CONFLICT DO NOTHING"""
# A number whose records had all gone to another unit then, whatever became of the two afterwards.
SURVIVORS_THEN = """
    INSERT INTO target_survivor
    SELECT DISTINCT ON (p.employer_id) p.employer_id, h.employer_id
    FROM placement p
    JOIN placement h ON h.record_id = p.record_id AND h.recorded_at <= :known_at
        AND (h.ended_at IS NULL OR h.ended_at > :known_at)
    JOIN {facts} f ON f.id = h.employer_id
    WHERE p.ended_at <= :known_at AND NOT EXISTS (SELECT FROM {facts} f WHERE f.id = p.employer_id)
    ORDER BY p.employer_id, p.ended_at DESC, p.record_id"""


def lay_survivors(db: Session, moment: Moment) -> None:
    """Where links of a merged unit count: at its survivor, unless it was still a unit at that time (Q10)."""
    lay(db, "target_survivor", "merged bigint PRIMARY KEY, survivor bigint")
    current = moment.facts == "employer"
    if moment.known_at and not current:
        db.execute(text(SURVIVORS_THEN.format(facts=moment.facts)), {"known_at": moment.known_at})
    in_use = "f.merged_into IS NULL AND f.ended_at IS NULL" if current else "true"
    db.execute(text(SURVIVORS.format(facts=moment.facts, in_use=in_use)))
    db.execute(text("ANALYZE target_survivor"))


OPEN_PLACEMENT = "p.ended_at IS NULL"
PLACEMENT_AS_KNOWN = "p.recorded_at <= :known_at AND (p.ended_at IS NULL OR p.ended_at > :known_at)"
LISTS = """
    INSERT INTO target_lists
    SELECT coalesce(v.survivor, p.employer_id),
        coalesce(array_agg(DISTINCT r.programme ORDER BY r.programme) FILTER (
            WHERE w.kind = :programme AND r.programme IS NOT NULL), '{{}}'),
        coalesce(array_agg(DISTINCT way ORDER BY way) FILTER (WHERE way IS NOT NULL), '{{}}')
    FROM target_said w
    JOIN record r ON r.id = w.record_id
    JOIN placement p ON p.record_id = r.id AND {open_placement}
    LEFT JOIN target_survivor v ON v.merged = p.employer_id
    CROSS JOIN LATERAL (SELECT CASE
        WHEN w.kind = :lead AND r.channel IS NOT NULL THEN concat_ws(':', w.kind, r.channel)
        WHEN w.kind = :programme AND r.programme IS NULL THEN w.kind
        WHEN w.kind = ANY(:hazard_sources) AND r.hazards <> '' THEN w.kind
        END AS way) AS found
    WHERE w.kind <> :declarations {only}
    AND (w.kind <> :programme OR r.programme_year IS NULL OR r.programme_year <= :year)
    AND NOT EXISTS (
        SELECT FROM lead_judgement j
        WHERE j.entry = w.entry AND j.outcome = :not_employer AND {judgement_holds})
    GROUP BY coalesce(v.survivor, p.employer_id)
    HAVING bool_or(r.programme IS NOT NULL OR way IS NOT NULL)"""


def _lay_lists(db: Session, campaign: Campaign, moment: Moment, only: str | None) -> None:
    """Programmes of the day's year and before, still open (Q19), and the lists and leads that found the unit (C09).

    A programme list whose programme nobody recognised still found the unit.
    """
    lay(db, "target_lists", "employer_id bigint PRIMARY KEY, programmes text[], found text[]")
    holds = "j.undone_at IS NULL"
    if moment.known_at:
        holds = "j.recorded_at <= :known_at AND (j.undone_at IS NULL OR j.undone_at > :known_at)"
    statement = LISTS.format(
        open_placement=PLACEMENT_AS_KNOWN if moment.known_at else OPEN_PLACEMENT,
        judgement_holds=holds,
        only=among(only, "coalesce(v.survivor, p.employer_id)"),
    )
    given = {
        "lead": Kind.LEAD,
        "programme": Kind.PROGRAMME,
        "declarations": Kind.DECLARATIONS,
        "hazard_sources": [str(kind) for kind in campaign.scope.hazard_sources],
        "not_employer": LeadOutcome.NOT_EMPLOYER,
        "year": moment.as_of.year,
        "known_at": moment.known_at,
    }
    db.execute(text(statement), given)
    db.execute(text("ANALYZE target_lists"))


DECLARED = """
    INSERT INTO target_declared
    SELECT coalesce(v.survivor, l.employer_id),
        min(s.from_on) FILTER (WHERE l.verdict = 'sure'),
        coalesce(bool_or(l.verdict = 'sure' AND w.entry IS NOT NULL), false),
        coalesce(bool_or(l.verdict = 'unsure' AND (s.entry IS NOT NULL OR w.entry IS NOT NULL)), false)
    FROM link l
    LEFT JOIN target_survivor v ON v.merged = l.employer_id
    LEFT JOIN {standing} s
        ON s.entry = l.entry AND s.from_on <= :as_of AND (s.to_on IS NULL OR s.to_on > :as_of)
    LEFT JOIN (
        SELECT DISTINCT w.entry FROM target_said w JOIN record r ON r.id = w.record_id
        WHERE w.declaration_state = :submitted AND (r.platform IS NULL OR r.platform = ANY(:counting))
    ) AS w ON w.entry = l.entry
    WHERE l.verdict <> 'rejected' AND {link_holds} {only}
    GROUP BY coalesce(v.survivor, l.employer_id)"""


def _lay_declared(db: Session, campaign: Campaign, moment: Moment, only: str | None) -> None:
    """Declared: a sure link to an approval that stands on the day (Q1). Unsure links clear nobody."""
    lay(
        db,
        "target_declared",
        "employer_id bigint PRIMARY KEY, declared_on date, pending boolean, unsure boolean",
    )
    holds = "l.ended_at IS NULL"
    if moment.known_at:
        holds = "l.recorded_at <= :known_at AND (l.ended_at IS NULL OR l.ended_at > :known_at)"
    statement = DECLARED.format(
        standing=moment.standing, link_holds=holds, only=among(only, "coalesce(v.survivor, l.employer_id)")
    )
    given = {
        "as_of": moment.as_of,
        "known_at": moment.known_at,
        "submitted": DeclarationState.SUBMITTED,
        "counting": list(campaign.platforms.counting),
    }
    db.execute(text(statement), given)
    db.execute(text("ANALYZE target_declared"))


def among(only: str | None, column: str) -> str:
    return f"AND {column} IN (SELECT employer_id FROM {only})" if only else ""
