"""The papers of the demo's campaign: a bulletin a month, the work plans of one, the drafts of two summaries (C26, C29)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deployments.replay_plan import CITY, LAST_DAY, PLANS_OF
from models.campaign import Campaign
from models.rules.months import last_of
from tasks.bulletin.making import issue_day
from tasks.bulletin.monthly import months_due, report_month
from tasks.bulletin.year import write_summaries


@dataclass(frozen=True)
class Papers:
    campaign: Campaign
    out: Path

    def days(self) -> Iterator[tuple[date, str]]:
        """The day on which each month is reported."""
        for month in months_due(self.campaign, LAST_DAY):
            yield issue_day(self.campaign, last_of(month)), month

    def report(self, month: str, day: date) -> str:
        done = report_month(
            self.campaign, month, self.out / "通报", on=day, by=CITY, send=True, plans=month == PLANS_OF
        )
        city = done.made.figures.city
        told = (
            f"完成率 {city.done}，位次第一 {done.made.figures.ranked()[0].name}"
            if city.based
            else "基线尚未冻结"
        )
        return f"印发 {month} 通报（{done.made.issued.pdf.pages} 页）：{told}"

    def draft(self, year: int, day: date) -> str:
        drafts = write_summaries(self.campaign, year, day, self._drafts(year))
        return f"{year} 年度总结草稿 {len(drafts)} 份"

    def draft_of(self, county: str, key: str) -> Path:
        """The county's draft, which it hands in."""
        year = int(key.rpartition("-")[2])
        name = self.campaign.county_names[county]
        return next(self._drafts(year).glob(f"{name}_*.docx"))

    def _drafts(self, year: int) -> Path:
        return self.out / "总结" / f"{year}年度草稿"
