"""Reads of the computed targets: lists, counts by rule, groups. Every one takes `county=`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.membership import MEMBERS, asked
from models.rules.terms import terms_of
from models.target import TargetDay

UNKNOWN_COUNTY = ""  # asks for the units whose county nobody knows


@dataclass(frozen=True)
class Wanted:
    """Which units of a list are wanted; None: does not matter."""

    county: str | None = None
    in_r: bool | None = None
    declared: bool | None = None
    pending: bool | None = None
    unsure: bool | None = None
    rule: str | None = None
    flag: str | None = None
    extra: bool | None = None
    ownership: str | None = None
    park: str | None = None
    group: str | None = None
    unit: int | None = None
    member: str | None = None  # in N of this county, wherever the facts say it is now (1.7)
    outside: bool | None = None  # never in any county's N
    limit: int | None = None


CONDITIONS = {
    "county": "coalesce(t.county, '') = :county",
    "in_r": "t.in_r = :in_r",
    "declared": "t.declared = :declared",
    "pending": "t.pending = :pending",
    "unsure": "t.unsure = :unsure",
    "rule": "t.rule = :rule",
    "flag": "t.flag = :flag",
    "extra": "(t.rule = 'extra') = :extra",
    "ownership": "e.ownership = :ownership",
    "park": "e.park = :park",
    "group": "t.group_key = :group",
    "unit": "t.employer_id = :unit",
    "member": f"t.employer_id IN (SELECT coalesce(survivor, employer_id) FROM ({MEMBERS}) m WHERE county = :member AND NOT removed)",
    "outside": f"(t.employer_id NOT IN (SELECT coalesce(survivor, employer_id) FROM ({MEMBERS}) m)) = :outside",
}
# equal work order: name, code, address, then staff; the number comes last, where units differ in nothing that counts
ORDER = "t.county NULLS LAST, t.work_order, e.name_key, e.credit_code, e.legacy_code, e.address_key, e.headcount, e.id"
COLUMNS = """e.id AS employer_id, e.name, e.credit_code, e.legacy_code, t.county, e.town, e.address, e.industry,
    e.headcount, e.size, e.phone, e.state, e.state_on, e.established_on, e.ownership, e.park, t.group_key, t.rule,
    t.flag, t.in_r, t.declared, t.declared_on, t.pending, t.unsure, t.sector, t.borderline, t.risk, t.programmes,
    t.found, t.extra, t.indicators, t.work_order"""


# Nothing that targets follow from was recorded after they were computed. Links and placements are only ever added
# to at their end or ended by a person's act, which leaves an event: so their youngest rows tell.
STILL_HOLDS = """
    SELECT as_of FROM target_day
    WHERE campaign = :campaign AND terms = :terms
        AND NOT EXISTS (SELECT FROM batch WHERE recorded_at > computed_at)
        AND NOT EXISTS (SELECT FROM event WHERE recorded_at > computed_at AND act !~ '^(target[.]|notices?[.]|message$)')
        AND coalesce((SELECT recorded_at FROM link ORDER BY id DESC LIMIT 1) <= computed_at, true)
        AND coalesce((SELECT recorded_at FROM placement ORDER BY id DESC LIMIT 1) <= computed_at, true)"""


def computed_day(db: Session, campaign: Campaign) -> date | None:
    """The day for which the stored targets hold; None where lists, links or the campaign changed since."""
    given = {"campaign": campaign.key, "terms": terms_of(campaign)}
    found: date | None = db.scalar(text(STILL_HOLDS), given)
    return found


def stored_day(db: Session, campaign: Campaign) -> date | None:
    """The day of the stored targets under the campaign's present terms, whatever changed since."""
    wanted = TargetDay.campaign == campaign.key, TargetDay.terms == terms_of(campaign)
    return db.scalar(select(TargetDay.as_of).where(*wanted))


def list_targets(
    db: Session, campaign: Campaign, wanted: Wanted, *, facts: str = "employer", as_of: date | None = None
) -> list[dict[str, Any]]:
    """The units wanted, in the order of work (C21). `member` and `outside` need the day."""
    given = {name: value for name in CONDITIONS if (value := getattr(wanted, name)) is not None}
    where = " AND ".join(["t.campaign = :campaign", *(CONDITIONS[name] for name in given)])
    statement = f"SELECT {COLUMNS} FROM target t JOIN {facts} e ON e.id = t.employer_id WHERE {where} ORDER BY {ORDER}"
    if wanted.limit is not None:
        statement += " LIMIT :limit"
    given |= {"campaign": campaign.key, "limit": wanted.limit}
    if as_of is not None:
        given |= asked(campaign, as_of)
    found = db.execute(text(statement), given)
    return [dict(row) for row in found.mappings()]


def rule_totals(db: Session, campaign: Campaign, *, county: str | None = None) -> list[dict[str, Any]]:
    """How many units each rule put in or out; they add up to all units of the county, or of all."""
    statement = text("""
        SELECT rule, bool_or(in_r) AS in_r, sum(units)::int AS units,
            coalesce(sum(units) FILTER (WHERE declared), 0)::int AS declared
        FROM target_total
        WHERE campaign = :campaign AND (CAST(:county AS text) IS NULL OR county = :county)
        GROUP BY rule ORDER BY bool_or(in_r) DESC, sum(units) DESC, rule""")
    found = db.execute(statement, {"campaign": campaign.key, "county": county})
    return [dict(row) for row in found.mappings()]


def group_totals(
    db: Session, campaign: Campaign, *, county: str | None = None, least: int = 2
) -> list[dict[str, Any]]:
    """Per group: members, those that should declare, those that have (C23: 2 of 3 shown). Biggest gap first."""
    statement = text("""
        SELECT t.group_key, coalesce(max(head.name), max(e.parent_name), max(e.group_name)) AS name,
            count(*)::int AS members, count(*) FILTER (WHERE t.in_r)::int AS r,
            count(*) FILTER (WHERE t.in_r AND t.declared)::int AS declared
        FROM target t
        JOIN employer e ON e.id = t.employer_id
        LEFT JOIN LATERAL (
            SELECT h.name FROM employer h
            WHERE h.credit_code = t.group_key AND h.merged_into IS NULL AND h.ended_at IS NULL
                AND coalesce(h.branch_part, '') = '' AND NOT coalesce(h.is_branch, false)
            ORDER BY h.name_key LIMIT 1) AS head ON true
        WHERE t.campaign = :campaign AND t.group_key IS NOT NULL
            AND (CAST(:county AS text) IS NULL OR coalesce(t.county, '') = :county)
        GROUP BY t.group_key
        HAVING count(*) >= :least
        ORDER BY count(*) FILTER (WHERE t.in_r AND NOT t.declared) DESC, count(*) DESC, t.group_key""")
    given = {"campaign": campaign.key, "county": county, "least": least}
    return [dict(row) for row in db.execute(statement, given).mappings()]


def find_employers(db: Session, words: str) -> Sequence[int]:
    """Units in use that `words` may mean: a number (an old one leads to its survivor), a code, an exact name."""
    statement = text("""
        WITH RECURSIVE led AS (
            SELECT id, merged_into FROM employer WHERE id::text = :words
            UNION ALL SELECT e.id, e.merged_into FROM employer e JOIN led ON e.id = led.merged_into
        )
        SELECT id FROM led WHERE merged_into IS NULL
        UNION SELECT id FROM employer
        WHERE merged_into IS NULL AND ended_at IS NULL AND (credit_code = upper(:words) OR name = :words OR name_key = :words)
        ORDER BY id LIMIT 20""")
    return db.scalars(statement, {"words": words.strip()}).all()
