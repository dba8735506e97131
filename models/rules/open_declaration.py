"""F13, F08: one declaration at a time, and what to do about the one that is still open."""

from collections.abc import Iterable
from typing import NamedTuple

from models.declaration import DeclarationState
from models.errors import RuleRefused

EDITABLE = frozenset({DeclarationState.DRAFT, DeclarationState.REJECTED})


class Held(NamedTuple):
    """A declaration of the registrant."""

    id: int
    state: DeclarationState
    revoked: bool  # its approval was taken back, and not given again


def check_may_add(held: Iterable[Held]) -> None:
    """Only after the last one was approved may the next be added."""
    for one in held:
        if one.state is not DeclarationState.APPROVED:
            raise RuleRefused("E1601", f"存在未审批通过的数据（第{one.id}号，{one.state}），{_way_out(one)}")


def check_may_submit(held: Iterable[Held], declaration: int) -> None:
    """While a revoked one is unapproved, no other is submitted."""
    for one in held:
        if one.id != declaration and one.revoked:
            raise RuleRefused("E1672", f"存在未审批通过的数据（第{one.id}号已被撤销审核），{_way_out(one)}")


def check_may_edit(state: DeclarationState) -> None:
    if state not in EDITABLE:
        raise RuleRefused("E1671", f"“{state}”的申报不能修改：{_NEXT[state]}")


def to_be_edited(held: Iterable[Held]) -> Held:
    """F08: facts are changed in a declaration that can be edited, or not at all."""
    found = next((one for one in held if one.state in EDITABLE), None)
    if found is None:
        raise RuleRefused("E1671", "没有暂存或已驳回的数据。请先添加暂存数据，再修改基本信息。")
    return found


def _way_out(one: Held) -> str:
    if one.state in EDITABLE:
        return "请编辑这一条后提交，审核通过后才能添加下一条。"
    return "请等待审核；需要修改的，请联系县（区）审核驳回。"


_NEXT = {
    DeclarationState.SUBMITTED: "请联系县（区）审核驳回后修改。",
    DeclarationState.APPROVED: "情况有变的，请添加变更申报或年度更新。",
}
