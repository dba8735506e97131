"""Rows without a valid code: normal name, county and address or phone decide (Q10). Never guessed between two.

Levels of fit: 1 same name and county with a like address or the same phone, or same registration number and name;
2 the row's workplace county is unknown, and phone or address are the same, or the county differs, but the address is
the same and nobody else in the city has the name; 3 same name and county, one address missing, or a name that differs
in region or form alone (有限公司, 有限责任公司), with a like address or the same phone.
Where the best level offers one unit, the row joins it; where it offers several, the row stays by itself.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.components import join_labels
from models.rules.units import FORM, MANY_ADDRESSES, similar

# Rows without a code and every row of their names or numbers; a row that a person split off is nobody's.
NEAR = f"""
CREATE TEMP TABLE unit_near ON COMMIT DROP AS
WITH uncoded AS (SELECT name_key, name_core, county, legacy_code FROM unit_node WHERE tier > 1 AND apart = 0)
SELECT node.*, {FORM.format(name="node.name_key")} AS form FROM unit_node AS node
WHERE node.apart = 0 AND (
    node.tier > 1
    OR node.name_key IN (SELECT name_key FROM uncoded WHERE name_key IS NOT NULL)
    OR (node.name_core, node.county) IN (SELECT name_core, county FROM uncoded WHERE county IS NOT NULL)
    OR node.legacy_code IN (SELECT legacy_code FROM uncoded WHERE legacy_code IS NOT NULL))"""

# Which addresses under one sort of name and county may be one place, an address and itself included.
ALIKE = f"""
CREATE TEMP TABLE unit_alike ON COMMIT DROP AS
WITH spot AS (
    SELECT name_core, county, address_key, count(*) OVER (PARTITION BY name_core, county) AS addresses
    FROM unit_near WHERE name_key IS NOT NULL AND county IS NOT NULL AND address_key IS NOT NULL
    GROUP BY name_core, county, address_key
)
SELECT name_core, county, one.address_key AS one, other.address_key AS other
FROM spot AS one
JOIN spot AS other USING (name_core, county)
WHERE one.address_key = other.address_key
OR one.addresses <= {MANY_ADDRESSES} AND {similar("one.address_key", "other.address_key")}"""

# Rows without code or number among themselves: each tied to the first of its kind, and like places to each other.
PLAIN = "FROM unit_near WHERE tier = 3 AND name_key IS NOT NULL"
PLAIN_EDGES = f"""
SELECT id, min(id) OVER (PARTITION BY name_key, county, address_key) {PLAIN} AND address_key IS NOT NULL
UNION ALL
SELECT id, min(id) OVER (PARTITION BY name_key, county, phone) {PLAIN} AND phone IS NOT NULL
UNION ALL
SELECT one.id, other.id
FROM unit_alike AS alike
JOIN (SELECT name_key, name_core, county, address_key, min(id) AS id {PLAIN} GROUP BY 1, 2, 3, 4) AS one
    ON one.name_core = alike.name_core AND one.county = alike.county AND one.address_key = alike.one
JOIN (SELECT name_key, name_core, county, address_key, min(id) AS id {PLAIN} GROUP BY 1, 2, 3, 4) AS other
    ON other.name_key = one.name_key AND other.name_core = alike.name_core AND other.county = alike.county
    AND other.address_key = alike.other
WHERE alike.one < alike.other"""
# Groups that know no address at all, under one name and county.
BARE_EDGES = """
SELECT label, min(label) OVER (PARTITION BY name_key, county)
FROM unit_near WHERE tier = 3 AND name_key IS NOT NULL AND county IS NOT NULL
AND label IN (SELECT label FROM unit_near WHERE tier = 3 GROUP BY label HAVING count(address_key) = 0)"""

# Whether any row of a group tells an address, be it under another name.
TOLD = """
CREATE TEMP TABLE unit_told ON COMMIT DROP AS
SELECT label, count(address_key) > 0 AS told FROM unit_node
WHERE label IN (SELECT label FROM unit_near) GROUP BY label"""

NAMED = """t.name_key = f.name_key AND t.county = f.county"""
# between two rows without a code the one that knows less joins the one that knows more
ELSEWHERE = """t.name_key = f.name_key AND t.county IS DISTINCT FROM f.county AND f.workplace IS NULL
    AND (t.tier < f.tier OR t.workplace IS NOT NULL OR f.county IS NULL AND t.county IS NOT NULL)"""
# the county cell of one of them is in error, where no third unit has the name
MISPLACED = """t.name_key = f.name_key AND t.county IS DISTINCT FROM f.county AND t.address_key = f.address_key
    AND NOT EXISTS (
        SELECT FROM unit_near AS o WHERE o.name_key = f.name_key AND o.label NOT IN (f.label, t.label)
        AND (o.tier < f.tier OR t.tier = f.tier))"""
# the same firm by another form of its name
CALLED = """t.name_core = f.name_core AND t.county = f.county AND t.branch_part = f.branch_part
    AND t.name_key <> f.name_key AND coalesce(t.form = f.form, true)"""
ALIKE_TO = """
    JOIN unit_alike AS a ON a.name_core = f.name_core AND a.county = f.county AND a.one = f.address_key
    JOIN unit_near AS t ON {which} AND t.address_key = a.other"""
SAME_NUMBER = """
    JOIN unit_near AS t ON t.legacy_code = f.legacy_code AND t.name_core = f.name_core
        AND t.branch_part = f.branch_part AND coalesce(t.workplace = f.workplace, true)"""
ADDRESS_MISSING = f"""
    JOIN unit_told AS mine ON mine.label = f.label
    JOIN unit_near AS t ON {NAMED}
    JOIN unit_told AS yours ON yours.label = t.label AND (NOT mine.told OR NOT yours.told AND t.tier < f.tier)"""
SAME_PLACE = (
    (1, ALIKE_TO.format(which=NAMED)),
    (1, f"JOIN unit_near AS t ON {NAMED} AND t.phone = f.phone"),
    (1, SAME_NUMBER),
)
OTHER_COUNTY = (
    (2, f"JOIN unit_near AS t ON {ELSEWHERE} AND t.phone = f.phone"),
    (2, f"JOIN unit_near AS t ON {ELSEWHERE} AND t.address_key = f.address_key"),
    (2, f"JOIN unit_near AS t ON {MISPLACED}"),
)
NO_ADDRESS = ((3, ADDRESS_MISSING),)
OTHER_FORM = (
    (3, ALIKE_TO.format(which=CALLED)),
    (3, f"JOIN unit_near AS t ON {CALLED} AND t.phone = f.phone"),
)
FIT = """
SELECT f.label AS here, t.label AS there, t.tier, {level} AS level
FROM unit_near AS f {joined}
WHERE {which} AND f.label <> t.label"""
ATTACH = """
SELECT here, min(there)
FROM (
    SELECT here, there, min(level * 10 + tier) OVER (PARTITION BY here) = level * 10 + tier AS best FROM unit_fit
) AS ranked
WHERE best GROUP BY here HAVING count(DISTINCT there) = 1"""
# Who joins whom, in this order. Rows with neither code nor number join each other only where no unit with a code or
# number was or is in question.
UNMET = "f.tier = 3 AND t.tier = 3 AND NOT EXISTS (SELECT FROM unit_met AS m WHERE m.id = f.id)"
STEPS = (
    ("f.tier = 2 AND t.tier = 1", SAME_PLACE + OTHER_COUNTY + NO_ADDRESS + OTHER_FORM),
    ("f.tier = 3 AND t.tier < 3", SAME_PLACE + OTHER_COUNTY + NO_ADDRESS + OTHER_FORM),
    (UNMET, NO_ADDRESS),
    (UNMET, OTHER_COUNTY),
    (UNMET, OTHER_FORM),
)
MET = """
CREATE TEMP TABLE unit_met ON COMMIT DROP AS
SELECT near.id FROM unit_near AS near WHERE near.label IN (SELECT here FROM unit_fit)"""
# joined to a unit with a code by the last step
MET_SINCE = """
INSERT INTO unit_met
SELECT near.id FROM unit_near AS near
WHERE near.tier = 3 AND near.label IN (SELECT label FROM unit_near WHERE tier < 3)"""


def join_names(db: Session) -> None:
    """Let the rows in `unit_node` that have no code join the unit they fit, if exactly one does."""
    _lay(db, "unit_near", NEAR)
    if not db.scalar(text("SELECT EXISTS (SELECT FROM unit_near)")):
        return
    _lay(db, "unit_alike", ALIKE)
    join_labels(db, PLAIN_EDGES, also="unit_near")
    join_labels(db, BARE_EDGES, also="unit_near")
    for number, (which, ways) in enumerate(STEPS):
        if NO_ADDRESS[0] in ways:
            _lay(db, "unit_told", TOLD)
        fits = " UNION ".join(FIT.format(level=level, joined=joined, which=which) for level, joined in ways)
        _lay(db, "unit_fit", f"CREATE TEMP TABLE unit_fit ON COMMIT DROP AS {fits}")
        if number == 1:
            _lay(db, "unit_met", MET)
        join_labels(db, ATTACH, also="unit_near")
        if number > 1:
            db.execute(text(MET_SINCE))


def _lay(db: Session, table: str, statement: str) -> None:
    db.execute(text(f"DROP TABLE IF EXISTS pg_temp.{table}"))
    db.execute(text(statement))
    db.execute(text(f"ANALYZE {table}"))
