"""F07 and F18 over a real database: a code corrected with its trace, a branch in its headquarters' place."""

from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError

from models.actions.code_corrections import correct_code
from models.actions.handover import Headquarters, hand_over
from models.code_correction import CodeCorrection
from models.database import session
from models.errors import RuleRefused
from models.event import Event
from models.filing import Level, Registrant, Registration
from models.inbound import Kind
from models.queries.filings import chain_faults
from models.rules.review import Actor
from tasks import registrations, review
from tests.make_filings import (
    AT_CITY,
    COUNTY,
    LIUBEI,
    OTHER_COUNTY,
    employer,
    make_declaration,
    make_entry,
    make_registrant,
)
from tests.make_forms import CODE, DAY, OTHER, PARENT, make_form
from tests.make_targets import campaign_on_file, list_on, make_employer, make_known
from tests.models.actions.test_review_at_once import at_once

pytestmark = pytest.mark.usefixtures("installation")
DESK = Actor(Level.DESK, "在线咨询", "工程师 覃二")
HEAD, BRANCH = "柳州市鑫鸿铸造有限公司", "柳州市鑫鸿铸造有限公司柳江分公司"


def correct(number: int, **changes: Any) -> registrations.Corrected:
    given: dict[str, Any] = {
        "before": CODE,
        "after": OTHER,
        "reason": "与营业执照不符",
        "actor": DESK,
        "on": DAY,
    }
    return registrations.correct(campaign_on_file(), number, **{**given, **changes})


def registered(**changes: Any) -> int:
    with session() as db:
        return make_registrant(db, **changes).id


def unit(**facts: Any) -> int:
    with session() as db:
        return make_known(db, **{"name": HEAD, "name_key": HEAD, **facts}).id


def held(number: int) -> Registrant:
    with session() as db:
        return db.get_one(Registrant, number)


def test_a_correction_leaves_one_row_and_matches_the_unit_anew() -> None:
    wrong, right = unit(name="乙厂", name_key="乙厂", credit_code=CODE), unit(credit_code=OTHER)
    number = registered(unit=wrong)
    done = correct(number)
    assert (done.unit_before, done.unit) == (wrong, right)
    assert (held(number).credit_code, held(number).employer_id) == (OTHER, right)
    with session() as db:
        (row,) = db.scalars(select(CodeCorrection)).all()
        assert (row.registrant_id, row.before, row.after) == (number, CODE, OTHER)
        assert (row.reason, row.by, row.corrected_on) == ("与营业执照不符", "工程师 覃二", DAY)


def test_linkage_runs_again() -> None:
    """F07: what the platform shows under the right code is brought together with its unit."""
    with session() as db:
        make_known(db, name=HEAD, name_key=HEAD, credit_code=OTHER)
        row = {"name": HEAD, "declaration_no": "SB1", "platform": "广西", "declaration_state": "已审核"}
        list_on(db, Kind.DECLARATIONS, None, {**row, "credit_code": OTHER, "approved_on": DAY})
    done = correct(registered())
    assert (done.links.declarations, done.links.sure, done.links.added) == (1, 1, 1)


def test_the_documents_keep_the_code_they_were_filed_with() -> None:
    number = registered()
    with session() as db:
        declaration = make_declaration(db, number, "提交", "审核通过").id
    correct(number)
    with session() as db:
        said = "SELECT form -> 'basics' ->> 'credit_code' FROM declaration_version WHERE declaration_id = :n"
        assert db.scalar(text(said), {"n": declaration}) == CODE
        assert chain_faults(db) == {}


def test_a_branch_follows_its_superior() -> None:
    """F16: the superior first, its branches are named, and each then goes along."""
    head = registered()
    branch = registered(name=BRANCH, is_branch=True, parent_code=CODE)
    with pytest.raises(RuleRefused, match="E1615"):
        correct(branch)
    assert correct(head).branches == (branch,)
    correct(branch)
    assert (held(branch).credit_code, held(branch).parent_code) == (OTHER, OTHER)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"actor": COUNTY}, "E1703", id="县区"),
        pytest.param({"actor": employer(1)}, "E1703", id="用人单位"),
        pytest.param({"after": PARENT}, "E1617", id="别家占用"),
        pytest.param({"after": "123"}, "E1706", id="不是代码"),
        pytest.param({"before": OTHER}, "E1705", id="原代码不符"),
    ],
)
def test_a_refused_correction_changes_nothing(changes: dict[str, Any], code: str) -> None:
    number = registered()
    registered(name="别家", credit_code=PARENT)
    with pytest.raises(RuleRefused, match=code):
        correct(number, **changes)
    assert held(number).credit_code == CODE
    with session() as db:
        assert db.scalars(select(CodeCorrection)).all() == []


@pytest.mark.parametrize(
    "change",
    [
        f"UPDATE registrant SET credit_code = '{PARENT}'",
        "UPDATE registrant SET credit_code = NULL",
        "UPDATE code_correction SET reason = 'x'",
        "DELETE FROM code_correction",
    ],
    ids=["改代码", "清代码", "改记录", "删记录"],
)
def test_the_database_refuses_a_change_past_the_correction(change: str) -> None:
    correct(number := registered())
    with pytest.raises(DBAPIError), session() as db:
        # a correction on record serves the transaction that wrote it, and no later one
        db.execute(text(change))
    assert held(number).credit_code == OTHER


def test_an_old_correction_lets_nothing_through() -> None:
    number = registered()
    correct(number)
    correct(number, before=OTHER, after=CODE)
    with pytest.raises(DBAPIError, match="only by a correction"), session() as db:
        db.execute(text(f"UPDATE registrant SET credit_code = '{OTHER}'"))


def test_other_facts_of_an_entry_may_change() -> None:
    number = registered()
    with session() as db:
        db.execute(text("UPDATE registrant SET name = '新名'"))
    assert held(number).name == "新名"


def correcting(number: int, after: str) -> Any:
    return lambda db: correct_code(db, number, before=CODE, after=after, reason="x", actor=DESK, on=DAY)


def handing(number: int) -> Any:
    return lambda db: hand_over(db, number, Headquarters(HEAD, LIUBEI), reason="x", actor=COUNTY, on=DAY)


@pytest.mark.parametrize("_", range(3))
def test_two_corrections_at_once(engine: Engine, _: int) -> None:
    number = registered(name=BRANCH)
    assert sorted(at_once(engine, correcting(number, OTHER), correcting(number, PARENT))) == ["E1705", "done"]
    with session() as db:
        assert len(db.scalars(select(CodeCorrection)).all()) == 1


@pytest.mark.parametrize("_", range(3))
def test_two_handovers_at_once(engine: Engine, _: int) -> None:
    number = registered(name=BRANCH)
    assert sorted(at_once(engine, handing(number), handing(number))) == ["E1677", "done"]
    with session() as db:
        assert len(db.scalars(select(Registrant)).all()) == 2


@pytest.mark.parametrize("_", range(3))
def test_a_handover_against_a_correction(engine: Engine, _: int) -> None:
    """Corrected first, the headquarters gets the new code; handed over first, nothing is left to correct."""
    number = registered(name=BRANCH)
    came = at_once(engine, handing(number), correcting(number, OTHER))
    expected = {("done", "E1704"): (CODE, CODE), ("done", "done"): (OTHER, OTHER)}
    with session() as db:
        codes = db.scalars(select(Registrant.credit_code).order_by(Registrant.id)).all()
    assert tuple(codes) == expected[came[0], came[1]]


def branch_in_place_of_its_head() -> tuple[int, int]:
    """F18's story: the branch registered as principal with the headquarters' code. (registration, head unit)"""
    head = unit(credit_code=CODE, county=LIUBEI, branch_part="")
    own = unit(name=BRANCH, name_key=BRANCH, credit_code=CODE, branch_part="柳江分公司")
    return registered(name=BRANCH, unit=own), head


def test_the_headquarters_gets_the_registration_and_the_branch_is_free() -> None:
    number, head = branch_in_place_of_its_head()
    with session() as db:
        approved = make_declaration(db, number, "提交", "审核通过").id
        waiting = make_declaration(db, number, "提交").id
    with pytest.raises(RuleRefused, match="E1617"):
        review.register(make_entry(name=HEAD, county=LIUBEI), by="x", on=DAY)
    (found,) = registrations.conflicts(county="450206")["codes"]
    assert (found["registrant"], found["head_unit"], found["signs"]) == (number, head, ["总公司在数据库中"])
    done = registrations.handover(number, None, reason="误用总公司代码", actor=COUNTY, on=DAY)
    assert (done.name, done.county, done.rejected, done.standing) == (HEAD, LIUBEI, (waiting,), (approved,))
    assert (held(number).state, held(number).handed_to) == ("已退回", done.headquarters)
    new = held(done.headquarters)
    assert (new.credit_code, new.state, new.employer_id, new.is_branch) == (CODE, "待审核", head, False)
    assert registrations.conflicts(county=None)["codes"] == []
    decide(done.headquarters)
    again = registered(name=BRANCH, is_branch=True, parent_code=CODE)
    assert held(again).state == "已审核"
    history_is_whole(number, done.headquarters)


def decide(number: int) -> None:
    review.decide_registration(number, Registration.APPROVED, actor=OTHER_COUNTY, on=DAY)


def history_is_whole(branch: int, head: int) -> None:
    with session() as db:
        assert chain_faults(db) == {}
        about = Event.subject == f"registrant:{branch}"
        told = db.scalars(select(Event).where(about).order_by(Event.id)).all()
        acts = [event.act.removeprefix("registrant.") for event in told]
        assert acts == ["registered", "approved", "returned", "handed_over"]
        assert (told[-1].by, told[-1].detail["to"], told[-1].detail["reason"]) == (
            COUNTY.by,
            head,
            "误用总公司代码",
        )


def test_a_returned_entry_files_nothing_any_more() -> None:
    number, _ = branch_in_place_of_its_head()
    with session() as db:
        draft = make_declaration(db, number).id
    registrations.handover(number, None, reason="误用", actor=COUNTY, on=DAY)
    with pytest.raises(RuleRefused, match="E1702"):
        review.submit(draft, actor=employer(number), on=DAY)
    with pytest.raises(RuleRefused, match="E1702"):
        review.save(number, make_form(), actor=employer(number), on=DAY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"actor": OTHER_COUNTY}, "E1607", id="别县区"),
        pytest.param({"actor": AT_CITY}, "E1607", id="市级"),
        pytest.param({"reason": " "}, "E1608", id="没有原因"),
        pytest.param({"to": Headquarters(BRANCH, LIUBEI)}, "E1708", id="移交给自己"),
    ],
)
def test_a_refused_handover_changes_nothing(changes: dict[str, Any], code: str) -> None:
    number, _ = branch_in_place_of_its_head()
    given: dict[str, Any] = {"to": None, "reason": "误用", "actor": COUNTY, "on": DAY}
    with pytest.raises(RuleRefused, match=code):
        registrations.handover(number, **{**given, **changes})
    assert held(number).state == "已审核"
    assert len(registrations.entries(county=None, state=None)) == 1


def test_a_branch_with_its_superior_is_not_handed_over() -> None:
    head = registered()
    branch = registered(name=BRANCH, is_branch=True, parent_code=CODE)
    for number, code in ((branch, "E1707"), (head, "E1713")):
        with pytest.raises(RuleRefused, match=code):
            registrations.handover(number, None, reason="x", actor=COUNTY, on=DAY)


@pytest.mark.parametrize(
    ("own", "head", "signs"),
    [
        pytest.param(
            {"branch_part": "柳江分公司", "name": BRANCH}, {}, ["总公司在数据库中"], id="名称是分公司"
        ),
        pytest.param({"is_branch": True, "name": "甲"}, {}, ["总公司在数据库中"], id="数据库说是分支"),
        pytest.param(
            {"parent_code": CODE, "name": "甲"}, None, ["数据库称此代码为上级机构代码"], id="上级代码就是它"
        ),
        pytest.param({"branch_part": "柳江分公司", "name": BRANCH}, None, [], id="有自己代码的分公司不算"),
        pytest.param({"name": "甲"}, {}, [], id="同代码的另一场所不算"),
        pytest.param(
            {"branch_part": "柳江分公司", "name": BRANCH}, {"branch_part": "北分厂"}, [], id="两个都是分支"
        ),
    ],
)
def test_what_is_a_conflict(own: dict[str, Any], head: dict[str, Any] | None, signs: list[str]) -> None:
    branch = unit(**{"name_key": own["name"], "credit_code": CODE, **own})
    if head is not None:
        unit(**{"credit_code": CODE, "branch_part": "", "county": LIUBEI, **head})
    registered(name=own["name"], unit=branch)
    assert [row["signs"] for row in registrations.conflicts(county=None)["codes"]] == (
        [signs] if signs else []
    )


def test_an_imported_second_principal_is_told_on_both_sides() -> None:
    first = registered(name="甲厂")
    second = imported("乙厂", CODE)
    found = registrations.conflicts(county=None)["codes"]
    assert [(row["registrant"], row["other_registrant"]) for row in found] == [
        (first, second),
        (second, first),
    ]
    assert {tuple(row["signs"]) for row in found} == {("两家以同一代码独立注册",)}


def imported(name: str, code: str) -> int:
    row = {"name": name, "credit_code": code, "is_branch": False, "county": "450206", "reviewer": "450206"}
    with session() as db:
        made = Registrant(**row, state="已审核", source="platform", source_key=name, by="导入")
        db.add(made)
        db.flush()
        return made.id


def test_several_open_ones_from_imports_are_listed() -> None:
    """F13."""
    number = imported("乙厂", OTHER)
    row = "INSERT INTO filed_declaration (registrant_id, source, source_key, state, version, filed_on, steps, head) "
    with session() as db:
        for key in ("a", "b"):
            values = f"VALUES ({number}, 'platform', '{key}', '待审核', 1, '2024-09-02', 0, '')"
            db.execute(text(row + values))
    (found,) = registrations.conflicts(county="450206")["open"]
    assert (found["registrant"], len(found["declarations"])) == (number, 2)
    assert registrations.conflicts(county=LIUBEI)["open"] == []


def test_a_merged_unit_still_tells() -> None:
    """The registrant points to a unit that another took over (Q10)."""
    number, _ = branch_in_place_of_its_head()
    with session() as db:
        branch = db.get_one(Registrant, number).employer_id
        taker = make_employer(db, name=BRANCH, name_key=BRANCH, credit_code=CODE, branch_part="柳江分公司").id
        db.execute(
            text("UPDATE employer SET merged_into = :to WHERE id = :old"), {"to": taker, "old": branch}
        )
    (found,) = registrations.conflicts(county=None)["codes"]
    assert found["unit"] == taker
