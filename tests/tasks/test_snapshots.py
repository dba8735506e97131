"""Frozen lists: once, unchangeable, provable (C08, 1.7)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.database import session
from models.errors import RuleRefused
from models.inbound import Kind
from models.queries.county_totals import county_totals
from models.target import Snapshot, SnapshotKind
from tasks.snapshots import freeze_all, freeze_lists, verify_all, verify_snapshots
from tasks.targets import compute_targets, count_counties
from tests.make_targets import DAY, campaign_on_file, declare, list_on, make_known

LIUJIANG = "450206"


def freeze(db: Session, kind: str = "issued", county: str | None = None, as_of: date = DAY) -> list[Snapshot]:
    return freeze_all(db, campaign_on_file(), SnapshotKind(kind), as_of, by="张三", county=county)


@pytest.fixture
def city(db: Session) -> Session:
    for county in ("450205", LIUJIANG, LIUJIANG, None):
        make_known(db, county=county)
    declare(db, make_known(db))
    return db


def test_lists_of_the_counties_and_the_rest_add_up_to_the_citys_targets(city: Session) -> None:
    compute_targets(city, campaign_on_file(), DAY)
    whole = county_totals(city, campaign_on_file())[-1].targets
    frozen = {one.county: one.members for one in freeze(city)}
    assert sum(frozen.values()) == whole == 4
    assert (frozen[LIUJIANG], frozen["450205"], frozen["450200"]) == (2, 1, 1)
    assert len(frozen) == 11


def test_verifying_finds_what_was_frozen(city: Session) -> None:
    frozen = freeze(city)
    assert all(proof.holds for proof in verify_all(city, campaign_on_file(), frozen))


def test_verifying_finds_a_record_changed_behind_the_historys_back(city: Session) -> None:
    frozen = freeze(city, county=LIUJIANG)
    city.execute(text("UPDATE employer SET industry = '8310'"))
    assert verify_all(city, campaign_on_file(), frozen)[0].holds, "facts come from the records of the time"
    city.execute(text("UPDATE record SET industry = '8310' WHERE county = '450206'"))
    proof = verify_all(city, campaign_on_file(), frozen)[0]
    assert (proof.stored_agrees, proof.recomputed_agrees, len(proof.missing)) == (True, False, 2)


def test_what_becomes_known_later_changes_todays_targets_and_not_the_proof(installation: Path) -> None:  # noqa: ARG001
    with session() as db:
        units = [make_known(db) for _ in range(4)]
        entry = declare(db, units[3])
    frozen = freeze_lists(campaign_on_file(), SnapshotKind.ISSUED, DAY, by="张三", county=LIUJIANG)
    with session() as db:
        declare(db, units[0], from_on=date(2024, 7, 15))
        list_on(db, Kind.REGISTRY, units[1], {"name": units[1].name, "state": "注销"}, date(2024, 8, 1))
        db.execute(text("UPDATE employer SET state = '注销' WHERE id = :id"), {"id": units[1].id})
        db.execute(
            text("UPDATE employer SET merged_into = :to WHERE id = :id"),
            {"id": units[2].id, "to": units[0].id},
        )
        db.execute(text("UPDATE placement SET ended_at = now() WHERE employer_id = :id"), {"id": units[2].id})
        ended = "UPDATE link SET ended_at = now(), ended_by = '李四' WHERE entry = :entry"
        db.execute(text(ended), {"entry": entry})
    (proof,) = verify_snapshots(campaign_on_file(), frozen[0].id)
    assert (proof.holds, proof.members) == (True, 3)
    (county,) = count_counties(campaign_on_file(), DAY, county=LIUJIANG)
    assert (county.units, county.r, county.targets) == (3, 2, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE snapshot SET members = 0",
        "DELETE FROM snapshot_member",
        "TRUNCATE snapshot_member",
        "UPDATE snapshot_member SET facts = '{}'",
    ],
)
def test_nobody_changes_a_frozen_list(city: Session, statement: str) -> None:
    freeze(city)
    with pytest.raises(DBAPIError, match="frozen"), city.begin_nested():
        city.execute(text(statement))


def test_frozen_twice_is_refused_with_who_and_when(city: Session) -> None:
    freeze(city, county=LIUJIANG)
    with pytest.raises(RuleRefused, match="E1242 柳江区的下发清单已由张三于"):
        freeze(city)
    assert RuleRefused.exit_code == 4


@pytest.mark.parametrize(
    ("issued_on", "baseline_on", "code"),
    [
        pytest.param(None, DAY, "E1243", id="没有下发清单"),
        pytest.param(DAY, DAY - timedelta(1), "E1244", id="基线早于下发"),
    ],
)
def test_baseline_needs_an_issued_list_before_it(
    city: Session, issued_on: date | None, baseline_on: date, code: str
) -> None:
    if issued_on:
        freeze(city, as_of=issued_on)
    with pytest.raises(RuleRefused, match=code):
        freeze(city, "baseline", LIUJIANG, baseline_on)


def test_baseline_is_what_is_undeclared_then(city: Session) -> None:
    freeze(city)
    declare(city, make_known(city), from_on=DAY + timedelta(5))
    assert freeze(city, "baseline", LIUJIANG, DAY + timedelta(4))[0].members == 3
