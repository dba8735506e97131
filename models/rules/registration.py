"""Who may register with which code (F16, F17, F18)."""

from typing import NamedTuple

from models.errors import RuleRefused
from models.filing import Registration
from models.rules.credit_code import is_credit_code


class Entry(NamedTuple):
    """What is registered."""

    name: str
    credit_code: str
    is_branch: bool
    parent_code: str | None
    county: str

    @property
    def uses_parents_code(self) -> bool:
        return self.is_branch and self.parent_code == self.credit_code


def check_registration(entry: Entry, *, principal: str | None, parent_approved: bool) -> None:
    """`principal`: who holds the code as principal already; `parent_approved`: its registration stands."""
    if not is_credit_code(entry.credit_code):
        raise RuleRefused("E1676", f"“{entry.credit_code}”不是有效的统一社会信用代码，请对照营业执照重填。")
    if entry.parent_code is not None and not entry.uses_parents_code:
        raise RuleRefused("E1676", "上级机构代码只由使用上级代码的分支机构填写，并与填报的信用代码相同。")
    if entry.uses_parents_code and not parent_approved:
        raise RuleRefused("E1615", f"上级机构（代码{entry.parent_code}）还没有注册成功，请先由上级机构注册。")
    if not entry.is_branch and principal is not None:
        message = (
            f"信用代码已由“{principal}”注册。若是分公司误用总公司代码，请联系其注册时所选县（区）退回并移交。"
        )
        raise RuleRefused("E1617", message)


def check_may_declare(state: str, handed_to: int | None) -> None:
    """A returned registration is history: it files nothing any more (F18)."""
    if state != Registration.RETURNED:
        return
    to = f"，账号已移交给第{handed_to}号注册单位" if handed_to else ""
    raise RuleRefused("E1702", f"注册已退回{to}，不能再申报；请重新注册后办理。")
