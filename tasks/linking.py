"""Bring declarations and employers together, and keep the days of standing approvals (Q1)."""

from sqlalchemy.orm import Session

from models.actions.standing import rebuild_standing
from models.campaign import Campaign


def settle_standing(db: Session, campaign: Campaign) -> int:
    """After declarations were taken in: work out again on which days approvals stood."""
    return rebuild_standing(db, campaign.platforms.counting)
