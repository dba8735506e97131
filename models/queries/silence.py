"""When something was last heard: the tick, the platform's export, each county; and what waits in the outbox."""

from datetime import date

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from models.batch import Batch, Source
from models.campaign import Campaign
from models.inbound import Kind
from models.outbox import Message
from models.reminder import Tick

# what a county did itself: a workbook, a return or 无事项, an answer about a unit that another county says is its own
SIGNS = """
    SELECT county, max(day) AS day FROM (
        SELECT county, returned_on AS day FROM county_return WHERE campaign = :campaign
        UNION ALL
        SELECT o.county, e.effective_on FROM obligation_event e JOIN obligation o ON o.id = e.obligation_id
        WHERE o.campaign = :campaign AND e.act IN ('returned', 'nothing')
        UNION ALL
        SELECT to_county, answered_on FROM transfer
        WHERE campaign = :campaign AND answer IN ('accepted', 'refused')
    ) AS sign WHERE day <= :as_of GROUP BY county"""


def last_tick(db: Session, campaign: Campaign, as_of: date) -> date | None:
    return db.scalar(select(func.max(Tick.day)).where(Tick.campaign == campaign.key, Tick.day <= as_of))


def newest_export(db: Session, campaign: Campaign, as_of: date) -> date | None:
    """The data date of the youngest declarations of a platform that counts."""
    return db.scalar(
        select(func.max(Batch.data_date))
        .join(Source, Source.id == Batch.source_id)
        .where(
            Source.kind == Kind.DECLARATIONS,
            Source.name.not_in(campaign.platforms.ignored),
            Batch.data_date <= as_of,
        )
    )


def county_signs(db: Session, campaign: Campaign, as_of: date) -> dict[str, date]:
    """County → the last day on which anything came from it."""
    rows = db.execute(text(SIGNS), {"campaign": campaign.key, "as_of": as_of})
    return {row.county: row.day for row in rows}


def messages_by_state(db: Session, campaign: Campaign) -> dict[str, int]:
    counted = select(Message.state, func.count()).where(Message.campaign == campaign.key)
    return {state: count for state, count in db.execute(counted.group_by(Message.state))}
