"""What reading one cell yields: a value or null, and at most one finding about it.

The codes are stable: people read them over the phone. A number once used is never given to another problem.
"""

from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from models.problem import Severity

T = TypeVar("T")


class CellCode(StrEnum):
    NAME_MISSING = "E1101"
    CREDIT_CODE_REPAIRED = "E1102"
    CREDIT_CODE_CHECK = "E1103"
    CREDIT_CODE_CONFUSED = "E1104"
    CREDIT_CODE_LOST_DIGITS = "E1105"
    CREDIT_CODE_SHAPE = "E1106"
    CREDIT_CODE_IS_LEGACY = "E1107"
    LEGACY_CODE_CHECK = "E1108"
    LEGACY_CODE_SHAPE = "E1109"
    COUNTY_UNKNOWN = "E1110"
    COUNTY_CONFLICT = "E1111"
    COUNTY_UNREAD = "E1112"
    COUNTY_OUTSIDE = "E1113"
    DIVISION_UNREAD = "E1114"
    TOWN_UNREAD = "E1115"
    TOWN_CONFLICT = "E1116"
    INDUSTRY_UNKNOWN = "E1120"
    INDUSTRY_NOT_LISTED = "E1121"
    INDUSTRY_CONFLICT = "E1122"
    INDUSTRY_SECTION_CONFLICT = "E1123"
    INDUSTRY_SECTION_ONLY = "E1124"
    INDUSTRY_AMBIGUOUS = "E1125"
    INDUSTRY_ZERO_RESTORED = "E1126"
    NUMBER_UNREAD = "E1130"
    NUMBER_OUT_OF_RANGE = "E1131"
    SIZE_UNREAD = "E1135"
    DAY_UNREAD = "E1140"
    DAY_IMPOSSIBLE = "E1141"
    DAY_INCOMPLETE = "E1142"
    YEAR_UNREAD = "E1143"
    PHONE_UNREAD = "E1150"
    PHONE_REPAIRED = "E1151"
    STATE_UNREAD = "E1160"
    STATE_CONFLICT = "E1161"
    STOP_DAY_MISSING = "E1162"
    PROGRAMME_UNKNOWN = "E1170"
    BRANCH_UNREAD = "E1171"
    DECLARATION_STATE_UNREAD = "E1172"
    DECLARATION_TYPE_UNREAD = "E1173"
    PLATFORM_UNREAD = "E1174"
    OWNERSHIP_UNREAD = "E1175"


class Finding(NamedTuple):
    code: CellCode
    severity: Severity
    message: str


class Reading(NamedTuple, Generic[T]):
    value: T | None = None
    finding: Finding | None = None


def must_fix(code: CellCode, message: str) -> Finding:
    return Finding(code, Severity.MUST_FIX, message)


def please_check(code: CellCode, message: str) -> Finding:
    return Finding(code, Severity.PLEASE_CHECK, message)


def repaired(code: CellCode, message: str) -> Finding:
    return Finding(code, Severity.REPAIRED, message)
