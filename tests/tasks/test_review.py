"""From 暂存 to the county's decision as people do it: checks with what the database knows, one transaction an act."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text

from models.actions.review import ChecksRefused
from models.database import session
from models.employer import Employer
from models.errors import RuleRefused
from models.filing import DeclarationVersion, Registration
from tasks import review
from tests.make_filings import AT_CITY, COUNTY, employer, make_entry
from tests.make_forms import CODE, DAY, make_form
from tests.make_targets import declare, make_known

pytestmark = pytest.mark.usefixtures("installation")
NAME = "柳州市鑫鸿铸造有限公司"
FACTS: dict[str, Any] = {"name": NAME, "industry": "3391", "headcount": 25, "size": "小"}


def registered(*, unit: int | None = None, **changes: Any) -> int:
    number = review.register(make_entry(**changes), by="韦一", on=DAY, unit=unit)
    review.decide_registration(number, Registration.APPROVED, actor=COUNTY, on=DAY)
    return number


def unit(**facts: Any) -> int:
    with session() as db:
        return make_known(db, **{**FACTS, **facts}).id


def saved(registrant: int, changes: dict[str, Any] | None = None, on: date = DAY) -> int:
    return review.save(registrant, make_form(changes), actor=employer(registrant), on=on)


def codes(declaration: int, on: date = DAY) -> list[str]:
    return [finding.code for finding in review.check(declaration, on)]


def approved(registrant: int, changes: dict[str, Any] | None = None, on: date = DAY) -> int:
    number = saved(registrant, changes, on)
    review.submit(number, actor=employer(registrant), on=on)
    review.approve(number, actor=COUNTY, on=on)
    return number


def state(number: int) -> str:
    with session() as db:
        said = text("SELECT state FROM filed_declaration WHERE id = :n")
        return str(db.scalar(said, {"n": number}))


def test_the_whole_way() -> None:
    number = approved(registered(unit=unit()))
    assert state(number) == "已审核"
    objection = review.raise_objection(number, "人数偏低", actor=AT_CITY, on=DAY, due_on=date(2024, 9, 9))
    assert objection
    review.revoke(number, "经核实人数偏低", actor=COUNTY, on=DAY)
    review.reject(number, ["接害人数偏低"], actor=COUNTY, on=DAY)
    assert state(number) == "已驳回"
    assert review.verify_chains() == {}


def test_a_wrong_one_is_refused_with_everything_and_stays_a_draft() -> None:
    owner = registered()
    number = saved(owner, {"basics.exposed": 14, "products": None})
    with pytest.raises(ChecksRefused) as refused:
        review.submit(number, actor=employer(owner), on=DAY)
    assert [finding.code for finding in refused.value.findings] == ["E1614"] * 3 + ["E1620"]
    assert state(number) == "暂存"
    review.edit(number, make_form(), actor=employer(owner), on=DAY)
    assert review.submit(number, actor=employer(owner), on=DAY) == ()


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        pytest.param({}, [], id="一致"),
        pytest.param(
            {"industry": "3311", "size": "中", "headcount": 90}, ["E1633", "E1634", "E1635"], id="都不同"
        ),
        pytest.param({"name": "柳州市鑫鸿机械厂"}, ["E1636"], id="名称不同"),
    ],
)
def test_what_the_database_says_is_asked_about_and_not_refused(
    facts: dict[str, Any], found: list[str]
) -> None:
    owner = registered(unit=unit(**facts))
    number = saved(owner)
    assert codes(number) == found
    review.submit(number, actor=employer(owner), on=DAY)
    assert state(number) == "待审核"


def test_a_merged_unit_answers_by_the_one_that_took_it_over() -> None:
    old, new = unit(industry="3311"), unit(industry="3391")
    with session() as db:
        db.execute(text("UPDATE employer SET merged_into = :new WHERE id = :old"), {"new": new, "old": old})
    assert codes(saved(registered(unit=old))) == []


def test_a_version_keeps_what_the_database_knew() -> None:
    owner = registered(unit=unit())
    number = saved(owner)
    with session() as db:
        db.execute(text("UPDATE employer SET headcount = 99"))
        kept = db.scalar(
            select(DeclarationVersion.unit_facts).where(DeclarationVersion.declaration_id == number)
        )
    assert kept is not None
    assert (kept["headcount"], kept["name"]) == (25, NAME)
    assert "phone" not in kept


@pytest.mark.parametrize(
    ("changes", "on", "found"),
    [
        pytest.param({}, date(2025, 9, 1), ["E1621"], id="再作初次申报"),
        pytest.param({"type": "年度更新"}, date(2025, 9, 1), [], id="按期更新"),
        pytest.param({"type": "年度更新"}, date(2025, 10, 2), ["E1630"], id="不及时更新"),
        pytest.param(
            {"type": "年度更新", "basics.size": "中"}, date(2025, 9, 1), ["E1638"], id="更新时改规模"
        ),
        pytest.param(
            {"type": "年度更新", "hazards.dust.factors": []}, date(2025, 9, 1), ["E1637"], id="少了因素"
        ),
    ],
)
def test_the_last_approved_one_is_compared(changes: dict[str, Any], on: date, found: list[str]) -> None:
    owner = registered()
    approved(owner)
    assert codes(saved(owner, changes, on), on) == found


def test_a_revoked_one_is_no_predecessor_of_itself() -> None:
    owner = registered()
    number = approved(owner)
    assert codes(number) == []
    review.revoke(number, "有误", actor=COUNTY, on=DAY)
    assert codes(number) == []


@pytest.mark.parametrize(
    ("verdict", "to_on", "found"),
    [
        pytest.param("sure", None, ["E1621"], id="平台上已审核"),
        pytest.param("unsure", None, [], id="没有对准"),
        pytest.param("sure", date(2024, 8, 1), [], id="平台上已失效"),
    ],
)
def test_an_approval_on_the_platform_comes_before_ours(
    verdict: str, to_on: date | None, found: list[str]
) -> None:
    number = unit()
    with session() as db:
        held = db.get_one(Employer, number)
        declare(db, held, to_on=to_on, verdict=verdict, filed_on=date(2024, 6, 20))
    assert codes(saved(registered(unit=number))) == found


def test_a_branch_with_its_superiors_code() -> None:
    """F16: refused before the superior is registered, accepted after it."""
    branch = {"is_branch": True, "parent_code": CODE, "name": "鑫鸿柳江分公司"}
    with pytest.raises(RuleRefused, match="E1615"):
        registered(**branch)
    registered()
    own = registered(**branch)
    changes = {"basics.is_branch": True, "basics.parent_code": CODE}
    assert codes(saved(own, changes)) == []


def test_facts_are_changed_where_they_may_be() -> None:
    """F08, F09: visible on the next read."""
    owner = registered()
    basics = make_form({"basics.headcount": 40}).basics
    with pytest.raises(RuleRefused, match="E1671"):
        review.edit_basics(owner, basics, actor=employer(owner), on=DAY)
    number = saved(owner)
    assert review.edit_basics(owner, basics, actor=employer(owner), on=DAY) == number
    with session() as db:
        assert db.scalar(text("SELECT max(number) FROM declaration_version")) == 2
