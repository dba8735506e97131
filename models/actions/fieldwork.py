"""Write the field work after a notice. What is allowed is decided before, in models.rules.

The tables are their own trail of who did what when. They leave no event: none of this decides who must declare,
and an event would make the city's targets be computed again.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, insert
from sqlalchemy.orm import Session

from models.base import Numbered
from models.campaign import Campaign
from models.fieldwork import Recorded
from models.guidance import Guidance


def add_acts(
    db: Session, table: type[Numbered], campaign: Campaign, rows: Sequence[Mapping[str, Any]], *, by: str
) -> list[int]:
    """Store all rows in one statement. Their numbers, in the order given."""
    if not rows:
        return []
    made = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(db.scalars(made, [{"campaign": campaign.key, "by": by, **row} for row in rows]))


def close_guidance(db: Session, guidance: Guidance, result: str, *, on: date, by: str) -> None:
    guidance.closed_on, guidance.result, guidance.closed_by = on, result, by
    guidance.closed_at = func.now()
    db.flush()


def withdraw_act(db: Session, act: Recorded, *, by: str, reason: str) -> None:
    """It was entered by mistake: from now on it counts nowhere, and stays to be seen."""
    act.withdrawn_by, act.withdrawn_reason = by, reason
    act.withdrawn_at = func.now()
    db.flush()
