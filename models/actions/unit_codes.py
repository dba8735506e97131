"""Rows of one code are one unit unless there is positive evidence of another workplace (Q10, F16, F17).

The same holds of rows that share a registration number and a name. Evidence: a workplace county with an address that
differs, a branch's name, or 是否分支机构 together with another name or county. A county read from the registered
address is no evidence.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.unit_branches import tell_branches

# Most codes that several rows share raise no question at all.
SEVERAL = """
CREATE TEMP TABLE unit_several ON COMMIT DROP AS
SELECT key, apart, min(id) AS label,
    bool_or(branch_part <> '') OR coalesce(bool_or(is_branch), false)
        OR coalesce(min(workplace) <> max(workplace), false)
        OR min(length(name_core)) <> max(length(name_core)) AS in_question
FROM unit_node WHERE key IS NOT NULL GROUP BY key, apart HAVING count(*) > 1"""
UNQUESTIONED = """
UPDATE unit_node AS node SET label = several.label
FROM unit_several AS several
WHERE several.key = node.key AND several.apart = node.apart AND NOT several.in_question
AND several.label <> node.id"""
SHARED = """
CREATE TEMP TABLE unit_shared ON COMMIT DROP AS
SELECT node.id, several.label AS one, node.branch_part, node.is_branch, coalesce(node.name_key, '') AS name_key,
    node.name_core, node.county, node.workplace, node.address_key, node.phone,
    node.parent_code IS NOT NULL AND 'c' || node.parent_code <> node.key AS own_code,
    node.branch_part AS branch, node.workplace AS place, false AS county_said
FROM unit_node AS node
JOIN unit_several AS several ON several.key = node.key AND several.apart = node.apart
WHERE several.in_question"""

# A row without a workplace county goes to the only place there is; of several, to the one its registered county
# names; else a principal's row to the stated principal or the lowest code, a branch's row stays by itself.
LABELS = """
WITH spread AS (
    SELECT *, min(place) OVER named AS low, max(place) OVER named AS high,
        min(place) FILTER (WHERE is_branch IS FALSE) OVER named AS head
    FROM unit_shared WINDOW named AS (PARTITION BY one, branch)
), settled AS (
    SELECT spread.id, spread.one, spread.branch, CASE
        WHEN spread.place IS NOT NULL THEN spread.place
        WHEN spread.low = spread.high THEN spread.low
        WHEN there.place IS NOT NULL THEN there.place
        WHEN spread.branch = '' THEN coalesce(spread.head, spread.low) END AS place
    FROM spread
    LEFT JOIN (SELECT DISTINCT one, branch, place FROM unit_shared) AS there
        ON there.one = spread.one AND there.branch = spread.branch AND there.place = spread.county
), labelled AS (SELECT id, min(id) OVER (PARTITION BY one, branch, place) AS label FROM settled)
UPDATE unit_node AS node SET label = labelled.label
FROM labelled WHERE labelled.id = node.id AND labelled.label <> node.id"""


def join_codes(db: Session) -> None:
    """Give the rows in `unit_node` that share a code (or number and name) the labels of their units."""
    db.execute(text("DROP TABLE IF EXISTS pg_temp.unit_several, pg_temp.unit_shared"))
    db.execute(text(SEVERAL))
    db.execute(text("ANALYZE unit_several"))
    db.execute(text(UNQUESTIONED))
    db.execute(text(SHARED))
    db.execute(text("CREATE INDEX ON unit_shared (one)"))
    db.execute(text("ANALYZE unit_shared"))
    tell_branches(db)
    db.execute(text(LABELS))
