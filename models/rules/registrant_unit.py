"""Which unit of the database a registrant is, once its credit code was corrected (F07)."""

from collections.abc import Sequence
from typing import NamedTuple


class Candidate(NamedTuple):
    unit: int
    name_key: str | None
    county: str | None


def choose_unit(
    holding: Sequence[Candidate], held: Candidate | None, *, name_key: str, county: str
) -> int | None:
    """Of the units with the code the one of the name, else of the county; several alike are left to a person.

    Where none has the code, the unit found before stays if it bears the registrant's name.
    """
    if not holding:
        return held.unit if held is not None and held.name_key == name_key else None
    named = [one for one in holding if one.name_key == name_key]
    near = [one for one in named or holding if one.county == county]
    for alike in (named, near, holding):
        if len(alike) == 1:
            return alike[0].unit
    return None
