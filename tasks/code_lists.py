"""The code lists that declarations are checked against, with the zones of the installation's campaign (F22, M05)."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from models import reference
from models.campaign import find_campaign, load_campaign
from models.campaign_region import County, zones_of
from models.rules.code_lists import CodeLists, Division
from models.settings import get_settings
from tasks.campaigns import CAMPAIGNS


def code_lists() -> CodeLists:
    """An empty list stops the work. A file that was edited is read again, without a restart."""
    path = find_campaign(get_settings().campaign, CAMPAIGNS)
    return _of_file(path, path.stat().st_mtime_ns)


@cache
def _of_file(path: Path, _edited: int) -> CodeLists:
    return CodeLists.build(
        counties=reference.province_counties(),
        towns=reference.city_towns(),
        industries=reference.industries(),
        factors=reference.read_list("hazard_factors_2015"),
        divisions={zone.code: _division(zone) for zone in zones_of(load_campaign(path).counties)},
    )


def _division(zone: County) -> Division:
    until = zone.valid_to + timedelta(days=1) if zone.valid_to else None
    return Division(zone.name, zone.valid_from, until, zone.parent)
