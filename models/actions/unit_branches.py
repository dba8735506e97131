"""Which rows of one code speak of a branch or another workplace, left as `branch` and `place` (Q10, F16, F17)."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.rules.units import (
    COMPLETE,
    FORM_HEAD,
    LONG_REST,
    REMARK,
    SITE,
    above_county,
    county_pattern,
    county_words,
    misread_site,
    nearly_one_site,
    similar,
    site_named,
)

# One name goes on where the other ends: the rest names a site, be it one that no list of words knows.
SITES = f"""
UPDATE unit_shared AS s SET branch_part = site.rest, branch = site.rest
FROM (
    SELECT one, name_key, name_core, (array_agg(rest ORDER BY length(rest) DESC, rest COLLATE "C"))[1] AS rest
    FROM (
        SELECT s.one, s.name_key, s.name_core, {site_named("s", "head")} AS rest
        FROM (SELECT DISTINCT one, name_key, name_core FROM unit_shared WHERE branch_part = '') AS s
        JOIN (SELECT DISTINCT one, name_key, name_core FROM unit_shared WHERE branch_part = '') AS head
            ON head.one = s.one AND head.name_key <> s.name_key
        WHERE head.name_core <> ''
    ) AS named
    WHERE rest IS NOT NULL GROUP BY one, name_key, name_core
) AS site
WHERE s.branch_part = '' AND s.one = site.one AND s.name_key = site.name_key AND s.name_core = site.name_core"""

# The firm's part of the name is misread, so nothing goes on where it ends; yet the name is longer, and the place
# (and the phone, where little was added) is not the firm's.
MISREAD_SITES = f"""
WITH named AS (SELECT DISTINCT one, name_key FROM unit_shared WHERE branch_part = '' AND name_key <> ''),
site AS (
    SELECT DISTINCT ON (longer.one, longer.name_key)
        longer.one, longer.name_key, substr(longer.name_key, length(head.name_key) + 1) AS rest
    FROM named AS longer
    JOIN named AS head ON head.one = longer.one AND {misread_site("longer.name_key", "head.name_key")}
    ORDER BY longer.one, longer.name_key, length(head.name_key) DESC, head.name_key COLLATE "C"
), firm AS (
    SELECT one, address_key, phone FROM unit_shared
    WHERE branch_part = '' AND (one, name_key) NOT IN (SELECT one, name_key FROM site)
)
UPDATE unit_shared AS s SET branch_part = site.rest, branch = site.rest
FROM site
WHERE s.branch_part = '' AND s.one = site.one AND s.name_key = site.name_key AND s.address_key IS NOT NULL
AND EXISTS (SELECT FROM firm WHERE firm.one = s.one AND firm.address_key IS NOT NULL)
AND NOT EXISTS (
    SELECT FROM firm
    WHERE firm.one = s.one AND (
        firm.phone = s.phone AND length(site.rest) < {LONG_REST} OR {similar("firm.address_key", "s.address_key")}))"""

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
    branch = CASE WHEN named.rest = '' OR s.workplace <> c.code THEN s.branch_part ELSE named.rest END,
    county_said = named.rest <> '' AND coalesce(s.workplace = c.code, c.code IS NOT NULL)
FROM named
LEFT JOIN unnest(CAST(:words AS text[]), CAST(:codes AS text[])) AS c (word, code) ON c.word = named.word
WHERE named.id = s.id"""

# …but 柳北搅拌站 and 搅拌站 in 柳北区 are two where no address of the one is like any of the other.
TWO_NAMES = f"""
UPDATE unit_shared AS s SET branch = s.place || ' ' || s.branch
FROM (
    SELECT one, branch, place FROM unit_shared WHERE branch <> '' AND address_key IS NOT NULL
    GROUP BY one, branch, place HAVING bool_or(county_said) AND NOT bool_and(county_said)
) AS mixed
WHERE s.county_said AND s.one = mixed.one AND s.branch = mixed.branch AND s.place = mixed.place
AND NOT EXISTS (
    SELECT FROM unit_shared AS said
    JOIN unit_shared AS unsaid USING (one, branch, place)
    WHERE said.county_said AND NOT unsaid.county_said
    AND one = mixed.one AND branch = mixed.branch AND place = mixed.place
    AND {similar("said.address_key", "unsaid.address_key")})"""

# One site whose name two rows write differently, at one address.
ONE_SITE = f"""
WITH RECURSIVE spot AS (
    SELECT DISTINCT one, place, branch, address_key FROM unit_shared
    WHERE branch <> '' AND place IS NOT NULL AND address_key IS NOT NULL
), tie AS MATERIALIZED (
    SELECT DISTINCT a.one, a.place, a.branch, b.branch AS other
    FROM spot AS a
    JOIN spot AS b ON b.one = a.one AND b.place = a.place AND b.branch <> a.branch
    AND {nearly_one_site("a.branch", "b.branch")} AND {similar("a.address_key", "b.address_key")}
), reach AS (
    SELECT one, place, branch, other FROM tie
    UNION SELECT reach.one, reach.place, reach.branch, tie.other
    FROM reach JOIN tie ON tie.one = reach.one AND tie.place = reach.place AND tie.branch = reach.other
)
UPDATE unit_shared AS s SET branch = low.branch
FROM (SELECT one, place, branch AS was, min(other COLLATE "C") AS branch FROM reach GROUP BY 1, 2, 3) AS low
WHERE low.one = s.one AND low.place = s.place AND low.was = s.branch
AND (low.branch < low.was COLLATE "C")"""

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

# One address (or, where one side has none, one phone) under one name in two counties: a county cell is in error, and
# the two counties are no two places.
ONE_PLACE = f"""
CREATE TEMP TABLE unit_one_place ON COMMIT DROP AS
WITH RECURSIVE tie AS MATERIALIZED (
    SELECT DISTINCT a.one, a.branch, a.place, b.place AS other
    FROM unit_shared AS a
    JOIN unit_shared AS b ON b.one = a.one AND b.branch = a.branch AND b.place <> a.place
    AND (a.address_key = b.address_key
        OR a.name_core = b.name_core AND {similar("a.address_key", "b.address_key")}
        OR a.name_key = b.name_key AND a.phone = b.phone AND (a.address_key IS NULL OR b.address_key IS NULL))
), reach AS (
    SELECT one, branch, place, other FROM tie
    UNION SELECT reach.one, reach.branch, reach.place, tie.other
    FROM reach JOIN tie ON tie.one = reach.one AND tie.branch = reach.branch AND tie.place = reach.other
)
SELECT one, branch, place, least(place, min(other)) AS low FROM reach GROUP BY one, branch, place"""
MOVE = """
UPDATE unit_shared AS s SET {column} = p.low FROM unit_one_place AS p
WHERE p.one = s.one AND p.branch = s.branch AND p.place = s.{column}"""


def tell_branches(db: Session) -> None:
    """Fill `branch` and `place` of `unit_shared`."""
    words = county_words()
    named = {"county": county_pattern(), "words": list(words), "codes": list(words.values())}
    sites = {"head": FORM_HEAD, "complete": COMPLETE, "remark": REMARK, "site": SITE}
    db.execute(text(SITES), sites)
    db.execute(text(MISREAD_SITES), {name: sites[name] for name in ("complete", "remark")})
    db.execute(text(BRANCHES), named | {"above": above_county()})
    db.execute(text(TWO_NAMES))
    db.execute(text(ONE_SITE))
    db.execute(text(SAID_BRANCHES))
    db.execute(text(OWN_CODES))
    db.execute(text("DROP TABLE IF EXISTS pg_temp.unit_one_place"))
    db.execute(text(ONE_PLACE))
    for column in ("place", "county"):
        db.execute(text(MOVE.format(column=column)))
