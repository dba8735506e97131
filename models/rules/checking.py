"""What a check of a declaration is given (`Case`), what it is (`Rule`), and what it says (`Finding`)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from models.form.form import Form
from models.form.titles import title_of
from models.problem import Severity
from models.rules.code_lists import CodeLists


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: the field, what stands there, what it was held against, and what to do."""

    code: str
    requirement: str
    severity: Severity
    field: str  # as people call it
    path: str  # as the document calls it
    found: str
    against: str
    message: str

    @property
    def must_fix(self) -> bool:
        return self.severity is Severity.MUST_FIX


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, one code, one requirement; said in full in a file of models.rules.checks."""

    code: str
    requirement: str
    severity: Severity
    title: str

    def at(self, path: str, found: object, against: object, message: str) -> Finding:
        shown, held = said(found), said(against)
        return Finding(self.code, self.requirement, self.severity, title_of(path), path, shown, held, message)


def said(value: object) -> str:
    """A value as people read it."""
    if value is None:
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def must_fix(code: str, requirement: str, title: str) -> Rule:
    return Rule(code, requirement, Severity.MUST_FIX, title)


def please_check(code: str, requirement: str, title: str) -> Rule:
    return Rule(code, requirement, Severity.PLEASE_CHECK, title)


@dataclass(frozen=True, slots=True)
class Registered:
    """The registrant's entry in the system (F16–F18)."""

    credit_code: str | None
    is_branch: bool
    county: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the verified database says of the unit."""

    name: str | None = None
    industry: str | None = None
    size: str | None = None
    headcount: int | None = None


@dataclass(frozen=True, slots=True)
class Last:
    """The registrant's last approved declaration, on whatever books."""

    filed_on: date
    form: Form | None = None  # null: known by its day only


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a check may look at. Nothing else is read: no database, no clock."""

    form: Form
    on: date  # the day of filing
    lists: CodeLists
    registered: Registered | None = None
    unit: Facts | None = None
    last: Last | None = None
    approved_principals: Collection[str] = field(default=())  # credit codes, of those this case names
    other_principal: str | None = None  # who else is registered as principal of the form's code
