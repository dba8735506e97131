"""Reads of frozen lists, and the list that would be frozen now (C08, 1.7)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.target import Snapshot, SnapshotKind

# What a member is frozen with. Dates as text, so that the facts are the same after any round through JSON.
FACTS = """
    SELECT e.id AS employer_id, jsonb_build_object(
        'name', e.name, 'credit_code', e.credit_code, 'legacy_code', e.legacy_code, 'county', t.county,
        'town', e.town, 'address', e.address, 'industry', e.industry, 'headcount', e.headcount, 'size', e.size,
        'phone', e.phone, 'state', e.state, 'state_on', to_char(e.state_on, 'YYYY-MM-DD'),
        'rule', t.rule, 'flag', t.flag, 'sector', t.sector, 'borderline', t.borderline, 'risk', t.risk,
        'programmes', t.programmes, 'found', t.found, 'pending', t.pending, 'unsure', t.unsure,
        'work_order', t.work_order) AS facts
    FROM target t JOIN {facts} e ON e.id = t.employer_id
    WHERE t.campaign = :campaign AND coalesce(t.county, :city) = :county AND t.in_r AND NOT t.declared"""


def lay_members(db: Session, campaign: Campaign, county: str, *, facts: str = "employer") -> None:
    """The undeclared targets of a county as the temporary table `member_new`.

    The city's own code stands for the units whose county nobody knows yet: they are frozen too, never dropped.
    """
    db.execute(text("DROP TABLE IF EXISTS pg_temp.member_new"))
    statement = f"CREATE TEMP TABLE member_new ON COMMIT DROP AS {FACTS.format(facts=facts)}"
    db.execute(text(statement), {"campaign": campaign.key, "county": county, "city": campaign.city.code})


def laid_members(db: Session) -> Iterator[tuple[int, dict[str, Any]]]:
    yield from _members(db, "SELECT employer_id, facts FROM member_new ORDER BY employer_id", {})


def frozen_members(db: Session, snapshot: Snapshot) -> Iterator[tuple[int, dict[str, Any]]]:
    statement = "SELECT employer_id, facts FROM snapshot_member WHERE snapshot_id = :id ORDER BY employer_id"
    yield from _members(db, statement, {"id": snapshot.id})


def _members(db: Session, statement: str, given: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    for row in db.execute(text(statement), given).yield_per(10_000):
        yield row.employer_id, row.facts


def snapshots(
    db: Session, campaign: Campaign, *, county: str | None = None, kind: SnapshotKind | None = None
) -> Sequence[Snapshot]:
    wanted = select(Snapshot).where(Snapshot.campaign == campaign.key)
    if county is not None:
        wanted = wanted.where(Snapshot.county == county)
    if kind is not None:
        wanted = wanted.where(Snapshot.kind == kind)
    return db.scalars(wanted.order_by(Snapshot.kind.desc(), Snapshot.county)).all()


def baseline_of(db: Session, campaign: Campaign, county: str, as_of: date | None = None) -> Snapshot | None:
    """The county's baseline, if it was there on the day."""
    found = snapshots(db, campaign, county=county, kind=SnapshotKind.BASELINE)
    return next((one for one in found if as_of is None or one.as_of <= as_of), None)
