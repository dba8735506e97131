"""In which indicators a unit of R counts (C02-C04, Q6, Q8). Each is independent; none looks at its due date."""

from collections.abc import Collection

from models.campaign_parts import Indicator


def counts_in(
    indicator: Indicator, *, sector: str | None, programmes: Collection[str], headcount: int | None
) -> bool:
    """A unit on several lists of one indicator counts once; unknown size stays in where the file says so (C04)."""
    listed = (
        bool(sector) if indicator.severe_sectors else not set(programmes).isdisjoint(indicator.programmes)
    )
    return listed and _is_big_enough(indicator, headcount)


def _is_big_enough(indicator: Indicator, headcount: int | None) -> bool:
    if indicator.min_headcount is None:
        return True
    if headcount is None:
        return indicator.keep_unknown_headcount
    return headcount >= indicator.min_headcount
