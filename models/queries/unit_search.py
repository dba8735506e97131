"""F06: units by a fragment of their name, the likeliest first, so that nobody types a credit code by hand.

One pass over the living units; only what the fragment fits is ranked. Within a fit the bigger employer comes first:
who says 柳钢 means the works, not a shop of like name.
"""

from dataclasses import asdict
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.rules.name_search import Fragment

FITS = ("code", "whole", "core", "inside", "abbreviation", "without_region", "loose")
SEARCH = """
WITH fitting AS (
    SELECT id, name, name_key, name_core, credit_code, county, address, industry, headcount, state,
        coalesce(branch_part, '') <> '' OR coalesce(is_branch, false) AS branch,
        CASE
            WHEN credit_code LIKE CAST(:code AS text) THEN 0
            WHEN name_key = :key THEN 1
            WHEN name_core = :bare THEN 2
            WHEN name_key LIKE :inside THEN 3
            WHEN name_core LIKE :core_begins AND name_key ~ :begins THEN 4
            WHEN name_key LIKE :bare_inside THEN 5
            ELSE 6 END AS fit
    FROM employer
    WHERE merged_into IS NULL AND ended_at IS NULL
    AND (name_key LIKE :loose OR name_key LIKE :bare_inside OR credit_code LIKE CAST(:code AS text))
    AND (CAST(:county AS text) IS NULL OR county = :county)
)
SELECT id AS unit, name, credit_code, county, regexp_replace(address, :address_prefix, '') AS address, industry,
    headcount, state, branch, fit
FROM fitting
ORDER BY CASE fit WHEN 4 THEN 3 ELSE fit END,
    CASE WHEN fit = 6 THEN length(substring(name_key FROM :near)) END NULLS FIRST,
    branch, headcount DESC NULLS LAST, length(name_key), name_key, id
LIMIT :limit"""


def search_units(
    db: Session, fragment: Fragment, *, address_prefix: str, county: str | None, limit: int
) -> list[dict[str, Any]]:
    given = {**asdict(fragment), "county": county, "limit": limit, "address_prefix": address_prefix}
    return [{**row, "fit": FITS[row["fit"]]} for row in map(dict, db.execute(text(SEARCH), given).mappings())]
