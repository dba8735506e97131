"""The counties' verification of their lists: sent out, taken back row by row, accepted (C25)."""

from tasks.verification.acceptance import Decision, accept, freeze_silent, send_back
from tasks.verification.applying import take_back
from tasks.verification.issue import issue
from tasks.verification.rechecks import issue_rechecks
from tasks.verification.report import ReturnReport
from tasks.verification.status import CountyStatus, status
from tasks.verification.transfers import answer_transfer, list_transfers

__all__ = [
    "CountyStatus",
    "Decision",
    "ReturnReport",
    "accept",
    "answer_transfer",
    "freeze_silent",
    "issue",
    "issue_rechecks",
    "list_transfers",
    "send_back",
    "status",
    "take_back",
]
