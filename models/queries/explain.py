"""Everything that decided about one unit: facts, lists, links, frozen lists, changes (C08)."""

from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.inbound import Kind
from models.queries.fieldwork_history import fieldwork_history

LISTS = """
    SELECT DISTINCT s.kind, s.name AS source, b.data_date, b.file_name, b.sheet, g.row_no, r.name, r.credit_code,
        r.county, r.industry, r.headcount, r.state, r.state_on, r.hazards, r.programme, r.programme_year,
        r.programme_batch, r.channel, r.found_on, r.current
    FROM placement p
    JOIN record r ON r.id = p.record_id
    JOIN source s ON s.id = r.source_id AND s.kind <> :declarations
    JOIN sighting g ON g.record_id = r.id
    JOIN batch b ON b.id = g.batch_id
    WHERE p.employer_id = ANY(:units) AND p.ended_at IS NULL
    ORDER BY b.data_date DESC, s.kind, b.file_name, g.row_no"""
LINKS = """
    SELECT l.id AS link_id, l.verdict, l.method, l.score, l.by, l.reason, l.recorded_at, l.ended_at, l.ended_reason,
        r.declaration_no, r.name, r.credit_code, r.county, r.declaration_state, r.approved_on, r.platform,
        t.from_on, t.to_on, t.presumed
    FROM link l
    LEFT JOIN LATERAL (SELECT * FROM record r WHERE r.entry = l.entry AND r.current ORDER BY r.id LIMIT 1) r ON true
    LEFT JOIN standing t ON t.entry = l.entry
    WHERE l.employer_id = ANY(:units)
    ORDER BY l.ended_at IS NOT NULL, l.verdict, l.id, t.from_on"""
FROZEN = """
    SELECT s.id AS snapshot_id, s.kind, s.county, s.as_of, s.by, s.recorded_at
    FROM snapshot_member m JOIN snapshot s ON s.id = m.snapshot_id
    WHERE m.employer_id = ANY(:units) AND s.campaign = :campaign ORDER BY s.recorded_at, s.id"""
CHANGES = """
    SELECT change, county, reason_code, note, effective_on, by, cancelled_on, cancelled_by, cancelled_reason
    FROM membership_change WHERE employer_id = ANY(:units) AND campaign = :campaign ORDER BY effective_on, id"""
VERDICTS = """
    SELECT v.finding, v.county, v.since, v.other_county, v.duplicate_of, v.declaration_no, v.note, v.effective_on, v.by,
        v.ended_on, v.ended_by, r.file_name, v.row_no
    FROM verdict v LEFT JOIN county_return r ON r.id = v.return_id
    WHERE v.employer_id = ANY(:units) AND v.campaign = :campaign ORDER BY v.effective_on, v.id"""
TRANSFERS = """
    SELECT id AS number, from_county, to_county, asked_on, note, answer, answered_on, answered_by, answer_note
    FROM transfer WHERE employer_id = ANY(:units) AND campaign = :campaign ORDER BY id"""
NUMBERS = """
    WITH RECURSIVE same AS (
        SELECT id FROM employer WHERE id = :unit
        UNION SELECT e.id FROM employer e JOIN same ON e.merged_into = same.id
    )
    SELECT id FROM same ORDER BY id"""


def evidence_of(db: Session, campaign: Campaign, unit: int, as_of: date) -> dict[str, list[dict[str, Any]]]:
    """What the lists and its county say of the unit, its links, the frozen lists it is on, its transfers and changes,
    and the field work on it until the day.

    A unit answers for the numbers that were merged into it.
    """
    units = db.scalars(text(NUMBERS), {"unit": unit}).all()
    given = {"units": list(units), "campaign": campaign.key, "declarations": Kind.DECLARATIONS}
    questions = {"lists": LISTS, "links": LINKS, "frozen": FROZEN, "changes": CHANGES}
    questions |= {"verdicts": VERDICTS, "transfers": TRANSFERS}
    found = {
        name: [dict(row) for row in db.execute(text(question), given).mappings()]
        for name, question in questions.items()
    }
    return found | {"fieldwork": fieldwork_history(db, campaign, as_of, units=units)}
