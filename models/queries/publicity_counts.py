"""Acts of publicity by county and type (C24)."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.training import PublicityAct


def publicity_counts(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None, since: date = date.min
) -> list[dict[str, Any]]:
    """`evidenced`: how many of them have a file that shows them."""
    evidenced = func.count(PublicityAct.evidence_sha256)
    wanted = (
        select(
            PublicityAct.county, PublicityAct.kind, func.count().label("acts"), evidenced.label("evidenced")
        )
        .where(
            PublicityAct.campaign == campaign.key,
            PublicityAct.withdrawn_at.is_(None),
            PublicityAct.done_on.between(since, as_of),
        )
        .group_by(PublicityAct.county, PublicityAct.kind)
        .order_by(PublicityAct.county, PublicityAct.kind)
    )
    if county is not None:
        wanted = wanted.where(PublicityAct.county == county)
    return [dict(row) for row in db.execute(wanted).mappings()]
