"""From records to units: partition, permanent ids, facts (Q10).

The partition is a function of the current records and the standing judgements alone, so no order of loading and no
repetition can change it; a settling of the touched lines ends where a settling of everything would.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.components import join_labels
from models.actions.facts import write_facts
from models.actions.placement import decide_ids, place_records
from models.actions.statistics import refresh_statistics
from models.actions.unit_codes import join_codes
from models.actions.unit_names import join_names
from models.actions.unit_scope import MERGES, lay_nodes
from models.rules.facts import Precedence

MERGED = f"""
SELECT one.label, other.label
FROM ({MERGES}) AS said
JOIN unit_node AS one ON one.entry = said.entry
JOIN unit_node AS other ON other.entry = said.other_entry"""


def resolve_units(db: Session, precedence: Precedence, touched_entries: str | None = None) -> int:
    """Settle which unit every record speaks of, and the units' facts; how many records were placed anew.

    `touched_entries`: a table with the lines (`entry`) that changed, appeared or were judged; None settles all.
    """
    db.execute(text("SET LOCAL work_mem = '128MB'"))
    lay_nodes(db, touched_entries)
    join_codes(db)
    join_names(db)
    join_labels(db, MERGED)
    decide_ids(db)
    moved = place_records(db, all_lines=touched_entries is None)
    write_facts(db, precedence)
    refresh_statistics(db, "employer", changed=moved)
    return moved
