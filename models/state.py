"""The operating state of an employer, as stored (C09, Q3)."""

from enum import StrEnum


class State(StrEnum):
    OPERATING = "在营"
    SUSPENDED = "停产"
    DEREGISTERED = "注销"
    REVOKED = "吊销"
    MOVED_OUT = "迁出"
