"""How each lead ended (C09, C10): a person's word first, else what units and approvals say of its day.

The day of a lead is the data date of the first list that held it. What happens to the unit afterwards is the lead's
merit and changes nothing: a unit that declares later stays 已采纳. No order of loading matters.
"""

from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.inbound import EMPLOYER_KINDS, Kind
from models.lead import LeadOutcome

KINDS = ", ".join(f"'{kind}'" for kind in EMPLOYER_KINDS)
LEADS = f"""
WITH said AS (
    SELECT r.entry, min(b.data_date) AS day, min(r.found_on) AS found_on
    FROM source
    JOIN batch AS b ON b.source_id = source.id
    JOIN sighting AS g ON g.batch_id = b.id
    JOIN record AS r ON r.id = g.record_id
    WHERE source.kind = '{Kind.LEAD}'
    GROUP BY r.entry
), lead AS (
    SELECT DISTINCT ON (r.entry) r.id, r.entry, said.day, coalesce(said.found_on, said.day) AS found_on, p.employer_id
    FROM said
    JOIN record AS r ON r.entry = said.entry AND r.current
    LEFT JOIN placement AS p ON p.record_id = r.id AND p.ended_at IS NULL
    ORDER BY r.entry, r.id
), company AS (
    SELECT lead.entry, min(other.id) IS NOT NULL AS known_before
    FROM lead
    JOIN placement AS p ON p.employer_id = lead.employer_id AND p.ended_at IS NULL
    JOIN record AS other ON other.id = p.record_id AND other.entry <> lead.entry
    JOIN source ON source.id = other.source_id AND source.kind IN ({KINDS})
    JOIN sighting AS g ON g.record_id = other.id
    JOIN batch AS b ON b.id = g.batch_id
    LEFT JOIN lead AS rival ON rival.entry = other.entry
    WHERE CASE WHEN source.kind = '{Kind.LEAD}'
        THEN (coalesce(rival.found_on, b.data_date), other.entry) < (lead.found_on, lead.entry)
        ELSE b.data_date <= lead.day END
    GROUP BY lead.entry
), declared AS (
    SELECT DISTINCT lead.entry
    FROM lead
    JOIN link ON link.employer_id = lead.employer_id AND link.verdict = 'sure' AND link.ended_at IS NULL
    JOIN standing ON standing.entry = link.entry
    AND standing.from_on <= lead.day AND (standing.to_on IS NULL OR standing.to_on > lead.day)
), word AS (
    SELECT DISTINCT ON (entry) entry, id, outcome, reason, by FROM lead_judgement
    WHERE undone_at IS NULL ORDER BY entry, id DESC
)
SELECT lead.entry, r.source_key AS number, lead.day, r.found_on, r.name, r.credit_code, coalesce(e.county, r.county) AS county, r.town,
    r.channel, r.reporter, r.evidence, lead.employer_id AS unit, word.id AS judgement, word.by, word.reason,
    CASE WHEN word.outcome IS NOT NULL THEN word.outcome
        WHEN declared.entry IS NOT NULL THEN '{LeadOutcome.DECLARED}'
        WHEN company.known_before THEN '{LeadOutcome.DUPLICATE}'
        ELSE '{LeadOutcome.ACCEPTED}' END AS outcome
FROM lead
JOIN record AS r ON r.id = lead.id
LEFT JOIN employer AS e ON e.id = lead.employer_id
LEFT JOIN company ON company.entry = lead.entry
LEFT JOIN declared ON declared.entry = lead.entry
LEFT JOIN word ON word.entry = lead.entry
WHERE CAST(:as_of AS date) IS NULL OR lead.day <= :as_of"""
CHOSEN = """
SELECT * FROM ({leads}) AS ended
WHERE (CAST(:county AS text) IS NULL OR county = :county)
AND (CAST(:outcome AS text) IS NULL OR outcome = :outcome)
ORDER BY county, day, entry"""

CALLED = f"""
SELECT DISTINCT r.entry, r.entry::text = :number AS exact
FROM record AS r JOIN source ON source.id = r.source_id AND source.kind = '{Kind.LEAD}'
WHERE r.entry::text = :number OR r.current AND r.source_key = :number
ORDER BY exact DESC, r.entry"""


def leads_called(db: Session, number: str) -> list[int]:
    """The leads a person may mean by a number: ours, or else the one their own list gives."""
    found = db.execute(text(CALLED), {"number": number}).all()
    return [entry for entry, exact in found if exact or not found[0].exact]


def leads(
    db: Session, *, county: str | None = None, outcome: LeadOutcome | None = None, as_of: date | None = None
) -> list[dict[str, Any]]:
    """Every lead up to a day, its unit and its outcome."""
    wanted = {"county": county, "outcome": outcome, "as_of": as_of}
    return [dict(row) for row in db.execute(text(CHOSEN.format(leads=LEADS)), wanted).mappings()]
