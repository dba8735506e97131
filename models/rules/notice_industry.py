"""门类, 大类 and 中类 of a unit's GB/T 4754-2017 code, as annex 2's blanks want them (A04)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class IndustryPath:
    section: str
    division: str
    group: str | None  # a code of two digits names no group: the blank is left out, never guessed


def industry_path(
    code: str | None, names: Mapping[str, str], sections: Mapping[str, str]
) -> IndustryPath | None:
    """Where a code lies; None for a missing or unlisted one. `names` holds the section letters, too."""
    if not code or code not in sections or len(code) < 2:
        return None
    return IndustryPath(names[sections[code]], names[code[:2]], names.get(code[:3]) if code[2:] else None)


def from_exact_to_wide(code: str) -> Iterator[str]:
    """A code and what it lies in, down to the 大类: 3110 → 3110, 311, 31."""
    yield from (code[:length] for length in range(len(code), 1, -1))
