"""Judgements on links: the machine's follow the data, a person's stay until a person takes them back."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from models.actions.links import accept, follow_merges, leave_open, reject, store_machine_links, undo
from models.actions.units import resolve_units
from models.employer import Employer
from models.errors import RuleRefused
from models.event import Event
from models.inbound import Kind
from models.link import Link
from models.queries.link_frames import declarations_frame, employers_frame, refused_pairs
from models.queries.links import declaration_side, employer_sides
from models.record import record, row_problem
from models.rules.linking import LINKS
from tests.make import load, make_row

DAMAGED = "91450200935148460A"
WHO = {"by": "李四", "reason": "电话核实"}


@pytest.fixture
def entry(db: Session) -> int:
    load(db, Kind.DECLARATIONS, [make_row(declaration_no="S1")])
    return db.scalars(select(record.c.entry)).one()


@pytest.fixture
def units(db: Session) -> list[int]:
    employers = [Employer(name=name) for name in ("甲厂", "乙厂", "丙厂")]
    db.add_all(employers)
    db.flush()
    return [employer.id for employer in employers]


def say(db: Session, *found: tuple[int, int, str, str]) -> tuple[int, int]:
    """What the machine finds: (entry, employer, verdict, method)."""
    rows = [(*one, None, None, None) for one in found]
    return store_machine_links(db, pl.DataFrame(rows, schema=LINKS, orient="row"))


def current(db: Session) -> list[tuple[Any, ...]]:
    db.expire_all()
    open_links = select(Link.employer_id, Link.verdict, Link.by).where(Link.ended_at.is_(None))
    return [tuple(row) for row in db.execute(open_links.order_by(Link.employer_id))]


def test_a_second_run_changes_nothing(db: Session, entry: int, units: list[int]) -> None:
    assert say(db, (entry, units[0], "sure", "code")) == (0, 1)
    assert say(db, (entry, units[0], "sure", "code")) == (0, 0)


def test_a_changed_judgement_ends_and_stays_in_history(db: Session, entry: int, units: list[int]) -> None:
    say(db, (entry, units[0], "sure", "code"))
    assert say(db, (entry, units[1], "sure", "name_county")) == (1, 1)
    assert current(db) == [(units[1], "sure", "规则")]
    ended = db.scalars(select(Link).where(Link.ended_at.is_not(None))).one()
    assert (ended.employer_id, ended.ended_by) == (units[0], "规则")


def test_what_is_no_longer_found_ends(db: Session, entry: int, units: list[int]) -> None:
    say(db, (entry, units[0], "unsure", "model"))
    assert say(db) == (1, 0)
    assert current(db) == []


def test_an_accepted_link_survives_the_next_run(db: Session, entry: int, units: list[int]) -> None:
    say(db, (entry, units[0], "sure", "code"))
    accept(db, entry, units[1], **WHO)
    assert say(db, (entry, units[0], "sure", "code"), (entry, units[2], "unsure", "model")) == (0, 0)
    assert current(db) == [(units[1], "sure", "李四")]


def test_a_rejected_pair_is_never_found_again(db: Session, entry: int, units: list[int]) -> None:
    say(db, (entry, units[0], "sure", "code"))
    reject(db, entry, units[0], **WHO)
    say(db, (entry, units[0], "sure", "code"), (entry, units[1], "unsure", "model"))
    assert current(db) == [(units[0], "rejected", "李四"), (units[1], "unsure", "模型")]
    assert refused_pairs(db).rows() == [(entry, units[0])]


def test_what_a_person_leaves_open_stays_unsure(db: Session, entry: int, units: list[int]) -> None:
    leave_open(db, entry, units[0], **WHO)
    say(db, (entry, units[0], "sure", "code"))
    assert current(db) == [(units[0], "unsure", "李四")]


def test_undone_the_machine_decides_again(db: Session, entry: int, units: list[int]) -> None:
    link = accept(db, entry, units[1], **WHO)
    undo(db, link.id, by="王五", reason="看错了")
    assert say(db, (entry, units[0], "sure", "code")) == (0, 1)
    assert current(db) == [(units[0], "sure", "规则")]
    acts = db.execute(select(Event.act, Event.by).order_by(Event.id)).all()
    told = [("link.sure", "李四"), ("link.undo", "王五"), ("link", "规则")]
    assert [tuple(row) for row in acts] == told


def test_a_persons_newer_word_on_a_pair_ends_the_older(db: Session, entry: int, units: list[int]) -> None:
    reject(db, entry, units[0], **WHO)
    accept(db, entry, units[0], **WHO)
    assert current(db) == [(units[0], "sure", "李四")]


def test_judgements_follow_a_merge_and_come_back(db: Session, entry: int, units: list[int]) -> None:
    accept(db, entry, units[0], **WHO)
    merge = update(Employer).where(Employer.id == units[0])
    db.execute(merge.values(merged_into=units[1]))
    assert follow_merges(db, by="规则") == 1
    assert current(db) == [(units[1], "sure", "李四")]
    db.execute(merge.values(merged_into=None))
    follow_merges(db, by="规则")
    assert current(db) == [(units[0], "sure", "李四")]
    assert follow_merges(db, by="规则") == 0


def test_a_judgement_on_a_merged_unit_goes_to_its_survivor(db: Session, entry: int, units: list[int]) -> None:
    db.execute(update(Employer).where(Employer.id == units[0]).values(merged_into=units[1]))
    db.execute(update(Employer).where(Employer.id == units[1]).values(merged_into=units[2]))
    assert accept(db, entry, units[0], **WHO).employer_id == units[2]


REFUSED = {
    "E1250 已有人认定别的单位": lambda db, entry, units: (
        accept(db, entry, units[0], **WHO),
        accept(db, entry, units[1], **WHO),
    ),
    "E1251 没有这个判断": lambda db, *_: undo(db, 10**9, **WHO),
    "E1253 没有理由": lambda db, entry, units: reject(db, entry, units[0], by="李四", reason=" "),
    "E1254 没有这条申报": lambda db, entry, units: accept(db, entry + 1, units[0], **WHO),
    "E1255 没有这个单位": lambda db, entry, units: accept(db, entry, units[2] + 1, **WHO),
}


@pytest.mark.parametrize("case", REFUSED, ids=REFUSED.keys())
def test_refusals(db: Session, entry: int, units: list[int], case: str) -> None:
    with pytest.raises(RuleRefused) as refusal:
        REFUSED[case](db, entry, units)
    assert refusal.value.code == case[:5]


def test_a_judgement_of_the_machine_is_not_undone(db: Session, entry: int, units: list[int]) -> None:
    say(db, (entry, units[0], "sure", "code"))
    with pytest.raises(RuleRefused, match="E1252"):
        undo(db, db.scalars(select(Link.id)).one(), **WHO)


def test_frames_hold_one_row_per_declaration_and_only_living_units(db: Session, units: list[int]) -> None:
    twice = [make_row(declaration_no="S1", is_branch=True), make_row(declaration_no="S1", county="450205")]
    load(db, Kind.DECLARATIONS, twice)
    load(db, Kind.REGISTRY, [make_row(source_key="R1")])
    db.execute(update(Employer).where(Employer.id == units[0]).values(merged_into=units[1]))
    declarations = declarations_frame(db)
    assert declarations.height == 1
    assert declarations["name_core"].to_list() == ["鑫鸿铸造"]
    assert sorted(employers_frame(db)["employer_id"]) == units[1:]


def test_frames_tell_a_damaged_code_of_either_side(db: Session) -> None:
    """It is no fact of the row: it stands with what is wrong with it, and only as long as the row is current."""
    load(db, Kind.DECLARATIONS, [make_row(declaration_no="S1", credit_code=None)])
    load(db, Kind.REGISTRY, [make_row(source_key="R1", credit_code=None)])
    resolve_units(db, {})
    wrong = {
        "field": "credit_code",
        "code": "E1103",
        "severity": "必须改正",
        "value": DAMAGED,
        "message": "校验位不对",
    }
    for one in db.scalars(select(record.c.id)).all():
        db.execute(
            insert(row_problem), [wrong | {"record_id": one}, wrong | {"record_id": one, "field": "phone"}]
        )
    declarations, employers = declarations_frame(db), employers_frame(db)
    assert declarations["damaged_code"].to_list() == employers["damaged_code"].to_list() == [DAMAGED]
    assert declaration_side(db, declarations["entry"][0])["damaged_code"].to_list() == [DAMAGED]
    assert employer_sides(db, employers["employer_id"][0], None)["damaged_code"].to_list() == [DAMAGED]
    load(db, Kind.REGISTRY, [make_row(source_key="R1", credit_code="91450200735148460A")], date(2024, 8, 1))
    resolve_units(db, {})
    assert employers_frame(db)["damaged_code"].to_list() == [None]
