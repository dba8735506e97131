"""The acts that prove a rung of the ladder: delivered notices, trainings attended, visits (C18)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.fieldwork import Part, Rung

# 留置 counts as delivered (2.7); what was only printed or sent proves nothing
ACTS = """
    SELECT 1 AS rung, n.employer_id, d.settled_on AS done_on
    FROM notice_delivery d JOIN notice n ON n.id = d.notice_id JOIN notice_round r ON r.id = n.round_id
    WHERE r.campaign = :campaign AND n.variant = '申报' AND d.state IN ('delivered', 'left')
    UNION SELECT 2, u.employer_id, t.done_on
    FROM training_unit u JOIN training t ON t.id = u.training_id AND t.withdrawn_at IS NULL
    WHERE u.campaign = :campaign AND u.part = :attended AND u.withdrawn_at IS NULL
    UNION SELECT 3, employer_id, done_on FROM visit WHERE campaign = :campaign AND withdrawn_at IS NULL"""
# a gateway's receipt is no 送达回证: it names nobody who signed
SERVED_ACTS = """
    SELECT n.employer_id, d.settled_on AS done_on
    FROM notice_delivery d JOIN notice n ON n.id = d.notice_id JOIN notice_round r ON r.id = n.round_id
    WHERE r.campaign = :campaign AND n.variant = '申报' AND d.state IN ('delivered', 'left')
        AND d.evidence_sha256 IS NOT NULL"""
LED = """, led AS (
        SELECT DISTINCT a.employer_id AS number, e.id, e.merged_into
        FROM acts a JOIN employer e ON e.id = a.employer_id
        UNION SELECT led.number, e.id, e.merged_into FROM led JOIN employer e ON e.id = led.merged_into
    )"""
SERVED = f"""
    WITH RECURSIVE acts AS ({SERVED_ACTS}){LED}
    SELECT led.id AS unit, min(a.done_on) AS done_on
    FROM acts a JOIN led ON led.number = a.employer_id AND led.merged_into IS NULL
    WHERE led.id = ANY(:units) GROUP BY 1"""
PROVED = f"""
    WITH RECURSIVE acts AS ({ACTS}){LED}
    SELECT led.id AS unit, a.rung, a.done_on
    FROM acts a JOIN led ON led.number = a.employer_id AND led.merged_into IS NULL
    WHERE a.done_on <= :as_of"""


def proved_acts(db: Session, campaign: Campaign, as_of: date) -> dict[int, dict[Rung, list[date]]]:
    """Unit → rung → the days of the acts."""
    found: dict[int, dict[Rung, list[date]]] = defaultdict(lambda: defaultdict(list))
    given = {"campaign": campaign.key, "as_of": as_of, "attended": Part.ATTENDED}
    for row in db.execute(text(PROVED), given):
        found[row.unit][Rung(row.rung)].append(row.done_on)
    return found


def served_on(db: Session, campaign: Campaign, units: Collection[int]) -> dict[int, date]:
    """Unit → the day its notice was served, by the first 送达回证 kept of it (Q20)."""
    given = {"campaign": campaign.key, "units": list(units)}
    return {row.unit: row.done_on for row in db.execute(text(SERVED), given)}
