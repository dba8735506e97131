"""Permanent ids: which unit each record speaks of, from when to when we thought so (Q10).

A group keeps the id its records had. Where several ids fall into one group the lowest survives and leads the others;
where a unit comes apart, one part keeps the id and the others get back the id they once had, or a new one.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.statistics import refresh_statistics

# Current rows, and earlier versions of their lines: those go where the line goes, first of all by county.
SEATS = """
CREATE TEMP TABLE unit_seat ON COMMIT DROP AS
SELECT id AS record_id, label, true AS current FROM unit_node
UNION ALL
(SELECT DISTINCT ON (r.id) r.id, node.label, false
FROM record AS r JOIN unit_node AS node ON node.entry = r.entry
WHERE NOT r.current
ORDER BY r.id, node.county IS DISTINCT FROM r.county, node.id)"""

# `first`: a record of the group was placed here before anywhere else. `held`: how many records speak for the claim.
CLAIMS = """
CREATE TEMP TABLE unit_claim ON COMMIT DROP AS
WITH history AS (
    SELECT seat.label, seat.record_id, p.employer_id, p.ended_at IS NULL AS open,
        p.id = min(p.id) OVER past AS first, p.id = max(p.id) OVER past AS last
    FROM unit_seat AS seat JOIN placement AS p ON p.record_id = seat.record_id
    WINDOW past AS (PARTITION BY seat.record_id)
), known AS (
    SELECT history.*, e.merged_into IS NULL AND e.ended_at IS NULL AS live,
        count(*) FILTER (WHERE last) OVER (PARTITION BY label) AS placed
    FROM history JOIN employer AS e ON e.id = history.employer_id
    WHERE CASE WHEN e.merged_into IS NOT NULL THEN true WHEN e.ended_at IS NOT NULL THEN last ELSE open END
), claim AS (
    SELECT label, employer_id, bool_or(live) AS live, bool_or(first) AS first, min(record_id) AS low,
        bool_or(live) OR count(DISTINCT record_id) = max(placed) AS whole
    FROM known GROUP BY label, employer_id
)
SELECT claim.*, count(*) OVER (PARTITION BY employer_id) = 1 AS alone FROM claim"""

# One group holds an id: one that was here from the first and has no other id to itself, in the county the unit had.
# The survivor of a group is the lowest of its living ids, else the lowest of those it once had, else a new one.
HOLDERS = """
CREATE TEMP TABLE unit_holder ON COMMIT DROP AS
WITH weighed AS (
    SELECT *, count(*) FILTER (WHERE alone AND whole) OVER (PARTITION BY label)
        - CASE WHEN alone AND whole THEN 1 ELSE 0 END > 0 AS has_other
    FROM unit_claim
), at_home AS (
    SELECT DISTINCT claim.label, claim.employer_id, true AS same_county
    FROM unit_claim AS claim
    JOIN employer AS e ON e.id = claim.employer_id
    JOIN unit_node AS node ON node.label = claim.label AND node.county = e.county
    WHERE NOT claim.alone
), held AS (
    SELECT DISTINCT ON (employer_id) employer_id, label, live
    FROM weighed LEFT JOIN at_home USING (label, employer_id)
    ORDER BY employer_id, first DESC, has_other, same_county NULLS LAST, low
)
SELECT employer_id, label, live, first_value(employer_id) OVER (
    PARTITION BY label ORDER BY live DESC, employer_id) AS survivor
FROM held"""

UNITS = """
CREATE TEMP TABLE unit_id ON COMMIT DROP AS
SELECT label, coalesce(survivor, nextval(pg_get_serial_sequence('employer', 'id'))) AS unit,
    survivor IS NULL AS fresh, alone
FROM (
    SELECT seat.label, bool_and(NOT seat.current OR seat.record_id = seat.label) AS alone
    FROM unit_seat AS seat GROUP BY seat.label
) AS label
LEFT JOIN (SELECT DISTINCT label, survivor FROM unit_holder) AS holder USING (label)
ORDER BY label"""

SURVIVE = """
UPDATE employer AS e
SET merged_into = nullif(h.survivor, e.id), ended_at = NULL
FROM unit_holder AS h
WHERE e.id = h.employer_id
AND (e.merged_into IS DISTINCT FROM nullif(h.survivor, e.id) OR e.ended_at IS NOT NULL)"""
# an id that led to a unit now taken over leads to the new unit in one step
FOLLOW = """
UPDATE employer AS e SET merged_into = h.survivor
FROM unit_holder AS h
WHERE e.merged_into = h.employer_id AND h.survivor <> h.employer_id AND e.id <> h.survivor"""

# Every record of the lines in scope and the unit it now speaks of; none where its line is no employer's.
DUE = """
CREATE TEMP TABLE unit_due ON COMMIT DROP AS
SELECT coalesce(seat.record_id, p.record_id) AS record_id, p.id AS placement_id, p.employer_id AS was, u.unit
FROM unit_seat AS seat
JOIN unit_id AS u ON u.label = seat.label
FULL JOIN (SELECT * FROM placement WHERE ended_at IS NULL {among}) AS p ON p.record_id = seat.record_id
WHERE p.employer_id IS DISTINCT FROM u.unit"""
AMONG = """AND record_id IN (
    SELECT r.id FROM record AS r JOIN unit_scope AS s ON s.entry = r.entry)"""
END = "UPDATE placement AS p SET ended_at = now() FROM unit_due AS d WHERE p.id = d.placement_id"
PLACE = """
INSERT INTO placement (record_id, employer_id)
SELECT record_id, unit FROM unit_due WHERE unit IS NOT NULL ORDER BY record_id"""
# set against set: with statistics of a moment ago, a look-up per unit once took minutes
EMPTY = """
UPDATE employer AS e SET ended_at = now()
FROM (
    SELECT was FROM unit_due WHERE was IS NOT NULL
    EXCEPT SELECT employer_id FROM placement WHERE ended_at IS NULL
) AS gone
WHERE e.id = gone.was AND e.merged_into IS NULL AND e.ended_at IS NULL"""


def decide_ids(db: Session) -> None:
    """Leave in `unit_id` which unit each label of `unit_node` is, `alone` where one current row tells all."""
    for table, statement in (
        ("unit_seat", SEATS),
        ("unit_claim", CLAIMS),
        ("unit_holder", HOLDERS),
        ("unit_id", UNITS),
    ):
        db.execute(text(f"DROP TABLE IF EXISTS pg_temp.{table}"))
        db.execute(text(statement))
        db.execute(text(f"ANALYZE {table}"))


def place_records(db: Session, *, all_lines: bool) -> int:
    """Write what changed: ended and new placements, ids taken over, given back or ended. How many records moved."""
    db.execute(text("DROP TABLE IF EXISTS pg_temp.unit_due"))
    db.execute(text(DUE.format(among="" if all_lines else AMONG)))
    db.execute(text("ANALYZE unit_due"))
    db.execute(text(SURVIVE))
    db.execute(text(FOLLOW))
    db.execute(text(END))
    db.execute(text(PLACE))
    moved = int(db.scalar(text("SELECT count(*) FROM unit_due")) or 0)
    refresh_statistics(db, "placement", changed=moved)
    db.execute(text(EMPTY))
    return moved
