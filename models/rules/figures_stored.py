"""The figures as they are kept with a published month, and back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from models.rules.figures import Cause, Figures, Line, Previous


def to_stored(figures: Figures) -> dict[str, Any]:
    """Plain JSON; the number and the hash of the month are known only after it is stored."""
    previous = figures.previous
    return {
        "campaign": figures.campaign,
        "month": figures.month,
        "as_of": figures.as_of.isoformat(),
        "known_at": figures.known_at.isoformat(),
        "terms": figures.terms,
        "previous": previous
        and {
            "as_of": previous.as_of.isoformat(),
            "known_at": previous.known_at.isoformat(),
            "assessment": previous.assessment,
        },
        "lines": [_line(line) for line in figures.lines],
        "groups": [dict(group) for group in figures.groups],
        "quality": [dict(line) for line in figures.quality],
    }


def _line(line: Line) -> dict[str, Any]:
    causes = None if line.causes is None else {str(cause): units for cause, units in line.causes.items()}
    before = None if line.before is None else dict(line.before)
    kept = {"county": line.county, "name": line.name, "counts": dict(line.counts), "rank": line.rank}
    return kept | {"before": before, "causes": causes}


def from_stored(kept: Mapping[str, Any], *, assessment: int, sha256: str) -> Figures:
    before = kept["previous"]
    return Figures(
        campaign=kept["campaign"],
        month=kept["month"],
        as_of=date.fromisoformat(kept["as_of"]),
        known_at=datetime.fromisoformat(kept["known_at"]),
        terms=kept["terms"],
        previous=before
        and Previous(
            date.fromisoformat(before["as_of"]),
            datetime.fromisoformat(before["known_at"]),
            before["assessment"],
        ),
        lines=tuple(_read_line(line) for line in kept["lines"]),
        groups=tuple(kept["groups"]),
        quality=tuple(kept.get("quality", ())),  # a month frozen before it was kept has none
        assessment=assessment,
        sha256=sha256,
    )


def _read_line(kept: Mapping[str, Any]) -> Line:
    causes = kept["causes"]
    return Line(
        county=kept["county"],
        name=kept["name"],
        counts=kept["counts"],
        before=kept["before"],
        causes=None if causes is None else {Cause(key): units for key, units in causes.items()},
        rank=kept["rank"],
    )
