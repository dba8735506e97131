"""Where an old employer id leads after merges (Q10)."""

from sqlalchemy import CTE, select

from models.employer import Employer


def survivors() -> CTE:
    """Each merged employer (`merged`) with the unit that has taken it over in the end (`survivor`)."""
    merged = Employer.merged_into.is_not(None)
    step = select(Employer.id.label("merged"), Employer.merged_into.label("survivor")).where(merged)
    chain = step.cte("merge_chain", recursive=True)
    chain = chain.union(
        select(chain.c.merged, Employer.merged_into)
        .join(Employer, Employer.id == chain.c.survivor)
        .where(merged)
    )
    last = select(chain.c.merged, chain.c.survivor).join(Employer, Employer.id == chain.c.survivor)
    return last.where(Employer.merged_into.is_(None)).cte("survivors")
