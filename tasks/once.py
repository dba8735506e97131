"""Which of the campaign's steps that are done once a county are still to be done."""

from sqlalchemy import select

from models.campaign import Campaign
from models.database import session
from models.queries.snapshots import snapshots
from models.target import SnapshotKind
from models.verification import RoundKind, VerificationRound
from tasks.snapshots import counties_of


def unfrozen_lists(campaign: Campaign) -> dict[str, str]:
    """Code → name of the lists to be issued that are not frozen yet."""
    with session() as db:
        frozen = {one.county for one in snapshots(db, campaign) if one.kind == SnapshotKind.ISSUED}
    return {code: name for code, name in counties_of(campaign).items() if code not in frozen}


def unasked_counties(campaign: Campaign) -> dict[str, str]:
    """Code → name of the counties that were never sent their whole list to verify (C25)."""
    with session() as db:
        wanted = select(VerificationRound.county).where(
            VerificationRound.campaign == campaign.key, VerificationRound.kind == RoundKind.FULL
        )
        asked = set(db.scalars(wanted))
    return {code: name for code, name in campaign.county_names.items() if code not in asked}
