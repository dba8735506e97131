"""Joining labels that edges connect: the smallest label of a component becomes everybody's."""

from sqlalchemy import text
from sqlalchemy.orm import Session

EDGES = """
CREATE TEMP TABLE unit_edge ON COMMIT DROP AS
SELECT DISTINCT a, b FROM ({edges}) AS pairs (a, b) WHERE a <> b"""
START = """
CREATE TEMP TABLE unit_part ON COMMIT DROP AS
SELECT DISTINCT end_ AS id, end_ AS label FROM (SELECT a FROM unit_edge UNION ALL SELECT b FROM unit_edge) AS ends (end_)"""
SPREAD = """
UPDATE unit_part AS part SET label = near.label
FROM (
    SELECT ends.id, min(there.label) AS label
    FROM (SELECT a AS id, b AS other FROM unit_edge UNION ALL SELECT b, a FROM unit_edge) AS ends
    JOIN unit_part AS there ON there.id = ends.other
    GROUP BY ends.id
) AS near
WHERE part.id = near.id AND near.label < part.label"""
# a chain halves with every round instead of passing one link at a time
SHORTEN = """
UPDATE unit_part AS part SET label = ahead.label
FROM unit_part AS ahead WHERE ahead.id = part.label AND ahead.label < part.label"""
TAKE = """
UPDATE {nodes} AS node SET label = part.label
FROM unit_part AS part WHERE part.id = node.label AND part.label <> node.label"""


def join_labels(db: Session, edges: str, *, also: str | None = None) -> None:
    """Relabel `unit_node` (and `also`) along `edges`, a SELECT of pairs (a, b) of labels."""
    db.execute(text("DROP TABLE IF EXISTS pg_temp.unit_edge, pg_temp.unit_part"))
    db.execute(text(EDGES.format(edges=edges)))
    db.execute(text(START))
    db.execute(text("ANALYZE unit_edge, unit_part"))
    while db.execute(text(SPREAD)).rowcount:  # type: ignore[attr-defined]
        db.execute(text(SHORTEN))
    for nodes in filter(None, ("unit_node", also)):
        db.execute(text(TAKE.format(nodes=nodes)))
