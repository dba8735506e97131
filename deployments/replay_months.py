"""What the months bring: the platform's export, the regulator's changes, and what city and counties make of them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from deployments.clerks import Clerks
from deployments.replay_plan import CITY, CLERK, FIRST_DAY
from models.campaign import Campaign
from models.errors import RuleRefused
from models.inbound import Kind
from models.queries.targets import Wanted
from models.rules.targets import Rule
from models.rules.working_days import ONE_DAY, on_or_after
from models.target import SnapshotKind
from tasks.intake_files import ingest_one
from tasks.linking import link_declarations
from tasks.manifest import orders_of
from tasks.membership import add, remove
from tasks.sample.answers import month_folders
from tasks.snapshots import frozen_lists
from tasks.targets import find_targets, list_units

FOUND, DEREGISTERED = "found", "deregistered"


@dataclass
class MonthlyLists:
    """The lists of each month's end reach the city on the first working day after it."""

    campaign: Campaign
    clerks: Clerks
    closed: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def days(self) -> Iterator[tuple[date, Path]]:
        for end, folder in month_folders(self.clerks.sample):
            yield on_or_after(end + ONE_DAY, self.campaign.calendar), folder

    def take_in(self, folder: Path, day: date) -> str:
        """Store, link, count; then the city sees who is new and tells the counties who has closed."""
        receipts = [
            (order.kind, receipt)
            for order in orders_of(folder, CITY, handed_in=day)
            for receipt in ingest_one(order, self.campaign)
        ]
        links = link_declarations(self.campaign)
        city = find_targets(self.campaign, day)[-1]
        told = "，".join(
            f"{one.file} {one.rows} 行（有变动 {one.changed}）"
            for kind, one in receipts
            if kind is not Kind.PLATFORM_COUNTS
        )
        joined = self._add_founded(day)
        self._note_closed(day)
        return (
            f"收到 {folder.name} 的名单：{told}。{links}。应申报 {city.r} 家，"
            f"已申报 {city.declared} 家；新登记单位纳入 {joined} 家"
        )

    def _add_founded(self, day: date) -> int:
        """Units registered since the campaign began, where the county's baseline stands (A, 1.7)."""
        baselines = {one.county for one in frozen_lists(self.campaign) if one.kind == SnapshotKind.BASELINE}
        outside = list_units(self.campaign, day, Wanted(in_r=True, declared=False, outside=True))
        founded = [
            unit
            for unit in outside
            if unit["county"] in baselines and (unit["established_on"] or date.min) >= FIRST_DAY
        ]
        for unit in founded:
            add(
                self.campaign,
                str(unit["employer_id"]),
                county=None,
                reason=FOUND,
                note=f"{unit['established_on']} 登记设立",
                by=CITY,
                on=day,
            )
        return len(founded)

    def _note_closed(self, day: date) -> None:
        self.closed.clear()
        for county in self.campaign.county_names:
            wanted = Wanted(member=county, rule=Rule.DEREGISTERED)
            self.closed[county] = list_units(self.campaign, day, wanted)

    def remove_closed(self, county: str, day: date) -> str | None:
        """The county goes and looks; who is gone leaves its list (X)."""
        gone = [
            unit
            for unit in self.closed.pop(county, [])
            if self.clerks.is_closed(unit["name"], unit["credit_code"], day) and self._remove(unit, day)
        ]
        if not gone:
            return None
        return f"{self.campaign.county_names[county]}核销注销单位 {len(gone)} 家"

    def _remove(self, unit: dict[str, Any], day: date) -> bool:
        """False where a verdict of the same day was first."""
        note = f"登记机关 {unit['state_on']} 注销，已实地核实"
        try:
            remove(self.campaign, str(unit["employer_id"]), reason=DEREGISTERED, note=note, by=CLERK, on=day)
        except RuleRefused:
            return False
        return True
