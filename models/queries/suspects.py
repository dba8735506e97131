"""Units that may be two, or two that may be one: a list for a person, never a decision (Q9, Q10).

What a person has judged already is not asked again.
"""

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.rules.units import similar

SHOWN = """
    array_agg(DISTINCT e.id) AS units, min(e.county) AS county, array_agg(DISTINCT e.name) AS names,
    array_agg(DISTINCT e.credit_code) FILTER (WHERE e.credit_code IS NOT NULL) AS codes,
    array_agg(DISTINCT e.address) FILTER (WHERE e.address IS NOT NULL) AS addresses"""
LIVING = "e.merged_into IS NULL AND e.ended_at IS NULL"
JUDGED = """EXISTS (
    SELECT FROM placement AS jp JOIN record AS jr ON jr.id = jp.record_id
    JOIN unit_judgement AS j ON j.entry = jr.entry OR j.other_entry = jr.entry
    WHERE jp.employer_id = {unit} AND jp.ended_at IS NULL AND j.undone_at IS NULL AND j.kind = '{kind}')"""
HERE = "(CAST(:county AS text) IS NULL OR e.county = :county)"

# a word about one unit: its own lines disagree
LINES = f"""
WITH line AS (
    SELECT DISTINCT p.employer_id AS unit, r.credit_code, r.name_core, nullif(r.address_key, '') AS address_key, r.address
    FROM employer AS e
    JOIN placement AS p ON p.employer_id = e.id AND p.ended_at IS NULL
    JOIN record AS r ON r.id = p.record_id AND r.current
    WHERE {LIVING} AND {HERE}
)"""
SEVERAL_PLACES = f"""{LINES}, spot AS (
    SELECT unit, address_key, min(address) AS address FROM line WHERE address_key IS NOT NULL GROUP BY 1, 2
)
SELECT '疑似多场所' AS kind, ARRAY[e.id] AS units, e.county, ARRAY[e.name] AS names, ARRAY[e.credit_code] AS codes,
    ARRAY[min(one.address), min(other.address)] AS addresses,
    '同一单位的地址相差很大，可能有另一处工作场所' AS reason
FROM spot AS one
JOIN spot AS other ON other.unit = one.unit AND one.address_key < other.address_key
JOIN employer AS e ON e.id = one.unit
WHERE NOT {similar("one.address_key", "other.address_key")} AND NOT {JUDGED.format(unit="e.id", kind="merge")}
GROUP BY e.id"""
SEVERAL_NAMES = f"""{LINES}
SELECT '同码异名' AS kind, ARRAY[e.id] AS units, e.county, array_agg(DISTINCT line.name_core) AS names,
    ARRAY[line.credit_code] AS codes, ARRAY[e.address] AS addresses,
    '同一代码下名称不同，可能借用了代码，也可能改过名' AS reason
FROM line JOIN employer AS e ON e.id = line.unit
WHERE line.credit_code IS NOT NULL AND line.name_core <> '' AND NOT {JUDGED.format(unit="e.id", kind="merge")}
GROUP BY e.id, line.credit_code HAVING count(DISTINCT line.name_core) > 1"""

# a word about several units
SAME_NAME = f"""
SELECT '同名同县' AS kind, {SHOWN}, '名称、县（区）相同，但代码、地址或电话不支持是同一单位' AS reason
FROM employer AS e
WHERE {LIVING} AND {HERE} AND e.name_key <> '' AND e.county IS NOT NULL
AND NOT {JUDGED.format(unit="e.id", kind="split")}
GROUP BY e.name_key, e.county HAVING count(*) > 1"""
NEARLY = """
SELECT '名称相近' AS kind, {shown}, '{reason}' AS reason
FROM employer AS e
WHERE {living} AND e.name_core <> '' AND e.{same} <> '' AND NOT {judged}
GROUP BY e.name_core, e.branch_part, e.{same}
HAVING count(*) > 1 AND (count(DISTINCT e.name_key) > 1 OR count(DISTINCT e.county) <> 1)
    AND (CAST(:county AS text) IS NULL OR bool_or(e.county = :county))"""
SAME_PHONE, SAME_ADDRESS = (
    NEARLY.format(
        shown=SHOWN, reason=reason, living=LIVING, same=same, judged=JUDGED.format(unit="e.id", kind="split")
    )
    for same, reason in (
        ("phone", "名称主体相同、电话相同，可能是同一单位"),
        ("address_key", "名称主体相同、地址相同，可能是同一单位"),
    )
)
CODE_IN_COUNTIES = f"""
SELECT '一码多县' AS kind, {SHOWN}, '同一代码出现在几个县（区）的工作场所，请各县（区）核实' AS reason
FROM employer AS e
WHERE {LIVING} AND e.credit_code IS NOT NULL
GROUP BY e.credit_code
HAVING count(DISTINCT e.county) > 1 AND (CAST(:county AS text) IS NULL OR bool_or(e.county = :county))"""
NO_PARENT = f"""
SELECT '分支缺总部' AS kind, {SHOWN}, '分支机构用上级代码，但没有上级单位的记录' AS reason
FROM employer AS e
WHERE {LIVING} AND e.credit_code IS NOT NULL
GROUP BY e.credit_code
HAVING bool_and(e.branch_part <> '') AND (count(*) > 1 OR bool_or(e.parent_code = e.credit_code))
    AND (CAST(:county AS text) IS NULL OR bool_or(e.county = :county))"""

QUESTIONS = {
    "疑似多场所": (SEVERAL_PLACES,),
    "同码异名": (SEVERAL_NAMES,),
    "同名同县": (SAME_NAME,),
    "名称相近": (SAME_PHONE, SAME_ADDRESS),
    "一码多县": (CODE_IN_COUNTIES,),
    "分支缺总部": (NO_PARENT,),
}


def suspects(
    db: Session, *, county: str | None = None, kind: str | None = None, limit: int = 1000
) -> list[dict[str, Any]]:
    """kind, county, units, names, codes, addresses and why; at most `limit` of each kind, the lowest unit first."""
    wanted = {"county": county, "limit": limit}
    return [
        dict(row)
        for name, statements in QUESTIONS.items()
        if kind in (None, name)
        for statement in statements
        for row in db.execute(text(f"{statement} ORDER BY county, units LIMIT :limit"), wanted).mappings()
    ]
