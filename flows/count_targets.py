"""What the counties' targets are, or were on any day. For analysts: it changes nothing (C08). On demand."""

from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from pydantic import BaseModel, ConfigDict, Field

from flows.county_table import county_table
from flows.day import Day
from flows.failure_notice import tell_failure
from models.clock import today
from models.rules.county_words import county_code
from tasks.campaigns import open_campaign
from tasks.targets import count_counties

count = task(name="count-counties", retries=0)(count_counties)


class Request(BaseModel):
    """What a person fills in to start a run. A mistyped field is refused, never passed over."""

    model_config = ConfigDict(extra="forbid")

    campaign: str = Field(default="liuzhou-2024-2025", title="行动")
    as_of: Day | None = Field(default=None, title="截至哪一天（默认今天）")
    county: str | None = Field(default=None, title="县（区），名称或代码（默认全部）")


@flow(name="count-targets", on_failure=[tell_failure], on_crashed=[tell_failure])
def count_targets(request: Request) -> list[dict[str, Any]]:
    """Count, and leave nothing behind."""
    campaign, day = open_campaign(request.campaign), request.as_of or today()
    county = county_code(campaign, request.county) if request.county else None
    table = county_table(count(campaign, day, county=county))
    create_table_artifact(table, key="counted-targets", description=f"截至 {day}")
    return table
