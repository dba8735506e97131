"""Rows of one code are one unit unless there is positive evidence of another workplace (Q10, F16, F17).

The same holds of rows that share a registration number and a name. Evidence: a workplace county, a branch's name, or
是否分支机构 together with another name or county. A county read from the registered address is no evidence.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.rules.units import above_county, county_pattern, county_words

SHARED = """
CREATE TEMP TABLE unit_shared ON COMMIT DROP AS
SELECT node.id, node.key, node.apart, node.branch_part, node.is_branch, node.name_core, node.county, node.workplace,
    node.parent_code IS NOT NULL AND 'c' || node.parent_code <> node.key AS own_code,
    regexp_replace(node.branch_part, :above, '') AS bare, node.branch_part AS branch, node.workplace AS place
FROM unit_node AS node
JOIN (
    SELECT key, apart FROM unit_node WHERE key IS NOT NULL GROUP BY key, apart HAVING count(*) > 1
) AS several USING (key, apart)"""

# 柳江分公司, 柳州市柳江区分公司 and, in 柳江区, 分公司 are one name. A county named apart from the workplace stays in
# the name: 柳江分公司 at a workplace in 柳南区 is not 柳南分公司.
BRANCHES = """
WITH named AS (
    SELECT id, word, regexp_replace(substr(bare, length(word) + 1), '^[区县]', '') AS rest
    FROM (SELECT id, bare, coalesce(substring(bare FROM :county), '') AS word FROM unit_shared WHERE branch_part <> '') AS x
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
    WHERE o.key = s.key AND o.apart = s.apart AND o.branch_part = '' AND o.is_branch IS NOT TRUE)
AND NOT EXISTS (
    SELECT FROM unit_shared AS o
    WHERE o.key = s.key AND o.apart = s.apart AND o.branch_part = '' AND o.is_branch IS NOT TRUE
    AND o.name_core = s.name_core AND coalesce(o.county = s.county, true))"""

# A branch with a code of its own (F17): the one branch there is also meant where its name was left out.
OWN_CODES = """
UPDATE unit_shared AS s SET branch = own.branch
FROM (
    SELECT key, apart, min(branch) AS branch FROM unit_shared WHERE branch <> ''
    GROUP BY key, apart HAVING bool_or(own_code) AND count(DISTINCT branch) = 1
) AS own
WHERE own.key = s.key AND own.apart = s.apart AND s.branch = ''
AND NOT EXISTS (
    SELECT FROM unit_shared AS o
    WHERE o.key = s.key AND o.apart = s.apart AND o.branch = '' AND o.is_branch IS FALSE)"""

# A row without a workplace county goes to the only place there is; of several, to the one its registered county
# names; else a principal's row to the stated principal or the lowest code, a branch's row stays by itself.
LABELS = """
WITH spread AS (
    SELECT *, min(place) OVER one AS low, max(place) OVER one AS high,
        min(place) FILTER (WHERE is_branch IS FALSE) OVER one AS head
    FROM unit_shared WINDOW one AS (PARTITION BY key, apart, branch)
), settled AS (
    SELECT spread.id, spread.key, spread.apart, spread.branch, CASE
        WHEN spread.place IS NOT NULL THEN spread.place
        WHEN spread.low = spread.high THEN spread.low
        WHEN there.place IS NOT NULL THEN there.place
        WHEN spread.branch = '' THEN coalesce(spread.head, spread.low) END AS place
    FROM spread
    LEFT JOIN (SELECT DISTINCT key, apart, branch, place FROM unit_shared) AS there
        ON there.key = spread.key AND there.apart = spread.apart AND there.branch = spread.branch
        AND there.place = spread.county
), labelled AS (SELECT id, min(id) OVER (PARTITION BY key, apart, branch, place) AS label FROM settled)
UPDATE unit_node AS node SET label = labelled.label
FROM labelled WHERE labelled.id = node.id AND labelled.label <> node.id"""


def join_codes(db: Session) -> None:
    """Give the rows in `unit_node` that share a code (or number and name) the labels of their units."""
    words = county_words()
    db.execute(text("DROP TABLE IF EXISTS pg_temp.unit_shared"))
    db.execute(text(SHARED), {"above": above_county()})
    db.execute(text("CREATE INDEX ON unit_shared (key)"))
    db.execute(text("ANALYZE unit_shared"))
    named = {"county": county_pattern(), "words": list(words), "codes": list(words.values())}
    db.execute(text(BRANCHES), named)
    db.execute(text(SAID_BRANCHES))
    db.execute(text(OWN_CODES))
    db.execute(text(LABELS))
