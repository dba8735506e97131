"""The letters of a round that went out on paper, for whoever hands them over (2.7)."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

LETTERS = """
    SELECT n.number, n.content ->> 'name' AS name, n.town, n.content ->> 'address' AS address, d.state, d.settled_on
    FROM notice n JOIN notice_delivery d ON d.notice_id = n.id AND d.channel = 'print'
    WHERE n.round_id = :round AND n.county = :county AND n.state <> 'held' AND d.state <> 'planned'
    ORDER BY n.number"""


def served_letters(db: Session, number: int, county: str) -> list[dict[str, Any]]:
    """`number`: of the round's row. Those already settled are among them, with their state."""
    return [dict(row) for row in db.execute(text(LETTERS), {"round": number, "county": county}).mappings()]
