"""Targets as the table that a run shows of its result."""

from collections.abc import Iterable
from typing import Any

from tasks.targets import CountyTotal


def county_table(totals: Iterable[CountyTotal]) -> list[dict[str, Any]]:
    return [
        {
            "县（区）": total.name,
            "应申报": total.r,
            "已申报": total.declared,
            "待审核": total.pending,
            "未申报": total.undeclared,
            "待人工核对": total.unsure,
        }
        for total in totals
    ]
