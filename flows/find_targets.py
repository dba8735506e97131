"""Link what was declared, compute every county's undeclared targets, write the lists (C08). Monthly and on demand."""

from datetime import date, timedelta
from pathlib import Path

from prefect import State, flow, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from pydantic import BaseModel, ConfigDict, Field

from flows.county_table import county_table
from flows.day import Day
from flows.failure_notice import tell_failure
from models.clock import today
from tasks.campaigns import open_campaign
from tasks.county_workbooks import write_county
from tasks.linking import link_declarations
from tasks.targets import find_targets as compute

link = task(name="link-declarations", retries=0)(link_declarations)
compute_all = task(name="compute-targets", retries=0)(compute)
write_list = task(name="write-list", task_run_name="list-{county}", retries=0)(write_county)


class Request(BaseModel):
    """What a person fills in to start a run. A mistyped field is refused, never passed over."""

    model_config = ConfigDict(extra="forbid")

    campaign: str = Field(default="liuzhou-2024-2025", title="行动")
    as_of: Day | None = Field(default=None, title="截至哪一天（默认今天）")
    month_end: bool = Field(default=False, title="没写日期时，截至上月最后一天")
    out: Path = Field(default=Path("out"), title="清单写到哪个文件夹")
    dry_run: bool = Field(default=False, title="只演算不保存、不写文件")

    def day(self) -> date:
        """The day asked for. A month is counted as it stood at its end, not on the morning of the run."""
        day = today()
        return self.as_of or (day.replace(day=1) - timedelta(days=1) if self.month_end else day)


@flow(name="find-targets", on_failure=[tell_failure], on_crashed=[tell_failure])
def find_targets(request: Request) -> list[State[Path]]:
    """Count the targets of all counties and write each county's list.

    One county's list that fails never holds back the others, and the run still ends failed.
    """
    campaign, day = open_campaign(request.campaign), request.day()
    link(campaign, rehearse=request.dry_run)
    totals = compute_all(campaign, day, rehearse=request.dry_run)
    create_table_artifact(county_table(totals), key="targets", description=f"截至 {day}")
    if request.dry_run:
        return []
    progress = create_progress_artifact(0.0, key="targets-progress", description="各县（区）清单")
    states = []
    counties = campaign.counties_on(day)
    for done, county in enumerate(counties, start=1):
        states.append(write_list(campaign, day, request.out, county.code, return_state=True))
        update_progress_artifact(progress, 100 * done / len(counties))  # type: ignore[arg-type]
    return states
