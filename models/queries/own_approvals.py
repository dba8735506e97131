"""Approvals given in our own review that the platform does not show (yet): counted apart, never in D (Q1, C28)."""

# Where each declaration of our own review stood at the end of the day, as known then. Steps of one declaration are
# never dated before the one they follow, so the last one up to the day tells.
STOOD = """
    SELECT DISTINCT ON (e.declaration_id) e.declaration_id, d.registrant_id, e.to_state AS state,
        e.effective_on AS since, e.version, e.number
    FROM declaration_event e JOIN filed_declaration d ON d.id = e.declaration_id AND d.source <> 'platform'
    WHERE e.effective_on <= :as_of AND coalesce(e.recorded_at <= :known_at, true)
    ORDER BY e.declaration_id, e.number DESC"""
# Every number a unit has or had then, with the unit among the targets of the day (Q10); the survivors must be laid.
UNITS = """
    unit AS (
        SELECT employer_id AS number, employer_id, county, declared FROM target WHERE campaign = :campaign
        UNION ALL
        SELECT v.merged, t.employer_id, t.county, t.declared
        FROM target_survivor v JOIN target t ON t.campaign = :campaign AND t.employer_id = v.survivor
    )"""
# Whose registrant each was then: told by the first change of it since.
REGISTRANTS = """
    filer AS (
        SELECT g.id, g.name, g.county, g.reviewer,
            CASE WHEN changed.subject IS NULL THEN g.employer_id ELSE changed.unit END AS employer_id
        FROM registrant g LEFT JOIN (
            SELECT DISTINCT ON (subject) subject, CAST(detail ->> 'before' AS bigint) AS unit FROM event
            WHERE act = 'registrant.unit' AND recorded_at > CAST(:known_at AS timestamptz) ORDER BY subject, id
        ) changed ON changed.subject = concat('registrant:', g.id)
    )"""
OWN = f"""
    WITH {UNITS}, {REGISTRANTS}, stood AS ({STOOD})
    SELECT DISTINCT ON (coalesce(u.employer_id, -g.id)) coalesce(u.county, g.county) AS county, u.employer_id,
        stood.declaration_id AS declaration, stood.since AS approved_on
    FROM stood JOIN filer g ON g.id = stood.registrant_id
    LEFT JOIN unit u ON u.number = g.employer_id
    WHERE stood.state = '已审核' AND u.declared IS NOT TRUE
    ORDER BY coalesce(u.employer_id, -g.id), stood.since, stood.declaration_id"""
