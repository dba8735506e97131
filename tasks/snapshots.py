"""Freeze the lists that go to the counties and the baselines, and prove later that they are what they were (1.7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.actions.snapshots import freeze
from models.campaign import Campaign
from models.database import session, writing
from models.errors import RuleRefused
from models.queries.knowledge import transaction_time
from models.queries.snapshots import frozen_members, laid_members, lay_members, snapshots
from models.rules.fingerprint import fingerprint
from models.target import Snapshot, SnapshotKind
from tasks.targets import see_targets

TITLES = {SnapshotKind.ISSUED: "下发清单", SnapshotKind.BASELINE: "基线"}


@dataclass(frozen=True)
class Proof:
    """What verifying a frozen list found: its stored members against the hash, and against a fresh computation."""

    snapshot: int
    kind: str
    county: str
    members: int
    stored_agrees: bool
    recomputed_agrees: bool
    missing: Sequence[int]  # frozen, but not found by computing again
    surplus: Sequence[int]  # found by computing again, but not frozen
    differing: Sequence[int]  # in both, with other facts

    @property
    def holds(self) -> bool:
        return self.stored_agrees and self.recomputed_agrees


def counties_of(campaign: Campaign) -> dict[str, str]:
    """Every list to freeze: one a county, and the city's own for units whose county is unknown."""
    return campaign.county_names | {campaign.city.code: "县区不明"}


def freeze_lists(
    campaign: Campaign,
    kind: SnapshotKind,
    as_of: date,
    *,
    by: str,
    county: str | None = None,
    reason: str | None = None,
) -> list[Snapshot]:
    """Freeze one county's list, or all of them together: all or none."""
    with writing() as db:
        return freeze_all(db, campaign, kind, as_of, by=by, county=county, reason=reason)


def freeze_all(
    db: Session,
    campaign: Campaign,
    kind: SnapshotKind,
    as_of: date,
    *,
    by: str,
    county: str | None = None,
    reason: str | None = None,
) -> list[Snapshot]:
    wanted = [county] if county else list(counties_of(campaign))
    _refuse_unfit(db, campaign, kind, wanted, as_of)
    facts = see_targets(db, campaign, as_of, fresh=True)
    known_at = transaction_time(db)
    made = []
    for one in wanted:
        lay_members(db, campaign, one, facts=facts)
        sha256 = fingerprint(laid_members(db))
        made.append(
            freeze(
                db, campaign, kind, one, sha256=sha256, as_of=as_of, known_at=known_at, by=by, reason=reason
            )
        )
    return made


def _refuse_unfit(
    db: Session, campaign: Campaign, kind: SnapshotKind, wanted: Iterable[str], as_of: date
) -> None:
    names = counties_of(campaign)
    frozen = {(one.kind, one.county): one for one in snapshots(db, campaign)}
    for county in wanted:
        if earlier := frozen.get((kind, county)):
            said = f"{earlier.by}于 {earlier.recorded_at:%Y-%m-%d} 冻结（第 {earlier.id} 号，截至 {earlier.as_of}）"
            raise RuleRefused("E1242", f"{names[county]}的{TITLES[kind]}已由{said}，不能再冻结。")
        if kind is SnapshotKind.ISSUED:
            continue
        issued = frozen.get((SnapshotKind.ISSUED, county))
        if issued is None:
            raise RuleRefused("E1243", f"{names[county]}还没有下发清单，先冻结下发清单，再冻结基线。")
        if as_of < issued.as_of:
            raise RuleRefused("E1244", f"基线日 {as_of} 早于{names[county]}下发清单的日期 {issued.as_of}。")


def verify_snapshots(campaign: Campaign, number: int | None = None) -> list[Proof]:
    """Compute the frozen lists again for their day and their knowledge, and compare (C08)."""
    with session() as db:
        frozen = [one for one in snapshots(db, campaign) if number in (None, one.id)]
        if number and not frozen:
            raise RuleRefused("E1245", f"没有第 {number} 号清单。")
        return verify_all(db, campaign, frozen)


def verify_all(db: Session, campaign: Campaign, frozen: Sequence[Snapshot]) -> list[Proof]:
    proofs, seen, facts = [], None, ""
    for one in sorted(frozen, key=lambda one: (one.as_of, one.known_at, one.id)):
        if seen != (one.as_of, one.known_at):  # lists frozen together are computed once
            facts = see_targets(db, campaign, one.as_of, one.known_at)
            seen = (one.as_of, one.known_at)
        proofs.append(_prove(db, campaign, one, facts))
    return proofs


def _prove(db: Session, campaign: Campaign, one: Snapshot, facts: str) -> Proof:
    stored = dict(frozen_members(db, one))
    lay_members(db, campaign, one.county, facts=facts)
    found = dict(laid_members(db))
    return Proof(
        snapshot=one.id,
        kind=one.kind,
        county=one.county,
        members=one.members,
        stored_agrees=fingerprint(stored.items()) == one.sha256 and len(stored) == one.members,
        recomputed_agrees=fingerprint(found.items()) == one.sha256,
        missing=sorted(stored.keys() - found.keys()),
        surplus=sorted(found.keys() - stored.keys()),
        differing=sorted(unit for unit in stored.keys() & found.keys() if stored[unit] != found[unit]),
    )


def frozen_lists(campaign: Campaign) -> list[Snapshot]:
    with session() as db:
        return list(snapshots(db, campaign))
