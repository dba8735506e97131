"""What the counties' people bring back with the letters: signed, returned, or not yet (2.7)."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from deployments.clerks import scan
from deployments.replay_plan import CLERK, NOTICE_DAY, WAYS
from models.campaign import Campaign
from models.rules.working_days import on_or_after
from tasks.fieldwork.ladder import climb_by_acts
from tasks.notice_rounds.service_sheet import (
    NOTE,
    NUMBER,
    ON,
    RESULT,
    SCAN,
    SHEET,
    take_service_sheet,
    write_service_sheet,
)
from tasks.sample.dice import Dice
from tasks.sample.filled import fill_in

SIGNED, GONE = 0.88, 0.04  # of the letters; the rest nobody has been to see yet
SOON, LATE = timedelta(days=14), timedelta(days=45)
SCANS = "送达回证扫描（演示）.pdf"
Cells = dict[str, str | date | None]


@dataclass(frozen=True)
class Serving:
    campaign: Campaign
    out: Path
    dice: Dice

    def day_of(self, county: str) -> date:
        """Some counties take their time."""
        lag = LATE if WAYS[county].monthly is None else SOON
        return on_or_after(NOTICE_DAY + lag, self.campaign.calendar)

    def bring_back(self, county: str, number: int, day: date) -> str | None:
        folder = self.out / "送达登记"
        issued = write_service_sheet(self.campaign, number, county, folder / "下发")
        answers = self._answers(issued, county, day)
        if not answers:
            return None
        scan(folder / SCANS)
        path = fill_in(issued, folder / issued.name, SHEET, answers, NUMBER, dice=self.dice)
        lines = take_service_sheet(self.campaign, path, folder, by=CLERK)
        climb_by_acts(self.campaign, day, by=CLERK)
        refused = sum(line.code is not None for line in lines)
        return f"{self.campaign.county_names[county]}登记告知单送达 {len(lines) - refused} 份，未接收 {refused} 份"

    def _answers(self, issued: Path, county: str, day: date) -> dict[str, Cells]:
        numbers = pl.read_excel(issued, sheet_name=SHEET, infer_schema_length=0)[NUMBER].drop_nulls()
        dice = self.dice.child(county)
        told = ((number, dice.one.random()) for number in numbers)
        return {number: _answer(chance, day) for number, chance in told if chance < SIGNED + GONE}


def _answer(chance: float, day: date) -> Cells:
    if chance < SIGNED:
        return {RESULT: "直接送达", ON: day, SCAN: SCANS}
    return {RESULT: "退回", ON: day, NOTE: "查无此单位，已由乡镇核实"}
