"""Whether a campaign still says what it said: a hash of its content, whatever its layout."""

from hashlib import sha256

from models.campaign import Campaign


def terms_of(campaign: Campaign) -> str:
    return sha256(campaign.model_dump_json().encode()).hexdigest()
