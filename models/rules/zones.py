"""Which county line a unit counts in on a day, where zones were carved out of counties (M05, Q15)."""

from collections.abc import Iterable
from datetime import date

from models.campaign_region import County, zones_of


def line_on(
    county: str | None,
    town: str | None,
    address: str | None,
    counties: Iterable[County],
    city: str,
    day: date,
) -> str | None:
    """The first zone of the file that takes the unit; else its county. A zone's own code leads back to its parent
    on days on which there is no zone (a unit somebody moved there)."""
    zones = zones_of(counties)
    for zone in zones:
        if county == zone.code:
            return zone.code if zone.stands_on(day) else zone.parent
    for zone in zones:
        if zone.stands_on(day) and county in (zone.parent, None, city) and _lies_in(zone, town, address):
            return zone.code
    return county


def _lies_in(zone: County, town: str | None, address: str | None) -> bool:
    return town in zone.towns or any(word in (address or "") for word in zone.words)
