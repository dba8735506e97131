"""The classes of the 2015 catalogue that a unit's hazards belong to (C17, C19, A03)."""

from collections.abc import Mapping

from models.rules.factor_names import plain_name

BETWEEN = "；"  # as models.rules.hazards joins them
UNKNOWN_CLASS = "未归类"


def classes_of(hazards: str, listed: Mapping[str, frozenset[str]]) -> list[str]:
    """Sorted, each once; a name that the catalogue lacks is 未归类, never lost."""
    found: set[str] = set()
    for name in hazards.split(BETWEEN):
        hits = [listed[plain] for plain in plain_name(name) if plain in listed]
        found |= frozenset().union(*hits) if hits else {UNKNOWN_CLASS}
    return sorted(found)
