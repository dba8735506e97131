"""F18: entries that hold a code as principal while it is somebody else's, so that the headquarters cannot register.

Three signs: the database holds the headquarters under the code, the database calls the code the unit's superior's, or
two entries are principals of one code (only imports bring that about). A branch with a code of its own is no conflict
(F17).
"""

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.rules.company_name import name_key, split_branch

# Few: only principals whose code also stands at another unit or entry, or is called a superior's.
SUSPECTS = """
WITH RECURSIVE chain AS (
    SELECT id AS merged, merged_into AS survivor FROM employer WHERE merged_into IS NOT NULL
    UNION ALL
    SELECT chain.merged, e.merged_into FROM chain JOIN employer AS e ON e.id = chain.survivor
    WHERE e.merged_into IS NOT NULL
), lasting AS (
    SELECT chain.merged, chain.survivor FROM chain JOIN employer AS e ON e.id = chain.survivor
    WHERE e.merged_into IS NULL
), principal AS (
    SELECT r.id, r.name, r.county, r.reviewer, r.credit_code, r.source,
        coalesce(lasting.survivor, r.employer_id) AS unit
    FROM registrant AS r
    LEFT JOIN lasting ON lasting.merged = r.employer_id
    WHERE NOT r.is_branch AND r.state <> '已退回' AND r.credit_code IS NOT NULL
    AND (CAST(:county AS text) IS NULL OR r.reviewer = :county)
)
SELECT p.id AS registrant, p.name, p.reviewer AS county, p.credit_code, p.unit,
    coalesce(own.branch_part, '') <> '' OR coalesce(own.is_branch, false) AS branch_in_database,
    own.parent_code = p.credit_code AS code_of_superior, own.parent_name,
    head.id AS head_unit, head.name AS head_name, head.county AS head_county,
    other.id AS other_registrant, other.name AS other_name
FROM principal AS p
LEFT JOIN employer AS own ON own.id = p.unit
LEFT JOIN LATERAL (
    SELECT e.id, e.name, e.county FROM employer AS e
    WHERE e.credit_code = p.credit_code AND e.merged_into IS NULL AND e.ended_at IS NULL
    AND e.id IS DISTINCT FROM p.unit
    AND coalesce(e.branch_part, '') = '' AND NOT coalesce(e.is_branch, false)
    ORDER BY e.headcount DESC NULLS LAST, e.id LIMIT 1
) AS head ON true
LEFT JOIN LATERAL (
    SELECT r.id, r.name FROM registrant AS r
    WHERE r.credit_code = p.credit_code AND NOT r.is_branch AND r.state <> '已退回' AND r.id <> p.id
    ORDER BY r.id LIMIT 1
) AS other ON true
WHERE head.id IS NOT NULL OR own.parent_code = p.credit_code OR other.id IS NOT NULL
ORDER BY p.reviewer, p.id"""

HEAD_IN_DATABASE, CODE_OF_SUPERIOR, TWO_PRINCIPALS = (
    "总公司在数据库中",
    "数据库称此代码为上级机构代码",
    "两家以同一代码独立注册",
)


def registration_conflicts(db: Session, county: str | None = None) -> list[dict[str, Any]]:
    found = db.execute(text(SUSPECTS), {"county": county}).mappings()
    return [{**row, "signs": signs} for row in map(dict, found) if (signs := _signs(row))]


def _signs(row: dict[str, Any]) -> list[str]:
    """A headquarters under the code counts against who is a branch by its name or in the database."""
    branch = row["branch_in_database"] or split_branch(name_key(row["name"]))[1] != ""
    said = {
        HEAD_IN_DATABASE: row["head_unit"] is not None and branch,
        CODE_OF_SUPERIOR: bool(row["code_of_superior"]),
        TWO_PRINCIPALS: row["other_registrant"] is not None,
    }
    return [sign for sign, holds in said.items() if holds]
