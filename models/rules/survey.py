"""A stratified sample for the yearly survey (C19): the same units again from the same seed."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple, TypeVar

Key = TypeVar("Key", bound=tuple[str, ...])


class Drawn(NamedTuple):
    """A stratum: how many units there are, and which were drawn, in the order of drawing."""

    population: int
    units: tuple[int, ...]


def draw(strata: Mapping[Key, Sequence[int]], wanted: int, seed: int, *, salt: str = "") -> dict[Key, Drawn]:
    """Draw `wanted` units in all. `salt` (campaign and year) keeps another year's sample from being the same."""
    sizes = {key: len(units) for key, units in strata.items()}
    shares = allocate(sizes, wanted)
    return {
        key: Drawn(sizes[key], tuple(in_order_of_drawing(units, seed, salt)[: shares[key]]))
        for key, units in strata.items()
    }


def allocate(sizes: Mapping[Key, int], wanted: int) -> dict[Key, int]:
    """In proportion, by largest remainders; one of every stratum first, as far as `wanted` goes, the big ones first."""
    order = sorted((key for key, size in sizes.items() if size), key=lambda key: (-sizes[key], key))
    given = dict.fromkeys(sizes, 0) | dict.fromkeys(order[:wanted], 1)
    left = {key: sizes[key] - given[key] for key in order}
    rest = min(wanted - sum(given.values()), sum(left.values()))
    if rest <= 0:
        return given
    whole = sum(left.values())
    floors = {key: rest * size // whole for key, size in left.items()}
    by_remainder = sorted(order, key=lambda key: (-(rest * left[key] % whole), key))
    extra = dict.fromkeys(by_remainder[: rest - sum(floors.values())], 1)
    return {key: one + floors.get(key, 0) + extra.get(key, 0) for key, one in given.items()}


def in_order_of_drawing(units: Iterable[int], seed: int, salt: str) -> list[int]:
    """By a hash of seed and unit: who else is in the stratum changes nobody's place."""
    return sorted(units, key=lambda unit: (sha256(f"{salt}:{seed}:{unit}".encode()).digest(), unit))
