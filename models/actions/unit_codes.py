"""Rows of one code are one unit unless there is positive evidence of another workplace (Q10, F16, F17).

The same holds of rows that share a registration number and a name. Evidence: a workplace county, a branch's name, or
是否分支机构 together with another name or county. A county read from the registered address is no evidence.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.rules.units import above_county, county_pattern, county_words

# Most codes that several rows share raise no question at all.
SEVERAL = """
CREATE TEMP TABLE unit_several ON COMMIT DROP AS
SELECT key, apart, min(id) AS label,
    bool_or(branch_part <> '') OR coalesce(bool_or(is_branch), false)
        OR coalesce(min(workplace) <> max(workplace), false) AS in_question
FROM unit_node WHERE key IS NOT NULL GROUP BY key, apart HAVING count(*) > 1"""
UNQUESTIONED = """
UPDATE unit_node AS node SET label = several.label
FROM unit_several AS several
WHERE several.key = node.key AND several.apart = node.apart AND NOT several.in_question
AND several.label <> node.id"""
SHARED = """
CREATE TEMP TABLE unit_shared ON COMMIT DROP AS
SELECT node.id, several.label AS one, node.branch_part, node.is_branch, node.name_core, node.county, node.workplace,
    node.parent_code IS NOT NULL AND 'c' || node.parent_code <> node.key AS own_code,
    node.branch_part AS branch, node.workplace AS place
FROM unit_node AS node
JOIN unit_several AS several ON several.key = node.key AND several.apart = node.apart
WHERE several.in_question"""

# 柳江分公司, 柳州市柳江区分公司 and, in 柳江区, 分公司 are one name. A county named apart from the workplace stays in
# the name: 柳江分公司 at a workplace in 柳南区 is not 柳南分公司.
BRANCHES = """
WITH named AS (
    SELECT id, word, regexp_replace(substr(bare, length(word) + 1), '^[区县]', '') AS rest
    FROM (
        SELECT id, bare, coalesce(substring(bare FROM :county), '') AS word
        FROM (SELECT id, regexp_replace(branch_part, :above, '') AS bare FROM unit_shared WHERE branch_part <> '') AS x
    ) AS y
)
UPDATE unit_shared AS s
SET place = coalesce(s.workplace, c.code),
    branch = CASE WHEN named.rest = '' OR s.workplace <> c.code THEN s.branch_part ELSE named.rest END
FROM named
LEFT JOIN unnest(CAST(:words AS text[]), CAST(:codes AS text[])) AS c (word, code) ON c.word = named.word
WHERE named.id = s.id"""

# Said to be a branch, without a branch's name: so it is when the principal is there under another name or county.
SAID_BRANCHES = """
UPDATE unit_shared AS s SET branch = '分支机构 ' || s.name_core, place = s.county
WHERE s.branch_part = '' AND s.is_branch
AND EXISTS (
    SELECT FROM unit_shared AS o
    WHERE o.one = s.one AND o.branch_part = '' AND o.is_branch IS NOT TRUE)
AND NOT EXISTS (
    SELECT FROM unit_shared AS o
    WHERE o.one = s.one AND o.branch_part = '' AND o.is_branch IS NOT TRUE
    AND o.name_core = s.name_core AND coalesce(o.county = s.county, true))"""

# A branch with a code of its own (F17): the one branch there is also meant where its name was left out.
OWN_CODES = """
UPDATE unit_shared AS s SET branch = own.branch
FROM (
    SELECT one, min(branch) AS branch FROM unit_shared WHERE branch <> ''
    GROUP BY one HAVING bool_or(own_code) AND count(DISTINCT branch) = 1
) AS own
WHERE own.one = s.one AND s.branch = ''
AND NOT EXISTS (
    SELECT FROM unit_shared AS o
    WHERE o.one = s.one AND o.branch = '' AND o.is_branch IS FALSE)"""

# A row without a workplace county goes to the only place there is; of several, to the one its registered county
# names; else a principal's row to the stated principal or the lowest code, a branch's row stays by itself.
LABELS = """
WITH spread AS (
    SELECT *, min(place) OVER named AS low, max(place) OVER named AS high,
        min(place) FILTER (WHERE is_branch IS FALSE) OVER named AS head
    FROM unit_shared WINDOW named AS (PARTITION BY one, branch)
), settled AS (
    SELECT spread.id, spread.one, spread.branch, CASE
        WHEN spread.place IS NOT NULL THEN spread.place
        WHEN spread.low = spread.high THEN spread.low
        WHEN there.place IS NOT NULL THEN there.place
        WHEN spread.branch = '' THEN coalesce(spread.head, spread.low) END AS place
    FROM spread
    LEFT JOIN (SELECT DISTINCT one, branch, place FROM unit_shared) AS there
        ON there.one = spread.one AND there.branch = spread.branch AND there.place = spread.county
), labelled AS (SELECT id, min(id) OVER (PARTITION BY one, branch, place) AS label FROM settled)
UPDATE unit_node AS node SET label = labelled.label
FROM labelled WHERE labelled.id = node.id AND labelled.label <> node.id"""


def join_codes(db: Session) -> None:
    """Give the rows in `unit_node` that share a code (or number and name) the labels of their units."""
    words = county_words()
    db.execute(text("DROP TABLE IF EXISTS pg_temp.unit_several, pg_temp.unit_shared"))
    db.execute(text(SEVERAL))
    db.execute(text("ANALYZE unit_several"))
    db.execute(text(UNQUESTIONED))
    db.execute(text(SHARED))
    db.execute(text("CREATE INDEX ON unit_shared (one)"))
    db.execute(text("ANALYZE unit_shared"))
    named = {"county": county_pattern(), "words": list(words), "codes": list(words.values())}
    db.execute(text(BRANCHES), named | {"above": above_county()})
    db.execute(text(SAID_BRANCHES))
    db.execute(text(OWN_CODES))
    db.execute(text(LABELS))
