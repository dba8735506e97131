"""Why a unit entered or left U between two cuts: exactly one cause for each changed unit (1.7).

A number of N is in one county's U at a time. If it only changed county it moved; else it entered or left the city's U,
and the cause is the county's in which it was or is.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from models.rules.figures import Cause
from models.rules.membership_words import REVOKED

PLACED_BY = {REVOKED: Cause.REVOKED}


class Held(NamedTuple):
    """A number in one county's N at a cut."""

    county: str
    based: bool
    removed: bool
    declared: bool
    declared_on: date | None = None
    added_on: date | None = None
    added_reason: str | None = None

    @property
    def open(self) -> bool:
        return not self.removed and not self.declared


class Change(NamedTuple):
    county: str
    cause: Cause


class Around(NamedTuple):
    """What else decides: since when each county's baseline stands, and what became of the unit itself."""

    baselines: Mapping[str, date]
    fell: bool = False  # an approval of the unit ended
    declared_on: date | None = None  # of a unit that is no member any more


def changes(before: Sequence[Held], now: Sequence[Held], around: Around) -> list[Change]:
    """Of one number. Signed and summed over a county they are exactly its ΔU."""
    was, is_now = [one.county for one in before if one.open], [one.county for one in now if one.open]
    left = sorted(set(was) - set(is_now))
    entered = sorted(set(is_now) - set(was))
    moved = list(zip(left, entered, strict=False))
    made = [Change(county, Cause.MOVED_OUT) for county, _ in moved]
    made += [Change(county, Cause.MOVED_IN) for _, county in moved]
    made += [Change(county, _why_left(county, before, now, around)) for county in left[len(moved) :]]
    made += [Change(county, _why_entered(county, before, now, around)) for county in entered[len(moved) :]]
    return made


def _why_left(county: str, before: Sequence[Held], now: Sequence[Held], around: Around) -> Cause:
    member = next((one for one in now if one.declared and not one.removed), None)
    if member is None and any(one.county == county and one.removed for one in now):
        return Cause.REMOVED
    declared_on = member.declared_on if member else around.declared_on
    if declared_on is not None:
        since = around.baselines.get(member.county if member else county)
        return Cause.RELINKED if since is not None and declared_on <= since else Cause.APPROVED
    place = next(one for one in before if one.county == county and one.open)
    return Cause.RELINKED if place.added_on is None else Cause.WITHDRAWN


def _why_entered(county: str, before: Sequence[Held], now: Sequence[Held], around: Around) -> Cause:
    place = next(one for one in now if one.county == county and one.open)
    if any(one.declared and not one.removed for one in before):
        return Cause.REVOKED if around.fell else Cause.UNLINKED
    if any(one.removed for one in before):
        return Cause.RESUMED
    if place.based:
        return Cause.BASELINE
    if place.added_on is None:
        return Cause.REVOKED
    return PLACED_BY.get(place.added_reason or "", Cause.ADDED)
