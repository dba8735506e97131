"""When an objection to an approval may be raised (M07)."""

from datetime import date

from models.declaration import DeclarationState
from models.errors import RuleRefused
from models.filing import Role

MAY = frozenset({Role.CITY, Role.REGION})


def check_objection(role: Role, state: str, reason: str, *, on: date, due_on: date) -> None:
    if role not in MAY:
        raise RuleRefused("E1674", "审核异议由市级、自治区提出；本县（区）审核有误的直接撤销。")
    if state != DeclarationState.APPROVED:
        raise RuleRefused("E1674", f"这一条是“{state}”，只对已审核的提出审核异议。")
    if not reason.strip():
        raise RuleRefused("E1608", "提出审核异议须写明原因。")
    if due_on < on:
        raise RuleRefused("E1674", f"处理期限{due_on}早于提出之日{on}。")
