"""Every unit's last standing approval, on the platform or with us, and what it declared (C05, Q1)."""

from datetime import date, datetime

from sqlalchemy import column, insert, table, text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.queries.own_approvals import REGISTRANTS, STOOD, UNITS
from models.queries.standing import standing_as_of

TABLE = "last_approval"
STANDING = "approval_standing"
# An export may show the same declaration approved anew: its younger day counts. Of one day ours goes first, because
# it says more; of two on the platform always the same one.
FILL = f"""
    INSERT INTO {TABLE}
    WITH {UNITS}, {REGISTRANTS}, stood AS ({STOOD}), said AS (
        SELECT DISTINCT ON (r.entry) r.entry, r.industry, r.size, r.headcount,
            CASE WHEN r.declaration_state = '已审核' AND r.approved_on <= :as_of THEN r.approved_on END AS approved_on
        FROM {STANDING} s JOIN record r ON r.entry = s.entry JOIN sighting g ON g.record_id = r.id
        JOIN batch b ON b.id = g.batch_id
        WHERE b.data_date <= :as_of AND coalesce(b.recorded_at <= :known_at, true)
        ORDER BY r.entry, b.data_date DESC, r.id DESC
    ), approval AS (
        SELECT l.employer_id AS number, greatest(s.from_on, said.approved_on) AS approved_on, false AS ours,
            CAST(NULL AS bigint) AS declaration, l.entry, said.industry, said.size, said.headcount
        FROM {STANDING} s
        JOIN link l ON l.entry = s.entry AND l.verdict = 'sure' AND CASE
            WHEN CAST(:known_at AS timestamptz) IS NULL THEN l.ended_at IS NULL
            ELSE l.recorded_at <= :known_at AND coalesce(l.ended_at > :known_at, true) END
        LEFT JOIN said ON said.entry = s.entry
        UNION ALL
        SELECT g.employer_id, stood.since, true, stood.declaration_id, NULL, v.form->'basics'->>'industry',
            v.form->'basics'->>'size', CAST(v.form->'basics'->>'headcount' AS integer)
        FROM stood JOIN filer g ON g.id = stood.registrant_id
        JOIN declaration_version v ON v.declaration_id = stood.declaration_id AND v.number = stood.version
        WHERE stood.state = '已审核'
    )
    SELECT DISTINCT ON (u.employer_id) u.employer_id, coalesce(u.county, ''), a.approved_on, a.ours, a.declaration,
        a.industry, a.size, a.headcount
    FROM approval a JOIN unit u ON u.number = a.number
    ORDER BY u.employer_id, a.approved_on DESC, a.ours DESC, a.declaration DESC, a.entry DESC"""
COLUMNS = (
    "employer_id bigint PRIMARY KEY, county text, approved_on date, ours boolean, declaration bigint, "
    "industry text, size text, headcount integer"
)


def lay_last_approvals(
    db: Session, campaign: Campaign, as_of: date, *, known_at: datetime | None = None
) -> None:
    """The targets of that day and instant must be seen and their survivors laid: they say which units there were."""
    _create(db, STANDING, "entry bigint, from_on date, presumed boolean")
    chosen = standing_as_of(as_of, campaign.platforms.counting, known_at=known_at)
    target = table(STANDING, column("entry"), column("from_on"), column("presumed"))
    db.execute(insert(target).from_select(["entry", "from_on", "presumed"], chosen))
    db.execute(text(f"ANALYZE {STANDING}"))
    _create(db, TABLE, COLUMNS)
    db.execute(text(FILL), {"campaign": campaign.key, "as_of": as_of, "known_at": known_at})
    db.execute(text(f"ANALYZE {TABLE}"))


def _create(db: Session, name: str, columns: str) -> None:
    db.execute(text(f"DROP TABLE IF EXISTS pg_temp.{name}"))
    db.execute(text(f"CREATE TEMP TABLE {name} ({columns}) ON COMMIT DROP"))
