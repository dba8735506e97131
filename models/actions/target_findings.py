"""What the counties found of their units, laid out beside the basis of the targets (C25, 1.7)."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.target_basis import Moment, among, lay
from models.campaign import Campaign
from models.verification import Finding

# The newest verdict in force on each unit. A duplicate counts only beside a living unit that is none itself.
WORDS = """
    INSERT INTO target_word
    WITH said AS (
        SELECT DISTINCT ON (coalesce(v.survivor, w.employer_id)) coalesce(v.survivor, w.employer_id) AS unit,
            w.finding, w.since, w.effective_on, coalesce(o.survivor, w.duplicate_of) AS other
        FROM verdict w
        LEFT JOIN target_survivor v ON v.merged = w.employer_id
        LEFT JOIN target_survivor o ON o.merged = w.duplicate_of
        WHERE w.campaign = :campaign AND w.effective_on <= :as_of AND {holds}
        ORDER BY 1, w.effective_on DESC, w.id DESC
    )
    SELECT unit, finding, since, effective_on FROM said
    WHERE (finding <> :duplicate OR other <> unit
        AND EXISTS (SELECT FROM {facts} f WHERE f.id = said.other AND {living})
        AND NOT EXISTS (SELECT FROM said o WHERE o.unit = said.other AND o.finding = :duplicate)) {only}"""
MOVED = """
    INSERT INTO target_moved
    SELECT DISTINCT ON (coalesce(v.survivor, t.employer_id)) coalesce(v.survivor, t.employer_id), t.to_county
    FROM transfer t LEFT JOIN target_survivor v ON v.merged = t.employer_id
    WHERE t.campaign = :campaign AND t.answer = 'accepted' AND t.answered_on <= :as_of AND {holds} {only}
    ORDER BY 1, t.answered_on DESC, t.answered_at DESC, t.id DESC"""


def lay_findings(db: Session, campaign: Campaign, moment: Moment, *, only: str | None) -> None:
    """What the counties found of their units, and which county took a unit over (C25, 1.7)."""
    lay(db, "target_word", "employer_id bigint PRIMARY KEY, finding text, since date, effective_on date")
    lay(db, "target_moved", "employer_id bigint PRIMARY KEY, county text")
    words, moved = "(w.ended_on IS NULL OR w.ended_on > :as_of)", "true"
    if moment.known_at:
        words = "w.recorded_at <= :known_at AND (w.ended_on IS NULL OR w.ended_on > :as_of OR w.ended_at > :known_at)"
        moved = "t.answered_at <= :known_at"
    living = "f.merged_into IS NULL AND f.ended_at IS NULL" if moment.facts == "employer" else "true"
    given = {"campaign": campaign.key, "as_of": moment.as_of, "known_at": moment.known_at}
    statement = WORDS.format(holds=words, facts=moment.facts, living=living, only=among(only, "unit"))
    db.execute(text(statement), given | {"duplicate": Finding.DUPLICATE})
    which = among(only, "coalesce(v.survivor, t.employer_id)")
    db.execute(text(MOVED.format(holds=moved, only=which)), given)
    db.execute(text("ANALYZE target_word, target_moved"))
