"""The demo's campaign day by day on a clock of its own: 580 times the plain functions that flows and commands call.

Each day begins with the tick; then comes what the plan has the counties and the city do.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from deployments.clerks import Clerks, about
from deployments.replay_fieldwork import Fieldwork
from deployments.replay_months import MonthlyLists
from deployments.replay_papers import Papers
from deployments.replay_plan import (
    CITY,
    CITY_FREEZES,
    CITY_REASON,
    CLERK,
    DRAFTS,
    FIRST_DAY,
    ISSUE_DAY,
    LAST_DAY,
    NOTICE_DAY,
    OBJECTION_DAY,
    OBJECTION_WHY,
    SUMMARIES,
    WAYS,
    Handing,
    Ways,
)
from deployments.replay_reviews import Reviews
from deployments.replay_service import Serving
from models.campaign import Campaign
from models.errors import YingbaoError
from models.notice_round import RoundScope
from models.rules.contacts import Person
from models.rules.duties import Duty, monthly_duties
from models.rules.working_days import ONE_DAY
from tasks import obligations, verification
from tasks.contacts import name_contact
from tasks.deadlines import tick
from tasks.notice_rounds.planning import plan
from tasks.notice_rounds.printing import Paper
from tasks.notice_rounds.sending import prepare, send_batches
from tasks.outbox import deliver_waiting

PROCESSES = 2
Act = Callable[[date], str | None]
ANSWERS_AFTER = timedelta(days=5)  # a county that is asked whether a unit is its own goes and looks


@dataclass
class Replay:
    """What is still to happen, and what happened."""

    campaign: Campaign
    clerks: Clerks
    out: Path
    agenda: dict[date, list[tuple[str, Act]]] = field(default_factory=lambda: defaultdict(list))
    issued: dict[tuple[str, str], Path] = field(default_factory=dict)  # county, obligation → workbook
    story: list[dict[str, Any]] = field(default_factory=list)
    spent: defaultdict[str, float] = field(
        default_factory=lambda: defaultdict(float)
    )  # seconds by kind of work

    def __post_init__(self) -> None:
        self.months = MonthlyLists(self.campaign, self.clerks)
        self.papers = Papers(self.campaign, self.out)
        self.serving = Serving(self.campaign, self.out, self.clerks.dice.child("serving"))
        self.fieldwork = Fieldwork(self.campaign, self.out, self.clerks.dice.child("fieldwork"))
        self.reviews = Reviews(self.campaign, self.clerks.sample, self.out, self.clerks.dice.child("reviews"))

    def run(self, seen: Callable[[date], None]) -> None:
        self._plan()
        for day in days(FIRST_DAY, LAST_DAY):
            seen(day)
            self._morning(day)
            for work, act in self.agenda.pop(day, []):
                with self._timed(work):
                    self._do(act, day)

    def _morning(self, day: date) -> None:
        with self._timed("每日跟踪"):
            self._track(day)

    def _track(self, day: date) -> None:
        if day.day == 1:
            for path in verification.issue_rechecks(self.campaign, day, self.out / "停产复核", by=CITY):
                self._note_issued(path)
        if tick(self.campaign, day).messages:
            deliver_waiting()

    def _do(self, act: Act, day: date) -> None:
        """What the rules refuse is part of the story: the county hears why, and the day goes on."""
        try:
            said = act(day)
        except YingbaoError as refusal:
            said = f"[{refusal.code}] {refusal.message}"
        if said:
            self.story.append({"day": day, "what": said})

    @contextmanager
    def _timed(self, work: str) -> Iterator[None]:
        begun = perf_counter()
        try:
            yield
        finally:
            self.spent[work] += perf_counter() - begun

    def _plan(self) -> None:
        for day, folder in self.months.days():
            self._on(day, partial(self.months.take_in, folder), "每月名单")
        self._plan_papers()
        self._plan_reviews()
        for day, act in self.fieldwork.days():
            self._on(day, act, "现场工作")
        self._on(FIRST_DAY, self._name_contacts)
        self._on(ISSUE_DAY, self._issue)
        self._on(CITY_FREEZES, self._freeze_the_rest)
        self._on(NOTICE_DAY, self._send_notices, "告知单")
        for county, ways in WAYS.items():
            self._plan_verification(county, ways)
            self._plan_summaries(county, ways)
            if ways.monthly is not None:
                for duty in monthly_duties(self.campaign):
                    day = max(duty.due + timedelta(days=ways.monthly), duty.opens + ONE_DAY)
                    self._on(day, partial(self._answer_month, county, duty))
                    self._on(day, partial(self.months.remove_closed, county))

    def _plan_papers(self) -> None:
        for day, month in self.papers.days():
            self._on(day, partial(self.papers.report, month), "通报")
        for year, day in DRAFTS.items():
            self._on(day, partial(self.papers.draft, year), "总结草稿")

    def _plan_reviews(self) -> None:
        for day, documents in self.reviews.filings():
            self._on(day, partial(self.reviews.enter, documents), "申报审核")
            for county in {one.county for one in documents}:
                decided = self.reviews.decided_on(county, day)
                self._on(decided, partial(self.reviews.decide, county), "申报审核")
        self._on(OBJECTION_DAY, self._object, "申报审核")

    def _plan_verification(self, county: str, ways: Ways) -> None:
        for handing in ways.verification:
            self._on(handing.day, partial(self._hand_back, county, "verification", handing))
        if ways.extended:
            day, until, why = ways.extended
            self._on(day, partial(self._extend, county, until, why))
        if ways.sent_back:
            day, why = ways.sent_back
            self._on(day, partial(self._send_back, county, why))
        if ways.accepted:
            self._on(ways.accepted, partial(self._accept, county))

    def _plan_summaries(self, county: str, ways: Ways) -> None:
        for key, handed in zip(SUMMARIES, ways.summaries, strict=False):
            for day in handed:
                self._on(day, partial(self._hand_in_summary, county, key))
            if key == SUMMARIES[0] and ways.summary_sent_back:
                day, why = ways.summary_sent_back
                self._on(day, partial(self._send_summary_back, county, key, why))
            self._on(handed[-1] + timedelta(days=3), partial(self._accept_summary, county, key))

    def _on(self, day: date, act: Act, work: str = "县（区）事项") -> None:
        self.agenda[day].append((work, act))

    # ── what the city does ──

    def _name_contacts(self, day: date) -> None:  # noqa: ARG002 a day's act like the others
        name_contact(
            self.campaign,
            self.campaign.city.code,
            Person("刘主任", "07722800000", "city@example.cn"),
            by=CITY,
        )
        for county, ways in WAYS.items():
            if ways.contact:
                person = Person(ways.contact, "07722810000", f"wjj-{county}@example.cn")
                name_contact(self.campaign, county, person, by=CITY)

    def _issue(self, day: date) -> str:
        for path in verification.issue(self.campaign, day, self.out / "核对下发", by=CITY):
            self._note_issued(path)
        return f"下发 {len(self.issued)} 个县（区）的核对表"

    def _accept(self, county: str, day: date) -> str:
        verification.accept(self.campaign, county, day, by=CITY)
        return f"受理{self._name(county)}的核对结果，冻结基线"

    def _send_back(self, county: str, why: str, day: date) -> str:
        verification.send_back(self.campaign, county, day, by=CITY, reason=why)
        return f"退回{self._name(county)}的核对结果：{why}"

    def _extend(self, county: str, until: date, why: str, day: date) -> str:
        obligations.extend(
            self.campaign, "verification", until=until, reason=why, on=day, by=CITY, county=county
        )
        return f"{self._name(county)}的核对期限延至 {until}：{why}"

    def _freeze_the_rest(self, day: date) -> str:
        silent = [county for county, ways in WAYS.items() if ways.accepted is None]
        for county in silent:
            verification.freeze_silent(self.campaign, county, day, by=CITY, reason=CITY_REASON)
        return f"冻结{'、'.join(map(self._name, silent))}的基线：{CITY_REASON}"

    def _send_notices(self, day: date) -> str:
        """The booklets of all counties; their hazards carry the mark 示例，待疾控审定 until an expert has spoken."""
        planned = plan(self.campaign, day, RoundScope.NEW, by=CITY)
        paper = Paper(self.out / "告知单", back=True, processes=PROCESSES)
        prepare(self.campaign, planned.number, day, by=CITY, confirm=planned.going)
        for county in WAYS:
            served = partial(self.serving.bring_back, county, planned.number)
            self._on(self.serving.day_of(county), served, "送达登记")
        letters = sum(step.done.letters for step in send_batches(self.campaign, planned.number, paper))
        held = sum(one.notices for one in planned.held)
        return f"第 {planned.number} 轮告知单：印成册 {letters} 份，暂不发 {held} 家"

    def _send_summary_back(self, county: str, key: str, why: str, day: date) -> str:
        obligations.send_back(self.campaign, county, key, on=day, by=CITY, reason=why)
        return f"退回{self._name(county)}的 {key}：{why}"

    def _accept_summary(self, county: str, key: str, day: date) -> None:
        obligations.accept(self.campaign, county, key, on=day, by=CITY, reason=None)

    def _object(self, day: date) -> str | None:
        county = self.reviews.object(day)
        if county is None:
            return None
        answered = self.reviews.decided_on(county, day)
        self._on(answered, partial(self.reviews.decide, county), "申报审核")
        return f"市级对{self._name(county)}审核的一件申报提出异议：{OBJECTION_WHY}"

    # ── what the counties do ──

    def _hand_back(self, county: str, key: str, handing: Handing, day: date) -> str:
        path = self.clerks.hand_back(self.issued[county, key], county, handing)
        receipt = self.out / "回执" / f"{path.stem}_回执.xlsx"
        report = verification.take_back(self.campaign, path, day, by=CLERK, receipt=receipt)
        self._expect_answers(county, day)
        told = f"{self._name(county)}返回{path.name}：接收 {report.accepted}，未接收 {report.refused}，"
        return told + f"未变 {report.unchanged}，已答复 {report.done}/{report.asked}"

    def _answer_month(self, county: str, duty: Duty, day: date) -> str | None:
        if (county, duty.key) in self.issued:
            return self._hand_back(county, duty.key, Handing(day), day)
        obligations.report_nothing(self.campaign, county, duty.key, on=day, by=CLERK)
        return None

    def _expect_answers(self, county: str, day: date) -> None:
        """The counties that were asked today whether a unit is theirs go and look."""
        asked = verification.list_transfers(self.campaign, day, county=county)
        for one in asked:
            if one["answer"] is None and one["asked_on"] == day and one["from_county"] == county:
                self._on(day + ANSWERS_AFTER, partial(self._answer_transfer, one))

    def _answer_transfer(self, asked: dict[str, Any], day: date) -> str:
        theirs = self.clerks.is_in(asked["to_county"], asked["name"], asked["credit_code"], day)
        note = None if theirs else "实地查看，不在本辖区"
        verification.answer_transfer(self.campaign, asked["number"], day, by=CLERK, accept=theirs, note=note)
        said = "确认接收" if theirs else "拒绝接收"
        return f"{asked['to_name']}{said}{asked['from_name']}提出的{asked['name']}"

    def _hand_in_summary(self, county: str, key: str, day: date) -> str:
        path = self.papers.draft_of(county, key)
        obligations.hand_in(self.campaign, county, key, path, on=day, by=CLERK)
        return f"{self._name(county)}报送 {key}"

    def _note_issued(self, path: Path) -> None:
        """Which county and obligation a workbook is for stands in its own hidden sheet."""
        said = about(path)
        self.issued[said["county"], said["obligation"]] = path

    def _name(self, county: str) -> str:
        return self.campaign.county_names[county]


def days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
