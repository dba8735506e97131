"""The table of 1.5 once more through the database: in each state each actor tries everything, and only its own is done."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.actions import review
from models.errors import RuleRefused
from models.filing import FiledDeclaration
from models.queries.filings import chain_faults
from models.rules.review import Actor
from tests.make_filings import (
    AT_CITY,
    AT_REGION,
    COUNTY,
    OTHER_COUNTY,
    do,
    employer,
    make_declaration,
    make_registrant,
)
from tests.make_forms import DAY, make_form

STATES: dict[str, tuple[str, ...]] = {
    "暂存": (),
    "待审核": ("提交",),
    "已审核": ("提交", "审核通过"),
    "已驳回": ("提交", "审核不通过"),
}
ACTORS = {"用人单位": None, "本县区": COUNTY, "别县区": OTHER_COUNTY, "市级": AT_CITY, "自治区": AT_REGION}
# what is done in each state, by whom, and where it leads; everything else is refused
DONE = {
    ("暂存", "用人单位"): {"修改": "暂存", "提交": "待审核"},
    ("已驳回", "用人单位"): {"修改": "已驳回", "提交": "待审核"},
    ("待审核", "本县区"): {"审核通过": "已审核", "审核不通过": "已驳回"},
    ("已审核", "本县区"): {"撤销": "待审核"},
}
ACTS = ("修改", "提交", "审核通过", "审核不通过", "撤销")


def attempt(db: Session, made: FiledDeclaration, act: str, actor: Actor) -> None:
    if act == "修改":
        form = make_form({"basics.exposed": 22})
        review.edit(db, made.id, form, actor=actor, on=DAY)
    else:
        do(db, made, act, actor=actor)


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("state", STATES)
def test_only_what_the_table_allows_is_done(db: Session, state: str, who: str) -> None:
    owner = make_registrant(db).id
    made = make_declaration(db, owner, *STATES[state])
    actor = ACTORS[who] or employer(owner)
    came = {}
    for act in ACTS:
        trial = db.begin_nested()
        before = made.steps
        try:
            attempt(db, made, act, actor)
            came[act] = made.state
            assert made.steps == before + 1
        except RuleRefused:
            assert (made.state, made.steps) == (state, before)
        assert chain_faults(db) == {}
        trial.rollback()
        db.refresh(made)
    assert came == DONE.get((state, who), {})


@pytest.mark.parametrize("who", ["本县区", "别县区", "市级", "自治区"])
def test_nobody_else_begins_one(db: Session, who: str) -> None:
    """(none) → 暂存 is the employer's alone."""
    owner = make_registrant(db).id
    actor = ACTORS[who]
    assert actor is not None
    save: Callable[..., Any] = review.save
    with pytest.raises(RuleRefused, match="E1603"):
        save(db, owner, make_form(), actor=actor, on=DAY)
