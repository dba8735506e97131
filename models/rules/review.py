"""The state machine of a declaration (1.5): who may lead it where, and what is said to everybody else.

    (none) ─暂存→ 暂存 ─提交→ 待审核 ─审核通过→ 已审核 ─撤销→ 待审核
                               └──审核不通过→ 已驳回 ─提交→ 待审核

No other edge. 暂存 and 已驳回 may be edited by the employer, which leaves them where they are.
"""

from collections.abc import Mapping
from typing import NamedTuple

from models.declaration import DeclarationState
from models.errors import RuleRefused
from models.filing import Act, Level, Role

DRAFT, SUBMITTED = DeclarationState.DRAFT, DeclarationState.SUBMITTED
APPROVED, REJECTED = DeclarationState.APPROVED, DeclarationState.REJECTED
Step = tuple[DeclarationState | None, DeclarationState]

EDGES: Mapping[Step, Act] = {
    (None, DRAFT): Act.SAVE,
    (DRAFT, SUBMITTED): Act.SUBMIT,
    (REJECTED, SUBMITTED): Act.SUBMIT,
    (SUBMITTED, APPROVED): Act.APPROVE,
    (SUBMITTED, REJECTED): Act.REJECT,
    (APPROVED, SUBMITTED): Act.REVOKE,
}
EDITS: Mapping[Step, Act] = {(DRAFT, DRAFT): Act.EDIT, (REJECTED, REJECTED): Act.EDIT}
TARGETS: Mapping[Act, DeclarationState] = {act: after for (_, after), act in EDGES.items()}
REVIEWING = frozenset({Act.APPROVE, Act.REJECT, Act.REVOKE})
WITH_REASON = frozenset({Act.REJECT, Act.REVOKE})


class Refusal(NamedTuple):
    code: str
    message: str


class Actor(NamedTuple):
    """Who acts: an employer (`code` is its registrant's number), an agency (its division's), or the help desk."""

    level: Level
    code: str
    by: str


def role_of(actor: Actor, registrant: int, reviewer: str) -> Role:
    """What somebody is to one registrant. The reviewing agency is the county, unless set for the unit (Q11)."""
    if actor.level is Level.EMPLOYER:
        if actor.code != str(registrant):
            raise RuleRefused("E1603", "只能办理本单位的申报。")
        return Role.EMPLOYER
    if actor.level is Level.DESK:
        raise RuleRefused("E1701", "在线咨询只更正信用代码，不办理申报。")
    if actor.code == reviewer:
        return Role.REVIEWER
    return {Level.COUNTY: Role.OTHER_COUNTY, Level.CITY: Role.CITY, Level.REGION: Role.REGION}[actor.level]


def judge(before: DeclarationState | None, after: DeclarationState, role: Role) -> Act | Refusal:
    """The act that leads from one state to the other, or why it is refused."""
    step = (before, after)
    act = EDGES.get(step) or EDITS.get(step)
    if act is not None and role is owner_of(act):
        return act
    if act in REVIEWING:
        return _not_the_reviewer(role)
    if act is not None:
        return Refusal("E1603", f"“{act}”由用人单位办理，管理机构不能代办。")
    return _no_edge(step, role)


def led_to(act: Act, before: DeclarationState | None, role: Role) -> DeclarationState:
    """Where an act leads, or its refusal. Two acts lead to 待审核: nobody submits by revoking."""
    after = TARGETS.get(act) or before
    if after is None:
        raise RuleRefused("E1602", f"尚无记录，不能“{act}”。")
    if act in REVIEWING and role is Role.REVIEWER and EDGES.get((before, after), act) is not act:
        raise RuleRefused("E1602", f"“{before}”的申报不能“{act}”。")
    verdict = judge(before, after, role)
    if isinstance(verdict, Refusal):
        raise RuleRefused(verdict.code, verdict.message)
    if verdict is not act:
        raise RuleRefused("E1602", f"“{before}”的申报不能“{act}”。")
    return after


def owner_of(act: Act) -> Role:
    return Role.REVIEWER if act in REVIEWING else Role.EMPLOYER


def _not_the_reviewer(role: Role) -> Refusal:
    if role is Role.EMPLOYER:
        return Refusal("E1604", "提交后用人单位不能自行撤回或改变状态，请联系县（区）：审核驳回后即可修改。")
    if role is Role.OTHER_COUNTY:
        return Refusal("E1607", "不是本县（区）的单位，由单位所在县（区）审核。")
    return Refusal(
        "E1606", "市级、自治区不直接审核。认为审核有误的，请提出审核异议，由县（区）撤销后重新审核。"
    )


def _no_edge(step: Step, role: Role) -> Refusal:
    if step == (SUBMITTED, DRAFT) and role is Role.EMPLOYER:
        return _not_the_reviewer(role)
    if step == (APPROVED, REJECTED):
        return Refusal("E1605", "已审核的不能直接驳回：先撤销，回到待审核，再审核不通过。")
    before, after = step
    return Refusal("E1602", f"不能从“{before or '尚无记录'}”变为“{after}”。")


def check_reason(act: Act, reason: str | None) -> None:
    if act in WITH_REASON and not (reason or "").strip():
        raise RuleRefused("E1608", f"“{act}”须写明原因。")
