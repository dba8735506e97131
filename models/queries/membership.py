"""The campaign's work N = B + A - X per county, and what has become of it: D, P, U (1.7)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.rules.membership import Place

ALL = "合计"
FIGURES = ("b", "a", "x", "d", "p", "unsure", "recheck")
# Where merged numbers lead, and approvals that ended, as the tables say now; models.actions.figure_units says it as it
# was known at an instant.
LED_NOW = """
        SELECT held.employer_id AS old, e.id, e.merged_into FROM held JOIN employer e ON e.id = held.employer_id
        UNION SELECT led.old, e.id, e.merged_into FROM led JOIN employer e ON e.id = led.merged_into"""
FALLEN_NOW = """
        SELECT l.employer_id, p.from_on, p.to_on FROM standing p
        JOIN link l ON l.entry = p.entry AND l.verdict = 'sure' AND l.ended_at IS NULL
        WHERE :derive AND p.to_on <= :as_of
        UNION SELECT e.merged_into, f.from_on, f.to_on FROM fallen f
        JOIN employer e ON e.id = f.employer_id AND e.merged_into IS NOT NULL"""


def members_sql(*, led: str = LED_NOW, fallen: str = FALLEN_NOW, facts: str = "employer") -> str:
    """Every unit that was ever in a county's N, on the day: from the baseline or added, removed or not.

    A merged unit answers by its survivor; its own number stays in the list, as it was frozen. `revoked`: declared on
    the baseline's day and not on this one enters A by itself (撤销后未申报); `derive` asks for it, and needs the
    targets of the day. What happened to the unit after it lost its approval takes it out of A no more than out of B.
    """
    return f"""
    WITH RECURSIVE told AS (
        SELECT id, employer_id, county, change, reason_code, effective_on FROM membership_change
        WHERE campaign = :campaign AND effective_on <= :as_of
            AND (cancelled_on IS NULL OR cancelled_on > :as_of OR NOT coalesce(cancelled_at <= :known_at, true))
            AND coalesce(recorded_at <= :known_at, true)
    ), based AS (
        SELECT m.employer_id, s.county FROM snapshot s JOIN snapshot_member m ON m.snapshot_id = s.id
        WHERE s.campaign = :campaign AND s.kind = 'baseline' AND s.as_of <= :as_of
            AND coalesce(s.recorded_at <= :known_at, true)
    ), held AS (
        SELECT employer_id, county, true AS based FROM based
        UNION ALL SELECT employer_id, county, false FROM told WHERE change = 'added'
    ), led AS ({led}
    ), fallen AS ({fallen}
    ), revoked AS (
        SELECT DISTINCT t.employer_id, s.county FROM fallen f
        JOIN target t ON t.campaign = :campaign AND t.employer_id = f.employer_id AND NOT t.declared
        JOIN {facts} e ON e.id = t.employer_id
        JOIN snapshot s ON s.campaign = :campaign AND s.kind = 'baseline' AND s.as_of <= :as_of
            AND s.county = coalesce(t.county, :city) AND coalesce(s.recorded_at <= :known_at, true)
            AND f.from_on <= s.as_of AND f.to_on > s.as_of
        WHERE (t.in_r OR t.rule = 'stopped_long' AND e.state_on + make_interval(months => :months) >= f.to_on
                OR t.rule IN ('deregistered', 'moved_out') AND e.state_on >= f.to_on)
            AND NOT EXISTS (SELECT FROM led JOIN held h ON h.employer_id = led.old WHERE led.id = t.employer_id
            AND (h.based OR h.county = s.county OR NOT EXISTS (SELECT FROM told r
                WHERE r.change = 'removed' AND r.employer_id = t.employer_id AND r.county = s.county)))
    ), counted AS (
        SELECT held.employer_id, led.id AS survivor, held.county, held.based
        FROM held LEFT JOIN led ON led.old = held.employer_id AND led.merged_into IS NULL
        UNION ALL SELECT employer_id, employer_id, county, false FROM revoked
    )
    SELECT counted.*, EXISTS (SELECT FROM told r WHERE r.change = 'removed'
        AND r.employer_id = counted.employer_id AND r.county = counted.county) AS removed
    FROM counted"""


MEMBERS = members_sql()

COUNTS = f"""
    SELECT m.county AS place, count(*) FILTER (WHERE based) AS b, count(*) FILTER (WHERE NOT based) AS a,
        count(*) FILTER (WHERE removed) AS x,
        count(*) FILTER (WHERE NOT removed AND t.declared) AS d,
        count(*) FILTER (WHERE NOT removed AND t.pending) AS p,
        count(*) FILTER (WHERE NOT removed AND t.unsure) AS unsure,
        count(*) FILTER (WHERE NOT removed AND t.in_r IS NOT TRUE) AS recheck
    FROM ({MEMBERS}) m
    LEFT JOIN target t ON t.campaign = :campaign AND t.employer_id = coalesce(m.survivor, m.employer_id)
    GROUP BY m.county"""


def asked(campaign: Campaign, as_of: date) -> dict[str, Any]:
    """What MEMBERS asks for."""
    given = {"campaign": campaign.key, "city": campaign.city.code, "as_of": as_of}
    return given | {"known_at": None, "derive": True, "months": campaign.stopped_months_limit}


@dataclass(frozen=True)
class Membership:
    """One county's N. All None before its baseline: printed —. `recheck`: in N, but the facts now say otherwise."""

    county: str
    name: str
    b: int | None = None
    a: int | None = None
    x: int | None = None
    d: int | None = None
    p: int | None = None
    unsure: int | None = None
    recheck: int | None = None

    @property
    def n(self) -> int | None:
        return None if self.b is None else self.b + (self.a or 0) - (self.x or 0)

    @property
    def u(self) -> int | None:
        """U = N − D: without a standing approval, a record 待审核 or not (1.7)."""
        return None if self.n is None else self.n - (self.d or 0)

    @property
    def undeclared(self) -> int | None:
        """The column 未申报 of the county table: N − D − P (2.5)."""
        return None if self.u is None else self.u - (self.p or 0)

    def as_row(self) -> dict[str, Any]:
        return asdict(self) | {"n": self.n, "u": self.u, "undeclared": self.undeclared}


def membership(
    db: Session,
    campaign: Campaign,
    as_of: date,
    *,
    known_at: datetime | None = None,
    county: str | None = None,
) -> list[Membership]:
    """N of every county on the day, from the frozen baselines, the open changes and the targets of that day.

    The units whose county is unknown are frozen under the city's own code. Time alone removes nothing: a member that
    has become no target stays in N and is counted under `recheck` until a verdict.
    """
    given = asked(campaign, as_of) | {"known_at": known_at}
    counted = {row.pop("place"): row for row in map(dict, db.execute(text(COUNTS), given).mappings())}
    based = set(db.scalars(text(BASED), given))
    names = campaign.names_on(as_of) | {campaign.city.code: "县区不明"}
    zero = dict.fromkeys(FIGURES, 0)
    lines = []
    for code, name in names.items():
        figures = zero | counted.get(code, {}) if code in based else {}
        lines.append(Membership(county=code, name=name, **figures))
    if county is not None:
        return [line for line in lines if line.county == county]
    return [*lines, _whole(lines)]


def _whole(lines: Sequence[Membership]) -> Membership:
    """The city: the sum of the lists with a baseline. A move is in X and in A, so it is zero for N."""
    based = [line for line in lines if line.b is not None]
    figures = {name: sum(getattr(line, name) for line in based) for name in FIGURES} if based else {}
    return Membership(county=ALL, name=ALL, **figures)


BASED = """
    SELECT county FROM snapshot WHERE campaign = :campaign AND kind = 'baseline' AND as_of <= :as_of
        AND coalesce(recorded_at <= :known_at, true)"""


def members(
    db: Session, campaign: Campaign, as_of: date, *, county: str | None = None, derive: bool = True
) -> list[dict[str, Any]]:
    """The member list behind the figures; only `derive` needs the targets of the day."""
    statement = text(
        f"SELECT * FROM ({MEMBERS}) m WHERE CAST(:county AS text) IS NULL OR county = :county ORDER BY 1, 3"
    )
    given = asked(campaign, as_of) | {"county": county, "derive": derive}
    return [dict(row) for row in db.execute(statement, given).mappings()]


def places_of(
    db: Session, campaign: Campaign, employer_id: int, on: date, *, derive: bool = False
) -> list[Place]:
    """Where the unit is or was a member, by whatever of its numbers."""
    statement = text(
        f"SELECT employer_id, county, removed FROM ({MEMBERS}) m WHERE :unit IN (employer_id, survivor) ORDER BY county, employer_id"
    )
    given = asked(campaign, on) | {"unit": employer_id, "derive": derive}
    return [Place(row.employer_id, row.county, row.removed) for row in db.execute(statement, given)]
