"""Open the campaign file a command or a flow was given."""

from pathlib import Path

from models.campaign import Campaign, find_campaign, load_campaign

CAMPAIGNS = Path(__file__).parent.parent / "deployments" / "campaigns"


def open_campaign(key: str) -> Campaign:
    """The campaign `key` of the shipped folder, or the file at that path; refused with line and key if wrong."""
    return load_campaign(find_campaign(key, CAMPAIGNS))
