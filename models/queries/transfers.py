"""Units that one county says are another's: asked, taken, refused (1.7)."""

from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign

TRANSFERS = """
    WITH RECURSIVE led AS (
        SELECT t.employer_id AS number, e.id, e.merged_into FROM transfer t JOIN employer e ON e.id = t.employer_id
        WHERE t.campaign = :campaign
        UNION SELECT led.number, e.id, e.merged_into FROM led JOIN employer e ON e.id = led.merged_into
    )
    SELECT t.id AS number, led.id AS unit, e.name, coalesce(e.credit_code, e.legacy_code) AS credit_code, e.address,
        t.from_county, t.to_county, t.asked_on, t.note,
        CASE WHEN t.answered_on <= :as_of THEN t.answer END AS answer,
        CASE WHEN t.answered_on <= :as_of THEN t.answered_on END AS answered_on,
        t.answered_by, t.answer_note
    FROM transfer t
    JOIN led ON led.number = t.employer_id AND led.merged_into IS NULL
    JOIN employer e ON e.id = led.id
    WHERE t.campaign = :campaign AND t.asked_on <= :as_of
        AND (CAST(:county AS text) IS NULL OR :county IN (t.from_county, t.to_county))
    ORDER BY t.id"""


def transfers(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None
) -> list[dict[str, Any]]:
    """All that were asked for by the day, with the answers given by then."""
    given = {"campaign": campaign.key, "as_of": as_of, "county": county}
    return [dict(row) for row in db.execute(text(TRANSFERS), given).mappings()]


def taken(db: Session, campaign: Campaign, as_of: date) -> dict[int, str]:
    """Unit → the county that took it over last."""
    accepted = [one for one in transfers(db, campaign, as_of) if one["answer"] == "accepted"]
    return {one["unit"]: one["to_county"] for one in sorted(accepted, key=lambda one: one["answered_on"])}
