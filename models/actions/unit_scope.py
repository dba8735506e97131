"""Which lines a settling of units must look at: all, or the blocks that the touched lines belong to."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.inbound import EMPLOYER_KINDS, Kind
from models.lead import LeadOutcome

KINDS = ", ".join(f"'{kind}'" for kind in EMPLOYER_KINDS)
NO_EMPLOYER = f"""
    SELECT j.entry FROM lead_judgement AS j
    WHERE j.outcome = '{LeadOutcome.NOT_EMPLOYER}' AND j.undone_at IS NULL"""
# A line of a person's merge is what the other line is; a split one keeps its block only for its neighbours' sake.
MERGES = "SELECT entry, other_entry FROM unit_judgement WHERE kind = 'merge' AND undone_at IS NULL"

NODES = f"""
CREATE TEMP TABLE unit_node ON COMMIT DROP AS
SELECT r.id, r.entry, r.id AS label,
    CASE WHEN r.credit_code IS NOT NULL THEN 1 WHEN r.legacy_code IS NOT NULL THEN 2 ELSE 3 END::smallint AS tier,
    coalesce('c' || r.credit_code, 'l' || r.legacy_code || ' ' || coalesce(r.name_core, r.name_key, '')) AS key,
    coalesce(own.id, 0) AS apart,
    nullif(r.name_key, '') AS name_key, coalesce(r.name_core, r.name_key, '') AS name_core,
    coalesce(r.branch_part, '') AS branch_part, r.is_branch,
    r.county, CASE WHEN r.county_basis = 'workplace' THEN r.county END AS workplace,
    nullif(r.address_key, '') AS address_key, nullif(r.phone, '') AS phone,
    r.legacy_code, r.parent_code
FROM record AS r
JOIN source ON source.id = r.source_id AND source.kind IN ({KINDS})
LEFT JOIN (
    SELECT entry, address_key, min(id) AS id FROM unit_judgement
    WHERE kind = 'split' AND undone_at IS NULL GROUP BY entry, address_key
) AS own ON own.entry = r.entry AND coalesce(own.address_key = r.address_key, own.address_key IS NULL)
WHERE r.current
AND NOT (source.kind = '{Kind.LEAD}' AND r.entry IN ({NO_EMPLOYER}))"""

SEED = """
CREATE TEMP TABLE unit_scope ON COMMIT DROP AS
SELECT DISTINCT entry, 0 AS round FROM {touched}"""

# Everything that shares a code, a name, the core of a name in one county, a number, a judgement or a unit with what the last round found. Earlier
# versions of a line count as well: what they once held together may now come apart.
WIDEN = f"""
INSERT INTO unit_scope
WITH last AS (
    SELECT r.* FROM record AS r JOIN unit_scope AS s ON s.entry = r.entry AND s.round = :round
), found AS (
    SELECT r.entry FROM record AS r
    WHERE r.current AND r.credit_code IN (SELECT credit_code FROM last WHERE credit_code IS NOT NULL)
    UNION SELECT r.entry FROM record AS r
    WHERE r.current AND r.name_key IN (SELECT name_key FROM last WHERE name_key <> '')
    UNION SELECT r.entry FROM record AS r
    WHERE r.current AND (r.name_core, r.county) IN (
        SELECT name_core, county FROM last WHERE name_core <> '' AND county IS NOT NULL)
    UNION SELECT r.entry FROM record AS r
    WHERE EXISTS (SELECT FROM last WHERE legacy_code IS NOT NULL)
    AND r.current AND r.legacy_code IN (SELECT legacy_code FROM last WHERE legacy_code IS NOT NULL)
    UNION SELECT other_entry FROM ({MERGES}) AS m WHERE entry IN (SELECT entry FROM last)
    UNION SELECT entry FROM ({MERGES}) AS m WHERE other_entry IN (SELECT entry FROM last)
    UNION SELECT r.entry
    FROM last JOIN placement AS here ON here.record_id = last.id AND here.ended_at IS NULL
    JOIN placement AS there ON there.employer_id = here.employer_id AND there.ended_at IS NULL
    JOIN record AS r ON r.id = there.record_id
)
SELECT DISTINCT found.entry, :round + 1
FROM found
JOIN record AS r ON r.entry = found.entry
JOIN source ON source.id = r.source_id AND source.kind IN ({KINDS})
WHERE found.entry NOT IN (SELECT entry FROM unit_scope)"""


def lay_nodes(db: Session, touched: str | None) -> None:
    """The temporary table `unit_node`: every current line in scope, each at first a unit of its own."""
    db.execute(text("DROP TABLE IF EXISTS pg_temp.unit_scope, pg_temp.unit_node"))
    only = ""
    if touched is not None:
        _lay_scope(db, touched)
        only = " AND r.entry IN (SELECT entry FROM unit_scope)"
    db.execute(text(NODES + only))
    db.execute(text("ANALYZE unit_node"))


def _lay_scope(db: Session, touched: str) -> None:
    db.execute(text(SEED.format(touched=touched)))
    for step in range(1_000_000):
        db.execute(text("ANALYZE unit_scope"))
        found = db.execute(text(WIDEN), {"round": step})
        if not found.rowcount:  # type: ignore[attr-defined]
            return
