"""How the monthly bulletin (通报) goes out: in whose name, to whom, and what progress is held against (C29)."""

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from models.campaign_checks import CountyCode, refuse
from models.campaign_parts import Count, Month, Part, Text

Square = Annotated[int, Field(strict=True, ge=0, le=20)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]


class PlanPoint(Part):
    """By this day, so many per cent of N should have declared. Between two points the plan is a straight line."""

    day: date
    percent: Percent


class Bulletin(Part):
    """Empty `issuer`: the city's bureau. `tiles`: column and row of each county, west to east and north to south."""

    issuer: str = ""
    to: Text = "各县（区）卫生健康局"
    first_month: Month  # the first and the last month that are reported
    last_month: Month
    pace_days: Count = 20  # working days whose pace is held against what is still needed
    plan: tuple[PlanPoint, ...] = ()
    tiles: dict[CountyCode, tuple[Square, Square]] = Field(default_factory=dict)

    @field_validator("plan")
    @classmethod
    def plan_goes_forward(cls, plan: tuple[PlanPoint, ...]) -> tuple[PlanPoint, ...]:
        refuse(
            ((at, "day"), f"{point.day} 应晚于上一个节点 {plan[at - 1].day}")
            for at, point in enumerate(plan)
            if at and point.day <= plan[at - 1].day
        )
        return plan

    @field_validator("tiles")
    @classmethod
    def one_county_a_square(cls, tiles: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
        first: dict[tuple[int, int], str] = {}
        refuse(
            ((code,), f"{list(square)} 已给了 {first[square]}")
            for code, square in tiles.items()
            if first.setdefault(square, code) != code
        )
        return tiles
