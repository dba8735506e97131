"""What employers file with the office itself, and the counties' decisions on it, by workbook (M03, M04, M07)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import polars as pl

from deployments.replay_plan import CITY, CLERK, OBJECTION_WHY, WAYS
from models.campaign import Campaign
from models.clock import SHANGHAI
from models.declaration import DeclarationState
from models.filing import Level, Registration
from models.rules.review import Actor
from models.rules.review_list import objection_due
from models.rules.working_days import on_or_after
from tasks import registrations
from tasks.filing.entering import Outcome, Way, enter_files
from tasks.review import decide_registration, raise_objection
from tasks.review_books import issue, take_back
from tasks.review_books.layout import AGAIN, DECISION, NUMBER, REASON, WAITING
from tasks.review_desk import work_list
from tasks.review_papers import write_notices
from tasks.sample.dice import Dice
from tasks.sample.filled import fill_in
from tasks.sample.months.filed_here import FiledHere, read_filed

EMPLOYER = "企业经办人"
PROMPT, SLOW = timedelta(days=4), timedelta(days=20)  # how long a county takes; some never hurry
SENT_BACK = 0.5  # of those with something to look at
FINDINGS = "核对发现（请核实）"


@dataclass
class Reviews:
    """Each document on its day; the county's decision some days later."""

    campaign: Campaign
    sample: Path
    out: Path
    dice: Dice

    def filings(self) -> Iterator[tuple[date, Sequence[FiledHere]]]:
        by_day: dict[date, list[FiledHere]] = defaultdict(list)
        for one in read_filed(self.sample / "months"):
            by_day[one.on].append(one)
        yield from sorted(by_day.items())

    def decided_on(self, county: str, filed_on: date) -> date:
        lag = SLOW if WAYS[county].monthly is None else PROMPT
        return on_or_after(filed_on + lag, self.campaign.calendar)

    def enter(self, documents: Sequence[FiledHere], day: date) -> str:
        entered = enter_files([one.path for one in documents], Way(EMPLOYER, day, submit=True))
        counts = {outcome: sum(one.outcome is outcome for one in entered) for outcome in Outcome}
        told = "，".join(f"{outcome} {count} 件" for outcome, count in counts.items() if count)
        return f"收到申报表 {len(entered)} 件：{told}"

    def decide(self, county: str, day: date) -> str | None:
        """The entries first, then the workbook, filled in as its findings suggest and handed back."""
        self._admit(county, day)
        (book,) = issue(self.campaign, day, self.out / "审核" / f"{day}", county=county)
        if book.path is None or not book.waiting + book.again:
            return None
        path = self._fill_in(book.path, county, day)
        receipt = path.with_name(f"{path.stem}_回执.xlsx")
        report = take_back(self.campaign, path, day, by=CLERK, receipt=receipt, county=county)
        if report.rejected:
            at = datetime.combine(day, time(9), SHANGHAI)
            write_notices(self.campaign, report.rejected, self.out / "补正告知", at=at)
        return f"{self.campaign.county_names[county]}审核申报 {book.waiting + book.again} 件，退回补正 {len(report.rejected)} 件"

    def object(self, day: date) -> str | None:
        """The city asks for another look at what was approved last. Returns the county asked; None: nothing is approved."""
        actor = Actor(Level.CITY, self.campaign.city.code, CITY)
        listed = work_list(self.campaign, actor, day, state=DeclarationState.APPROVED)
        if not listed:
            return None
        last = max(listed, key=lambda one: (one.filed_on, one.declaration))
        due = objection_due(day, self.campaign.review.objection_working_days, self.campaign.calendar)
        raise_objection(last.declaration, OBJECTION_WHY, actor=actor, on=day, due_on=due)
        return last.county

    def _admit(self, county: str, day: date) -> None:
        actor = Actor(Level.COUNTY, county, CLERK)
        for one in registrations.entries(county=county, state=Registration.PENDING):
            decide_registration(one["number"], Registration.APPROVED, actor=actor, on=day)

    def _fill_in(self, issued: Path, county: str, day: date) -> Path:
        dice = self.dice.child(f"{county}:{day}")
        path = self.out / "审核返回" / f"{issued.stem}_{day}.xlsx"
        answers = {sheet: self._answers(issued, sheet, dice) for sheet in (WAITING, AGAIN)}
        for sheet, given in answers.items():
            if given:
                fill_in(issued, path, sheet, given, NUMBER, dice=dice)
                issued = path
        return path

    def _answers(self, issued: Path, sheet: str, dice: Dice) -> dict[str, dict[str, str | date | None]]:
        rows = pl.read_excel(issued, sheet_name=sheet, infer_schema_length=0)
        if NUMBER not in rows.columns:
            return {}
        listed = rows.filter(pl.col(NUMBER).is_not_null())
        return {row[NUMBER]: self._answer(sheet, row[FINDINGS], dice) for row in listed.iter_rows(named=True)}

    def _answer(self, sheet: str, findings: str | None, dice: Dice) -> dict[str, str | date | None]:
        if sheet == AGAIN:
            return {DECISION: "撤销", REASON: "经复核，接害人数与现场不符"}
        if findings and dice.one.random() < SENT_BACK:
            return {DECISION: "不通过", REASON: f"请核实后重报：{findings.splitlines()[0]}"}
        return {DECISION: "通过"}
