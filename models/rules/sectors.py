"""Which severe sector (C02, 2.4), county extra (C22) and risk class a GB/T 4754 code belongs to.

The tables carry every code of the list at every level, so that a set of units needs one join on the code.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from models.campaign_parts import ExtraSector, Sector, listed_codes, nearest


class SectorCode(NamedTuple):
    code: str
    sector: str
    borderline: str | None  # the group argued about, for a line of its own


class ExtraCode(NamedTuple):
    county: str
    code: str
    extra: str


def sector_of(industry: str | None, sectors: Iterable[Sector]) -> str | None:
    """The key of the sector; the longest listed code that the industry lies under decides."""
    listed = listed_codes(sectors)
    hit = nearest(industry or "", listed)
    return listed[hit].sector if hit else None


def sector_table(sectors: Iterable[Sector], codes: Iterable[str]) -> list[SectorCode]:
    """Every code that lies in a sector."""
    listed = listed_codes(sectors)
    table = []
    for code in codes:
        hit = nearest(code, listed)
        if hit and (sector := listed[hit].sector):
            table.append(SectorCode(code, sector, listed[hit].borderline))
    return table


def extra_table(
    extras: Sequence[ExtraSector], sectors: Iterable[Sector], codes: Iterable[str]
) -> list[ExtraCode]:
    """Every code that a county added, severe ones excepted: they are in I1 and stay there (C22)."""
    codes = list(codes)
    severe = {row.code for row in sector_table(sectors, codes)}
    return [
        ExtraCode(extra.county, code, extra.name)
        for extra in extras
        for code in codes
        if code not in severe and nearest(code, extra.codes)
    ]
