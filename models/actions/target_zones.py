"""The same as models.rules.zones in SQL: the line a unit counts in, of its county, town and address (M05)."""

from datetime import date
from typing import Any

from models.campaign import Campaign
from models.campaign_region import zones_of


def line_expression(campaign: Campaign, day: date, county: str) -> tuple[str, dict[str, Any]]:
    """The expression over `county` and the facts `e`, and its parameters; `county` itself where no zone is listed."""
    back, into = [], []
    given: dict[str, Any] = {}
    for at, zone in enumerate(zones_of(campaign.counties)):
        stands = zone.stands_on(day)
        given |= {f"zone_{at}": zone.code, f"parent_{at}": zone.parent}
        back.append(f"WHEN {county} = :zone_{at} THEN CAST(:{'zone' if stands else 'parent'}_{at} AS text)")
        if stands:
            given |= {f"towns_{at}": list(zone.towns), f"words_{at}": list(zone.words)}
            into.append(f"""WHEN coalesce({county} IN (:parent_{at}, :city), true) AND (
                coalesce(e.town = ANY(:towns_{at}), false) OR EXISTS (SELECT FROM unnest(CAST(:words_{at} AS text[])) AS w (word)
                WHERE strpos(coalesce(e.address, e.registered_address, ''), w.word) > 0)) THEN :zone_{at}""")
    return (f"CASE {' '.join([*back, *into])} ELSE {county} END" if back else county), given
