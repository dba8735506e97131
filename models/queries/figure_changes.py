"""What lies between two cuts: the members whose place in U changed, with what decides why (1.7).

`figure_before` holds the members of the earlier cut, `figure_unit` those of the later one.
"""

from collections import defaultdict
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.rules.figure_changes import Around, Held, changes

HELD = "county, based, removed, declared, declared_on, added_on, added_reason"
KEEP = f"""
    CREATE TEMP TABLE figure_before ON COMMIT DROP AS
    SELECT employer_id, unit, {HELD} FROM figure_unit WHERE population = 'N'"""
OPEN = "NOT removed AND NOT declared"
CHANGED = f"""
    CREATE TEMP TABLE figure_changed ON COMMIT DROP AS
    SELECT DISTINCT employer_id FROM (
        (SELECT county, employer_id FROM figure_before WHERE {OPEN}
        EXCEPT SELECT county, employer_id FROM figure_unit WHERE population = 'N' AND {OPEN})
        UNION ALL
        (SELECT county, employer_id FROM figure_unit WHERE population = 'N' AND {OPEN}
        EXCEPT SELECT county, employer_id FROM figure_before WHERE {OPEN})
    ) one"""
BEFORE = f"SELECT employer_id, {HELD} FROM figure_before JOIN figure_changed USING (employer_id)"
NOW = f"SELECT employer_id, {HELD} FROM figure_unit JOIN figure_changed USING (employer_id) WHERE population = 'N'"
# An approval that had been counted ended; and the approval of who is in nobody's N any more.
FELL = """
    SELECT DISTINCT b.employer_id FROM figure_before b JOIN figure_changed USING (employer_id)
    JOIN figure_fallen f ON f.unit = b.unit AND f.to_on > b.declared_on WHERE b.declared"""
DECLARED = """
    SELECT b.employer_id, min(t.declared_on) AS declared_on FROM figure_before b JOIN figure_changed USING (employer_id)
    JOIN target t ON t.campaign = :campaign AND t.employer_id = b.unit AND t.declared GROUP BY 1"""
BASELINES = """
    SELECT CASE WHEN county = :city THEN '' ELSE county END AS county, as_of FROM snapshot
    WHERE campaign = :campaign AND kind = 'baseline' AND recorded_at <= :known_at"""
STORE = "INSERT INTO figure_act (kind, county, employer_id) VALUES (:kind, :county, :employer_id)"


def keep_members(db: Session) -> None:
    """Remember the members of the cut laid out now as those before."""
    db.execute(text("DROP TABLE IF EXISTS pg_temp.figure_before"))
    db.execute(text(KEEP))
    db.execute(text("ANALYZE figure_before"))


def lay_causes(db: Session, campaign: Campaign, known_at: object) -> None:
    """Add each changed unit with its cause to `figure_act`, under `cause:…`."""
    db.execute(text("DROP TABLE IF EXISTS pg_temp.figure_changed"))
    db.execute(text(CHANGED))
    given = {"campaign": campaign.key, "city": campaign.city.code, "known_at": known_at}
    baselines: dict[str, date] = {row.county: row.as_of for row in db.execute(text(BASELINES), given)}
    fell = set(db.scalars(text(FELL)))
    declared = {row.employer_id: row.declared_on for row in db.execute(text(DECLARED), given)}
    before, now = _held(db, BEFORE), _held(db, NOW)
    rows = [
        {"kind": f"cause:{one.cause}", "county": one.county, "employer_id": number}
        for number in sorted(before.keys() | now.keys())
        for one in changes(
            before[number], now[number], Around(baselines, number in fell, declared.get(number))
        )
    ]
    if rows:
        db.execute(text(STORE), rows)


def _held(db: Session, statement: str) -> defaultdict[int, list[Held]]:
    found: defaultdict[int, list[Held]] = defaultdict(list)
    for number, *held in db.execute(text(statement)):
        found[number].append(Held(*held))
    return found
