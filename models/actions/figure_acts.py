"""The work done until a day, as far as it was known at an instant, laid out as `figure_act`: one row per counted thing.

A unit's work counts where N holds the unit, else where it is; a training where it was held (C11, C13–C15).
"""

from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.target_basis import lay
from models.campaign import Campaign
from models.fieldwork import Part
from models.queries.knowledge_words import stood

ACTS = f"""
    INSERT INTO figure_act
    WITH place AS (
        SELECT DISTINCT ON (unit) unit, county FROM (
            SELECT unit, county, removed FROM figure_unit WHERE population = 'N'
            UNION ALL SELECT employer_id, coalesce(county, ''), NULL FROM target WHERE campaign = :campaign
        ) held ORDER BY unit, removed NULLS LAST, county
    ), done AS (
        SELECT 'work:visits' AS kind, id AS act, employer_id, done_on FROM visit t
        WHERE campaign = :campaign AND done_on <= :as_of AND {stood("t")}
        UNION ALL SELECT 'work:assigned', id, employer_id, assigned_on FROM guidance t
        WHERE campaign = :campaign AND assigned_on <= :as_of AND {stood("t")}
            AND (closed_on IS NULL OR closed_on > :as_of OR closed_at > :known_at)
    ), reached AS (
        SELECT 'work:notified' AS kind, n.employer_id, d.settled_on AS done_on
        FROM notice_delivery d JOIN notice n ON n.id = d.notice_id JOIN notice_round r ON r.id = n.round_id
        WHERE r.campaign = :campaign AND n.variant = '申报' AND d.state IN ('delivered', 'left')
            AND d.settled_on <= :as_of AND coalesce(d.settled_at <= :known_at, true)
        UNION ALL SELECT 'work:visited', employer_id, done_on FROM done WHERE kind = 'work:visits'
        UNION ALL SELECT 'work:trained', u.employer_id, t.done_on
        FROM training_unit u JOIN training t ON t.id = u.training_id
        WHERE u.campaign = :campaign AND u.part = :attended AND t.done_on <= :as_of AND {stood("t")} AND {stood("u")}
    ), once AS (
        SELECT kind, coalesce(v.survivor, r.employer_id) AS unit, min(done_on) AS done_on
        FROM reached r LEFT JOIN target_survivor v ON v.merged = r.employer_id GROUP BY 1, 2
    ), each AS (
        SELECT d.kind, d.act, coalesce(v.survivor, d.employer_id) AS unit, d.done_on
        FROM done d LEFT JOIN target_survivor v ON v.merged = d.employer_id
        UNION ALL SELECT kind, NULL, unit, done_on FROM once
    )
    SELECT e.kind, coalesce(p.county, ''), e.act, e.unit, e.done_on FROM each e LEFT JOIN place p USING (unit)
    UNION ALL SELECT 'work:trainings', CASE WHEN t.county = :city THEN '' ELSE t.county END, t.id, NULL, t.done_on
    FROM training t WHERE t.campaign = :campaign AND t.done_on <= :as_of AND {stood("t")}"""


def lay_acts(db: Session, campaign: Campaign, as_of: date, known_at: datetime) -> None:
    """After the units of the same day."""
    lay(db, "figure_act", "kind text, county text, act bigint, employer_id bigint, done_on date")
    given = {"campaign": campaign.key, "city": campaign.city.code, "as_of": as_of, "known_at": known_at}
    db.execute(text(ACTS), given | {"attended": Part.ATTENDED})
