"""The sections of a campaign file, each checked as far as it can be alone."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.campaign_checks import CountyCode, EverySource, Fact, Industry, Once, Sources, refuse, wrong
from models.inbound import Kind

Text = Annotated[str, Field(min_length=1)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Count = Annotated[int, Field(strict=True, ge=1)]
Share = Annotated[float, Field(strict=True, gt=0, lt=1)]
Day = Annotated[date, Field(strict=True)]
Month = Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]
WorkingDay = Annotated[int, Field(strict=True, ge=1, le=15)]
Switch = Annotated[bool, Field(strict=True)]
Address = Annotated[str, Field(pattern=r"^https?://\S+$")]
Risk = Literal["严重", "一般"]
Office = Literal["county", "city"]


class Part(BaseModel):
    """Frozen, and a key nobody knows is refused rather than ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Basis(Part):
    """The paper the campaign rests on (C01)."""

    document: Text
    title: Text
    issuers: tuple[Text, ...]


class City(Part):
    code: Annotated[str, Field(pattern=r"^\d{4}00$")]
    name: Text
    bureau: Text


class Borderline(Part):
    """Codes whose sector can be argued about: decided here, in sight, and shown on their own line (2.4, Q7)."""

    name: Text
    codes: Annotated[tuple[Industry, ...], Field(min_length=1)]
    included: Switch
    why: Text


class Sector(Part):
    """One of the severe sectors of C02."""

    key: Key
    name: Text
    codes: Annotated[tuple[Industry, ...], Field(min_length=1)]
    borderline: tuple[Borderline, ...] = ()


class Channel(Part):
    """A way in which undeclared units are found (C09)."""

    key: Key
    name: Text
    aliases: tuple[Text, ...] = ()


class Scope(Part):
    """What brings a unit into R besides its sector and its programmes; any one is enough."""

    catalogue_risks: Annotated[tuple[Risk, ...], Once]
    hazard_sources: Sources


class ExtraSector(Part):
    """A field that one county adds; reported apart, never in I1 (C22)."""

    county: CountyCode
    name: Text
    codes: Annotated[tuple[Industry, ...], Field(min_length=1)]


class Programme(Part):
    """A list whose members must have declared (C03); the years of a list come with its rows (Q19)."""

    key: Key
    name: Text
    aliases: tuple[Text, ...] = ()


class Indicator(Part):
    """A share of R that must have declared by a day (C02–C04): of the severe sectors, or of programmes."""

    key: Annotated[str, Field(pattern=r"^I[0-9][a-z]?$")]
    name: Text
    due: Day
    target_percent: Annotated[int, Field(strict=True, ge=1, le=100)]
    severe_sectors: Switch = False
    programmes: Annotated[tuple[Key, ...], Once] = ()
    min_headcount: Count | None = None
    keep_unknown_headcount: Switch = True

    @model_validator(mode="after")
    def counts_one_thing(self) -> Self:
        if self.severe_sectors == bool(self.programmes):
            raise wrong("severe_sectors = true 与 programmes 须写且只写一个")
        return self


class Reason(Part):
    """A code for leaving or joining the campaign's list after the baseline (Q2)."""

    key: Key
    name: Text
    needs_note: Switch = False


class Precedence(Part):
    """Whose word counts where sources differ (C07): a default order, and fields with an order of their own."""

    default: EverySource
    fields: dict[Fact, Sources] = {}

    def order(self, fact: str) -> tuple[Kind, ...]:
        """All sources of a fact, the most trusted first; what a field leaves out follows in default order."""
        own = self.fields.get(fact, ())
        return own + tuple(kind for kind in self.default if kind not in own)


class Obligation(Part):
    """What one office owes another by a day (C25, C26)."""

    key: Key
    name: Text
    opens: Day
    due: Day
    owed_by: Office
    owed_to: Office

    @model_validator(mode="after")
    def opens_before_due(self) -> Self:
        if self.opens > self.due:
            raise wrong("opens 晚于 due")
        return self


class Monthly(Part):
    """The monthly assessment: data cut at the month's end, issued on a working day of the next month (1.6).

    For each month from the first to the last, a county answers by a working day of the next month, too: the units
    that stood still too long are looked at again, or there is nothing to report.
    """

    name: Text
    issue_working_day: WorkingDay
    answer: Text
    answer_working_day: WorkingDay
    first_month: Month
    last_month: Month

    @model_validator(mode="after")
    def first_month_first(self) -> Self:
        if self.first_month > self.last_month:
            raise wrong("first_month 晚于 last_month")
        return self


class Reminders(Part):
    """The ladder of reminders of every obligation, in days from its due day (C30), and when the city hears of it."""

    before: Annotated[tuple[Annotated[int, Field(strict=True, ge=0)], ...], Once]
    overdue: Annotated[tuple[Count, ...], Once]
    then_every: Count
    escalate_from: Count  # days overdue from which every overdue rung is told to the city as well

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if list(self.before) != sorted(self.before, reverse=True) or list(self.overdue) != sorted(
            self.overdue
        ):
            raise wrong("before 须从多到少、overdue 须从少到多排列")
        return self


class Review(Part):
    """The county's review of what is filed with us: what runs by itself, and how long an objection may wait (M07)."""

    automatic: Annotated[tuple[CountyCode, ...], Once] = ()  # counties that switched automatic approval on
    second_look: Annotated[float, Field(strict=True, ge=0, le=1)] = (
        0.1  # share of automatic approvals a person sees
    )
    objection_working_days: Count = 5
    correction_days: Count = 15  # within which what was returned is corrected in time (C05)


class Watch(Part):
    """After how many days of silence `yingbao status` speaks up."""

    export_days: Count  # since the data date of the platform's last export
    county_days: Count  # since the county's last sign


class Platforms(Part):
    """On whose books an approved declaration counts (Q1)."""

    counting: Annotated[tuple[Text, ...], Field(min_length=1), Once]
    ignored: Annotated[tuple[Text, ...], Once] = ()

    @model_validator(mode="after")
    def no_platform_twice(self) -> Self:
        both = [name for name in self.ignored if name in self.counting]
        if both:
            raise wrong(f"“{'、'.join(both)}”不能既算数又不算数")
        return self


class Citation(Part):
    article: Text
    text: Text


class Legal(Part):
    """Annex 1, word for word (A01, A02, A03, Q12)."""

    law: Text
    duty: Citation
    penalty: Citation
    catalogue: Text


class Links(Part):
    """Addresses printed on the notice (A06), never normalised."""

    manual: Address
    platform: Address


class Linkage(Part):
    """From `sure` up a link stands, below `unsure` there is none, between them a person decides."""

    sure: Share = 0.99
    unsure: Share = 0.5

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.unsure >= self.sure:
            raise wrong(f"unsure（{self.unsure}）须小于 sure（{self.sure}）")
        return self


class Holiday(Part):
    name: Text
    first: Day
    last: Day

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.last < self.first:
            raise wrong(f"“{self.name}”的 last 早于 first")
        return self


class Calendar(Part):
    """The State Council's holidays and make-up days (2.8); goes before the packaged calendar."""

    holidays: tuple[Holiday, ...] = ()
    working: Annotated[tuple[Day, ...], Once] = ()

    @model_validator(mode="after")
    def no_day_is_both(self) -> Self:
        refuse(
            (("working", at), f"{day} 又在“{holiday.name}”假期内")
            for at, day in enumerate(self.working)
            for holiday in self.holidays
            if holiday.first <= day <= holiday.last
        )
        return self


class Listing(NamedTuple):
    """What the file says of a code: its sector (None: argued about and left out), and the borderline group."""

    sector: str | None
    borderline: str | None


def listed_codes(sectors: Iterable[Sector]) -> dict[str, Listing]:
    """Every code the sectors name. A longer code overrides the shorter one it lies under."""
    found: dict[str, Listing] = {}
    for sector in sectors:
        found |= {code: Listing(sector.key, None) for code in sector.codes}
        for group in sector.borderline:
            key = sector.key if group.included else None
            found |= {code: Listing(key, group.name) for code in group.codes}
    return found


def nearest(code: str, codes: Collection[str]) -> str | None:
    """The longest of `codes` that `code` equals or lies under."""
    return next((code[:length] for length in range(len(code), 1, -1) if code[:length] in codes), None)
