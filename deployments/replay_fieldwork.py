"""What the counties do after the letters: their clerks fill in the sheets of `yingbao fieldwork` (C13, C15, C18, C24, C32)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import polars as pl

from deployments.clerks import scan
from deployments.replay_outings import (
    ABSENT,
    ACTS,
    ASKED,
    GUIDES,
    OTHERWISE,
    PLACES,
    REASONS,
    REFERRAL_DAY,
    REFERRED_WHY,
    Outing,
    Zeal,
    zeal_of,
)
from deployments.replay_plan import CITY, CLERK, WAYS
from models.campaign import Campaign
from models.fieldwork import Agency, Errand, Part, Reason, Rung, Work
from models.rules.fieldwork_forms import FORMS, UNIT
from models.rules.working_days import on_or_after
from tasks.fieldwork.desk import Outcome
from tasks.fieldwork.entering import enter, import_form
from tasks.fieldwork.ladder import climb_by_acts
from tasks.fieldwork.questions import undeclared
from tasks.fieldwork.reading import headings_of
from tasks.fieldwork.template import write_template
from tasks.sample.dice import Dice
from tasks.sample.filled import fill_in

Act = Callable[[date], str | None]
Cells = dict[str, str | date | None]  # by our names
Told = dict[str, Cells]  # number of a unit → what its row says
SPREAD, WEEK = 9, 5  # days within which the counties do the same thing
PICTURE = "活动照片（演示）.pdf"


@dataclass(frozen=True)
class Fieldwork:
    """Sheets are fetched where the month's lists are just in, and handed in when the work of some months is done."""

    campaign: Campaign
    out: Path
    dice: Dice
    fetched: dict[tuple[str, date, Work], Path] = field(default_factory=dict)

    def days(self) -> Iterator[tuple[date, Act]]:
        zeals = {county: zeal_of(county) for county in WAYS}
        starts = {outing.fetched for zeal in zeals.values() for outing in zeal.outings}
        for day in sorted(starts):
            yield day, self.climb
        for county, zeal in zeals.items():
            for outing in zeal.outings:
                yield outing.fetched, partial(self.fetch, county, outing)
                yield self.back_on(county, outing), partial(self.hand_in, county, zeal, outing)
            for day, kind, title in ACTS[: zeal.acts]:
                yield self._near(county, day, WEEK), partial(self.tell_of, county, kind, title)
        yield REFERRAL_DAY, self.refer

    def back_on(self, county: str, outing: Outing) -> date:
        return self._near(county, outing.back)

    def climb(self, day: date) -> str | None:
        """As the daily flow does; here only where the month's lists have just had the targets computed."""
        done = climb_by_acts(self.campaign, day, by=CITY)
        told = "，".join(f"{words} {units} 家" for words, units in done.steps.items())
        return f"按已登记的工作推进：{told}" if told else None

    def fetch(self, county: str, outing: Outing, day: date) -> None:
        for work in outing.works:
            self.fetched[county, day, work] = write_template(
                self.campaign, work, county, day, self._issued(day)
            )

    def hand_in(self, county: str, zeal: Zeal, outing: Outing, day: date) -> str | None:
        said = []
        for work in outing.works:
            sheet = self.fetched[county, outing.fetched, work]
            dice = self.dice.child(county, outing.fetched, work)
            if rows := self._answers(work, county, zeal, outing, _listed(sheet, work), dice):
                said.append(self._hand_in(sheet, county, work, rows, day))
        return f"{self._name(county)}登记现场工作：{'；'.join(said)}" if said else None

    def tell_of(self, county: str, kind: str, title: str, day: date) -> str:
        """A single act needs no sheet: it is entered by hand."""
        folder = self.out / "现场工作"
        scan(folder / PICTURE)
        cells = {"done_on": f"{day}", "county": county, "kind": kind, "title": title, "evidence": PICTURE}
        enter(self.campaign, Work.PUBLICITY, None, cells, day, by=CLERK, folder=folder)
        return f"{self._name(county)}登记宣传活动：{kind}，{title}"

    def refer(self, day: date) -> str | None:
        """Who was visited and still refuses: a person decides, and signs for it (Q17)."""
        climb_by_acts(self.campaign, day, by=CITY)
        refusing = [
            unit
            for unit in undeclared(self.campaign, day)
            if (unit["rung"], unit["reason"]) == (Rung.VISITED, Reason.REFUSES) and unit["county"] in WAYS
        ]
        said = [
            self._refer(county, list(units), day) for county, units in groupby(refusing, itemgetter("county"))
        ]
        return f"移送监督执法：{'；'.join(said)}" if said else None

    def _refer(self, county: str, units: list[dict[str, Any]], day: date) -> str:
        sheet = write_template(self.campaign, Work.ESCALATE, county, day, self._issued(day))
        cells: Cells = {"done_on": day, "rung": Rung.REFERRED.words, "reason": REFERRED_WHY}
        cells["decided_by"] = WAYS[county].contact
        rows = {str(unit["employer_id"]): cells for unit in units}
        return self._name(county) + self._hand_in(sheet, county, Work.ESCALATE, rows, day)

    def _hand_in(self, sheet: Path, county: str, work: Work, rows: Told, day: date) -> str:
        """The sheet as the county saves it, taken as any other."""
        form = FORMS[work]
        heads = headings_of(form)
        answers = {unit: {heads[key]: value for key, value in cells.items()} for unit, cells in rows.items()}
        out = self.out / "现场工作" / f"{sheet.stem}_{day}.xlsx"
        path = fill_in(sheet, out, form.title, answers, UNIT, dice=self.dice.child(county, work))
        entered = import_form(self.campaign, path, day, by=CLERK)
        refused = entered.count(Outcome.REFUSED)
        return f"{form.title} {entered.count(Outcome.NEW)} 行" + (f"，未登记 {refused} 行" if refused else "")

    def _answers(
        self, work: Work, county: str, zeal: Zeal, outing: Outing, units: list[str], dice: Dice
    ) -> Told:
        if work is Work.TRAINING:
            return self._trained(county, zeal, outing, units, dice)
        if work is Work.VISIT:
            return self._visited(zeal, outing, units, dice)
        return self._reasons(outing, units, dice)

    def _trained(self, county: str, zeal: Zeal, outing: Outing, units: list[str], dice: Dice) -> Told:
        """Every unit is asked to one of the batches at most; not all that are asked come."""
        batches = [self._near(county, day) for day in outing.batches]
        cells: Cells = {"place": f"{self._name(county)}{PLACES[int(county) % len(PLACES)]}", "topics": "全部"}
        rows: Told = {}
        for unit in units:
            chance, batch = dice.one.random(), dice.one.choice(batches)
            if chance < zeal.turnout + ABSENT:
                part = Part.ATTENDED if chance < zeal.turnout else Part.INVITED
                rows[unit] = cells | {"done_on": batch, "part": str(part)}
        return rows

    def _visited(self, zeal: Zeal, outing: Outing, units: list[str], dice: Dice) -> Told:
        """From the top of the list, which stands in the order of work."""
        return {
            unit: {
                "done_on": self._some_day(outing, dice),
                "programme": str(dice.one.choice(list(Errand))),
                "agency": str(dice.one.choice(list(Agency))),
                "visitor": dice.one.choice(GUIDES),
            }
            for unit in units[: round(len(units) * zeal.visited)]
        }

    def _reasons(self, outing: Outing, units: list[str], dice: Dice) -> Told:
        rows: Told = {}
        for unit in units:
            asked, day = dice.one.random() < ASKED, self._some_day(outing, dice)
            (reason,) = dice.one.choices(list(REASONS), list(REASONS.values()))
            if asked:
                note = OTHERWISE if reason is Reason.OTHER else None
                rows[unit] = {"effective_on": day, "reason": str(reason), "note": note}
        return rows

    def _some_day(self, outing: Outing, dice: Dice) -> date:
        return on_or_after(dice.day(outing.batches[0], outing.back), self.campaign.calendar)

    def _issued(self, day: date) -> Path:
        return self.out / "现场工作" / "下发" / f"{day}"

    def _near(self, county: str, day: date, within: int = SPREAD) -> date:
        """Not all counties do the same on the same day."""
        later = timedelta(days=int(county) % within)
        return on_or_after(day + later, self.campaign.calendar)

    def _name(self, county: str) -> str:
        return self.campaign.county_names[county]


def _listed(sheet: Path, work: Work) -> list[str]:
    rows = pl.read_excel(sheet, sheet_name=FORMS[work].title, infer_schema_length=0)
    return rows[UNIT].drop_nulls().to_list() if UNIT in rows.columns else []
