"""The figures of one day, as known at one instant: counts with names, everything else worked out from them (1.7).

Every count is the length of a list (models.queries.figure_units); a county's column is None, printed —, before its
baseline. Keys: r n …, a slice of R `I1` or `sector:mining` with its declared part `I1/declared`, work `work:visits`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from models.rules.rate import Rate, points

ALL = "合计"  # the code of the line of the city
DECLARED = "/declared"
# counts of R hold for every county at any time, those of N from its baseline on
OF_R = ("r", "r_declared", "r_pending", "r_undeclared", "r_unsure", "r_own")
OF_N = ("b", "a", "x", "n", "d", "p", "u", "undeclared", "own", "unsure", "recheck")


class Cause(StrEnum):
    """Why a unit entered or left U since the last month's cut: one for each changed unit (1.7)."""

    BASELINE = "baseline"
    ADDED = "added"
    MOVED_IN = "moved_in"
    RESUMED = "resumed"
    REVOKED = "revoked"
    UNLINKED = "unlinked"
    APPROVED = "approved"
    REMOVED = "removed"
    MOVED_OUT = "moved_out"
    WITHDRAWN = "withdrawn"
    RELINKED = "relinked"

    @property
    def sign(self) -> int:
        return 1 if self in ENTERING else -1


ENTERING = frozenset(
    {Cause.BASELINE, Cause.ADDED, Cause.MOVED_IN, Cause.RESUMED, Cause.REVOKED, Cause.UNLINKED}
)


@dataclass(frozen=True)
class Line:
    """One county, or the city: the sum of its counties. `counts` holds every printed integer by its key."""

    county: str
    name: str
    counts: Mapping[str, int | None]
    before: Mapping[str, int | None] | None = None  # the counts of the previous month
    causes: Mapping[Cause, int] | None = None  # units that changed since then, each once
    rank: int | None = None

    def __getitem__(self, key: str) -> int | None:
        return self.counts.get(key)

    @property
    def based(self) -> bool:
        """Whether its baseline stands: else the columns of N print —."""
        return self.counts.get("b") is not None

    def share(self, key: str) -> Rate:
        """An indicator, sector, … : declared units of R in the slice / units of R in the slice."""
        return Rate(self.counts.get(f"{key}{DECLARED}") or 0, self.counts.get(key) or 0)

    @property
    def r_rate(self) -> Rate:
        """应申报单位申报率."""
        return Rate(self.counts["r_declared"] or 0, self.counts["r"] or 0)

    @property
    def done(self) -> Rate | None:
        """完成率 = D/N."""
        return _done(self.counts)

    @property
    def removed(self) -> Rate | None:
        """核销率 = X/(B + A)."""
        return self._of_all(self.counts.get("x") or 0)

    @property
    def worked(self) -> Rate | None:
        """工作完成率 = (D + X)/(B + A)."""
        return self._of_all((self.counts.get("d") or 0) + (self.counts.get("x") or 0))

    @property
    def change(self) -> str:
        """环比 of 完成率 in percentage points."""
        return points(self.done, _done(self.before) if self.before else None)

    @property
    def u_change(self) -> int | None:
        """ΔU; a county without a baseline before has none."""
        now, before = self.counts.get("u"), (self.before or {}).get("u")
        return None if now is None or before is None else now - before

    def _of_all(self, done: int) -> Rate | None:
        return Rate(done, (self.counts["b"] or 0) + (self.counts["a"] or 0)) if self.based else None

    def as_row(self) -> dict[str, Any]:
        """Everything by its name, for JSON."""
        rates = {"r_rate": self.r_rate, "done": self.done, "removed": self.removed, "worked": self.worked}
        shares = {key: str(self.share(key)) for key in slices_of(self.counts)}
        return {
            "county": self.county,
            "name": self.name,
            "counts": dict(self.counts),
            "rates": {key: None if one is None else str(one) for key, one in rates.items()} | shares,
            "change": self.change,
            "u_change": self.u_change,
            "causes": None if self.causes is None else {str(key): n for key, n in self.causes.items()},
            "rank": self.rank,
        }


@dataclass(frozen=True)
class Previous:
    """The month before: what was published if it was frozen, else computed with the knowledge of these figures."""

    as_of: date
    known_at: datetime
    assessment: int | None = None


@dataclass(frozen=True)
class Figures:
    """The table of one day: the counties in the file's order, 县区不明, then the city."""

    campaign: str
    as_of: date
    known_at: datetime
    lines: tuple[Line, ...]
    month: str | None = None  # set where the figures are a month's
    assessment: int | None = None  # the number of the frozen month they are read from
    sha256: str | None = None
    previous: Previous | None = None
    terms: str | None = None
    groups: tuple[Mapping[str, Any], ...] = field(default=())
    quality: tuple[Mapping[str, Any], ...] = field(
        default=()
    )  # I4: lines of a month, counts and earlier (C05)

    @property
    def city(self) -> Line:
        return self.lines[-1]

    @property
    def counties(self) -> tuple[Line, ...]:
        """Without 县区不明, which nobody ranks, and the city."""
        return tuple(line for line in self.lines[:-1] if line.county)

    def line(self, county: str | None) -> Line:
        """By code; None: the city; the empty text: the units whose county nobody knows."""
        wanted = ALL if county is None else county
        return next(line for line in self.lines if line.county == wanted)

    def ranked(self) -> list[Line]:
        """Best first; the unranked after them."""
        return sorted(self.counties, key=lambda line: (line.rank is None, line.rank or 0, line.county))

    def as_row(self) -> dict[str, Any]:
        names = ("campaign", "month", "as_of", "known_at", "assessment", "sha256", "terms")
        return {name: getattr(self, name) for name in names} | {
            "previous": None if self.previous is None else vars(self.previous),
            "lines": [line.as_row() for line in self.lines],
            "groups": [dict(group) for group in self.groups],
            "quality": [dict(line) for line in self.quality],
        }


def _done(counts: Mapping[str, int | None]) -> Rate | None:
    n = counts.get("n")
    return None if n is None else Rate(counts.get("d") or 0, n)


def slices_of(counts: Iterable[str]) -> list[str]:
    """The keys that have a declared part, and so a rate."""
    return [key.removesuffix(DECLARED) for key in counts if key.endswith(DECLARED)]


def derived(counts: Mapping[str, int]) -> dict[str, int]:
    """N, U and the rest from what was counted; each is the length of a list as well, and a test holds them together."""
    made = dict(counts)
    made["r_undeclared"] = made["r"] - made["r_declared"] - made["r_pending"]
    made["n"] = made["b"] + made["a"] - made["x"]
    made["u"] = made["n"] - made["d"]
    made["undeclared"] = made["u"] - made["p"]
    return made


def without_baseline(counts: Mapping[str, int | None]) -> dict[str, int | None]:
    return {key: None if key in OF_N else count for key, count in counts.items()}


def total(lines: Iterable[Line], name: str) -> Line:
    """The city: the sum of its counties; of N, of those whose baseline stands."""
    lines = tuple(lines)
    keys = dict.fromkeys(key for line in lines for key in line.counts)
    befores = [line.before for line in lines if line.before is not None]
    causes = [line.causes for line in lines if line.causes is not None]
    return Line(
        ALL,
        name,
        {key: _sum(line.counts.get(key) for line in lines) for key in keys},
        before={key: _sum(one.get(key) for one in befores) for key in keys} if befores else None,
        causes={one: sum(held.get(one, 0) for held in causes) for one in Cause} if causes else None,
    )


def _sum(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def with_ranks(lines: Iterable[Line]) -> tuple[Line, ...]:
    """By 完成率; where it is equal by fewer 未申报, then by the county's code. N = 0 or no baseline: unranked (2.5)."""
    lines = tuple(lines)
    rated = [line for line in lines if line.county and line.done is not None and line.done.whole]
    order = sorted(rated, key=lambda line: (-line.done.value, line["undeclared"], line.county))  # type: ignore[union-attr,operator]
    ranks = {line.county: rank for rank, line in enumerate(order, 1)}
    return tuple(replace(line, rank=ranks.get(line.county)) for line in lines)
