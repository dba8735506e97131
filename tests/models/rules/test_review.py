"""The state machine of 1.5 as one table: from 5 × to 4 × actors 5 = 100 cells, each with its expected verdict."""

import pytest

from models.declaration import DeclarationState
from models.errors import RuleRefused
from models.filing import Act, Level, Role
from models.rules.review import Actor, Refusal, check_reason, judge, led_to, role_of

NONE = "无"
TO = ["暂存", "待审核", "已审核", "已驳回"]
# Rows: the state before. Columns: 暂存, 待审核, 已审核, 已驳回. A word is the act that leads there; a number the refusal:
# E1602 no such edge · E1603 the employer's to do · E1604 no withdrawal by the employer (F15) · E1605 revoke first (M03)
# E1606 city and region object instead (M07) · E1607 another county's unit
MATRIX = {
    Role.EMPLOYER: """
        无      暂存   E1602  E1602  E1602
        暂存    修改   提交   E1602  E1602
        待审核  E1604  E1602  E1604  E1604
        已审核  E1602  E1604  E1602  E1605
        已驳回  E1602  提交   E1602  修改""",
    Role.REVIEWER: """
        无      E1603  E1602  E1602  E1602
        暂存    E1603  E1603  E1602  E1602
        待审核  E1602  E1602  审核通过  审核不通过
        已审核  E1602  撤销   E1602  E1605
        已驳回  E1602  E1603  E1602  E1603""",
    Role.OTHER_COUNTY: """
        无      E1603  E1602  E1602  E1602
        暂存    E1603  E1603  E1602  E1602
        待审核  E1602  E1602  E1607  E1607
        已审核  E1602  E1607  E1602  E1605
        已驳回  E1602  E1603  E1602  E1603""",
    Role.CITY: """
        无      E1603  E1602  E1602  E1602
        暂存    E1603  E1603  E1602  E1602
        待审核  E1602  E1602  E1606  E1606
        已审核  E1602  E1606  E1602  E1605
        已驳回  E1602  E1603  E1602  E1603""",
    Role.REGION: """
        无      E1603  E1602  E1602  E1602
        暂存    E1603  E1603  E1602  E1602
        待审核  E1602  E1602  E1606  E1606
        已审核  E1602  E1606  E1602  E1605
        已驳回  E1602  E1603  E1602  E1603""",
}
CELLS = [
    (role, before, after, said)
    for role, grid in MATRIX.items()
    for before, *row in (line.split() for line in grid.strip().splitlines())
    for after, said in zip(TO, row, strict=True)
]


def test_the_matrix_is_whole() -> None:
    assert len({cell[:3] for cell in CELLS}) == 100 == len(CELLS)


@pytest.mark.parametrize(("role", "before", "after", "said"), CELLS, ids=lambda word: str(word))
def test_each_cell_has_its_verdict(role: Role, before: str, after: str, said: str) -> None:
    state = None if before == NONE else DeclarationState(before)
    verdict = judge(state, DeclarationState(after), role)
    assert (verdict.code if isinstance(verdict, Refusal) else verdict.value) == said


def test_no_other_edge_and_no_other_actor() -> None:
    allowed = {(role, before, after) for role, before, after, said in CELLS if said in list(Act)}
    assert len(allowed) == 8  # the six edges of 1.5 and the two edits
    assert {role for role, *_ in allowed} == {Role.EMPLOYER, Role.REVIEWER}


@pytest.mark.parametrize(
    ("level", "code", "reviewer", "role"),
    [
        pytest.param(Level.EMPLOYER, "7", "450206", Role.EMPLOYER, id="本单位"),
        pytest.param(Level.COUNTY, "450206", "450206", Role.REVIEWER, id="本县区"),
        pytest.param(Level.COUNTY, "450205", "450206", Role.OTHER_COUNTY, id="别县区"),
        pytest.param(Level.CITY, "450200", "450206", Role.CITY, id="市级"),
        pytest.param(Level.REGION, "450000", "450206", Role.REGION, id="自治区"),
        pytest.param(Level.CITY, "450200", "450200", Role.REVIEWER, id="指定由市级审核_Q11"),
        pytest.param(Level.COUNTY, "450206", "450200", Role.OTHER_COUNTY, id="指定由市级审核时县区不审"),
    ],
)
def test_the_reviewing_agency_is_the_county_unless_set(
    level: Level, code: str, reviewer: str, role: Role
) -> None:
    assert role_of(Actor(level, code, "张三"), 7, reviewer) is role


def test_an_employer_acts_for_itself_only() -> None:
    with pytest.raises(RuleRefused, match="E1603"):
        role_of(Actor(Level.EMPLOYER, "8", "张三"), 7, "450206")


@pytest.mark.parametrize(
    ("act", "before", "role", "code"),
    [
        pytest.param(Act.REVOKE, DeclarationState.DRAFT, Role.EMPLOYER, "E1602", id="撤销不能当提交"),
        pytest.param(Act.REVOKE, DeclarationState.REJECTED, Role.EMPLOYER, "E1602", id="撤销不能当重新提交"),
        pytest.param(Act.REVOKE, DeclarationState.REJECTED, Role.REVIEWER, "E1602", id="撤销已驳回的"),
        pytest.param(Act.REVOKE, DeclarationState.DRAFT, Role.REVIEWER, "E1602", id="撤销暂存的"),
        pytest.param(Act.SUBMIT, DeclarationState.APPROVED, Role.REVIEWER, "E1602", id="提交不能当撤销"),
        pytest.param(Act.SUBMIT, DeclarationState.APPROVED, Role.EMPLOYER, "E1604", id="提交已审核的"),
        pytest.param(Act.EDIT, None, Role.EMPLOYER, "E1602", id="没有可修改的"),
        pytest.param(Act.IMPORT, DeclarationState.DRAFT, Role.EMPLOYER, "E1602", id="导入不是人办的"),
    ],
)
def test_an_act_is_only_itself(act: Act, before: DeclarationState | None, role: Role, code: str) -> None:
    """提交 and 撤销 both lead to 待审核; the edge must be the act's own."""
    with pytest.raises(RuleRefused, match=code):
        led_to(act, before, role)


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("reason", [None, "", "  "])
def test_rejecting_and_revoking_need_a_reason(act: Act, reason: str | None) -> None:
    if act in (Act.REJECT, Act.REVOKE):
        with pytest.raises(RuleRefused, match="E1608"):
            check_reason(act, reason)
    else:
        check_reason(act, reason)
    check_reason(act, "人数不符")
