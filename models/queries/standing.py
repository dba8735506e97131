"""On which days an approval stood, by whose books and as known when (Q1)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    Select,
    Text,
    TextualSelect,
    and_,
    bindparam,
    column,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP
from sqlalchemy.orm import Session

from models.link import Link, Verdict
from models.queries.survivors import survivors

# `shown`: what the exports of one day say of a declaration. Where they contradict each other, nobody is cleared by
# a guess. `runs`: days in a row with the same answer; `hidden_on` is the last day that showed another state.
# An approval date counts when it lies after that day and not after the run's first export: a date the exports
# contradict is no date, and the first export that shows 已审核 counts (推定). Of several the youngest export's.
PERIODS = """
WITH shown AS (
    SELECT record.entry, batch.data_date AS day,
           bool_and(COALESCE(record.declaration_state = '已审核', false)
                    AND (record.platform IS NULL OR record.platform = ANY(:platforms))) AS approved,
           max(record.approved_on) FILTER (WHERE record.approved_on <= batch.data_date) AS approved_on
    FROM sighting
    JOIN batch ON batch.id = sighting.batch_id
    JOIN source ON source.id = batch.source_id AND source.kind = 'declarations'
    JOIN record ON record.id = sighting.record_id
    WHERE (CAST(:known_at AS timestamptz) IS NULL OR batch.recorded_at <= :known_at)
      AND (CAST(:entries AS bigint[]) IS NULL OR record.entry = ANY(:entries))
    GROUP BY record.entry, batch.data_date
), turns AS (
    SELECT shown.*, approved IS DISTINCT FROM lag(approved) OVER in_time AS turned
    FROM shown WINDOW in_time AS (PARTITION BY entry ORDER BY day)
), numbered AS (
    SELECT turns.*, count(*) FILTER (WHERE turned) OVER (PARTITION BY entry ORDER BY day) AS run FROM turns
), runs AS (
    SELECT entry, run, approved, min(day) AS first_day, max(day) AS last_day,
           array_agg(approved_on ORDER BY day DESC) FILTER (WHERE approved_on IS NOT NULL) AS dates
    FROM numbered GROUP BY entry, run, approved
), bounded AS (
    SELECT runs.*, lag(last_day) OVER in_time AS hidden_on, lead(first_day) OVER in_time AS to_on
    FROM runs WINDOW in_time AS (PARTITION BY entry ORDER BY run)
), dated AS (
    SELECT bounded.*,
           (SELECT said FROM unnest(dates) WITH ORDINALITY AS one(said, place)
            WHERE said <= first_day AND (hidden_on IS NULL OR said >= hidden_on)
            ORDER BY place LIMIT 1) AS approved_on
    FROM bounded WHERE approved
)
SELECT entry, COALESCE(approved_on, first_day) AS from_on, to_on, approved_on IS NULL AS presumed FROM dated
"""


def standing_periods(
    platforms: Collection[str], *, known_at: datetime | None = None, entries: Collection[int] | None = None
) -> TextualSelect:
    """Every span of standing approval, worked out from the exports stored up to `known_at` (null: all)."""
    return (
        text(PERIODS)
        .bindparams(
            bindparam("platforms", sorted(platforms), ARRAY(Text)),
            bindparam("known_at", known_at, TIMESTAMP(timezone=True)),
            bindparam("entries", None if entries is None else sorted(entries), ARRAY(BigInteger)),
        )
        .columns(
            column("entry", BigInteger),
            column("from_on", Date),
            column("to_on", Date),
            column("presumed", Boolean),
        )
    )


def standing_as_of(
    as_of: date, platforms: Collection[str], *, known_at: datetime | None = None
) -> Select[tuple[int, date, bool]]:
    """Declarations that stand approved on `as_of`, whatever their age: entry, from_on, presumed."""
    period = standing_periods(platforms, known_at=known_at).subquery("period")
    return select(period.c.entry, period.c.from_on, period.c.presumed).where(
        period.c.from_on <= as_of, or_(period.c.to_on.is_(None), period.c.to_on > as_of)
    )


def declared_as_of(
    as_of: date, platforms: Collection[str], *, known_at: datetime | None = None
) -> Select[tuple[int, date, bool]]:
    """Employers surely linked to a standing approval: employer_id, declared_on, presumed.

    The oldest approval that still stands dates the declaration. Merged employers answer by their survivor.
    """
    standing = standing_as_of(as_of, platforms, known_at=known_at).subquery("standing")
    open_link = Link.ended_at.is_(None)
    alive = and_(open_link)
    if known_at is not None:
        alive = and_(Link.recorded_at <= known_at, or_(open_link, Link.ended_at > known_at))
    merged = survivors()
    employer = func.coalesce(merged.c.survivor, Link.employer_id)
    return (
        select(employer.label("employer_id"), standing.c.from_on.label("declared_on"), standing.c.presumed)
        .join(standing, standing.c.entry == Link.entry)
        .outerjoin(merged, merged.c.merged == Link.employer_id)
        .where(Link.verdict == Verdict.SURE, alive)
        .distinct(employer)
        .order_by(employer, standing.c.from_on, standing.c.presumed)
    )


def missing_from_platform(db: Session, *, county: str | None = None) -> list[dict[str, Any]]:
    """平台已无此记录: approvals that stand although a later whole export lacks them (Q1), for a person to look at."""
    found = db.execute(text(MISSING), {"county": county}).mappings()
    return [dict(row) for row in found]


MISSING = """
SELECT DISTINCT ON (missing_entry.entry)
       missing_entry.entry, record.name, record.county, record.declaration_no, standing.from_on, standing.presumed,
       missing_entry.last_seen_on, missing_entry.missing_on
FROM missing_entry
JOIN standing ON standing.entry = missing_entry.entry AND standing.to_on IS NULL
JOIN record ON record.entry = missing_entry.entry AND record.current
WHERE CAST(:county AS text) IS NULL OR record.county = :county
ORDER BY missing_entry.entry, record.id
"""
