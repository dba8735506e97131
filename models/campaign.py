"""A campaign: what its file says about places, sectors, indicators, days and law. A new one is a new file."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from models.campaign_bulletin import Bulletin
from models.campaign_checks import Once, county_names, distinct, refuse
from models.campaign_departments import Department
from models.campaign_file import read_campaign
from models.campaign_parts import (
    Basis,
    Calendar,
    Channel,
    City,
    Count,
    ExtraSector,
    Indicator,
    Key,
    Legal,
    Linkage,
    Links,
    Monthly,
    Obligation,
    Part,
    Platforms,
    Precedence,
    Programme,
    Reason,
    Reminders,
    Review,
    Scope,
    Sector,
    Switch,
    Text,
    Watch,
    listed_codes,
    nearest,
)
from models.campaign_region import County, mistakes_of_zones
from models.errors import InputRefused
from models.toml_lines import Place

Year = Annotated[int, Field(strict=True, ge=2000, le=2100)]


def _words(item: Channel | County | Programme) -> list[str]:
    return [item.name, *item.aliases]


class Campaign(Part):
    """Checked in the order of its fields: a field may look at those above it."""

    key: Key
    name: Text
    plan: Text
    years: Annotated[tuple[Year, ...], Field(min_length=1), Once]
    stopped_months_limit: Count  # Q4
    day_inclusive: Switch  # Q5
    work_order: Annotated[tuple[Literal["severity", "size", "age"], ...], Field(min_length=1), Once]  # C21
    basis: Basis
    city: City
    counties: Annotated[
        tuple[County, ...],
        Field(min_length=1),
        distinct(lambda county: [county.code], "code"),
        distinct(_words, "aliases"),
    ]
    region_aliases: dict[str, str]
    sectors: Annotated[
        tuple[Sector, ...],
        Field(min_length=1),
        distinct(lambda sector: [sector.key], "key"),
    ]
    channels: Annotated[
        tuple[Channel, ...], distinct(lambda channel: [channel.key], "key"), distinct(_words, "aliases")
    ]
    scope: Scope
    extras: tuple[ExtraSector, ...] = ()
    departments: Annotated[
        tuple[Department, ...],
        distinct(lambda department: [department.name], "name"),
        distinct(lambda department: department.codes, "codes"),
    ] = ()
    programmes: Annotated[
        tuple[Programme, ...], distinct(lambda programme: [programme.key], "key"), distinct(_words, "aliases")
    ]
    indicators: Annotated[
        tuple[Indicator, ...], Field(min_length=1), distinct(lambda indicator: [indicator.key], "key")
    ]
    removal_reasons: Annotated[
        tuple[Reason, ...], Field(min_length=1), distinct(lambda reason: [reason.key, reason.name], "key")
    ]
    addition_reasons: Annotated[
        tuple[Reason, ...], Field(min_length=1), distinct(lambda reason: [reason.key, reason.name], "key")
    ]
    precedence: Precedence
    obligations: Annotated[tuple[Obligation, ...], distinct(lambda duty: [duty.key], "key")]
    monthly: Monthly
    reminders: Reminders
    review: Review = Review()
    bulletin: Bulletin
    watch: Watch
    platforms: Platforms
    legal: Legal
    links: Links
    linkage: Linkage = Linkage()
    calendar: Calendar = Calendar()

    @property
    def county_names(self) -> dict[str, str]:
        """Code → name, in the order of the file."""
        return {county.code: county.name for county in self.counties}

    def counties_on(self, day: date) -> tuple[County, ...]:
        """Those with a line of their own on the day: zones from and until theirs (M05)."""
        return tuple(county for county in self.counties if county.stands_on(day))

    def names_on(self, day: date) -> dict[str, str]:
        return {county.code: county.name for county in self.counties_on(day)}

    @field_validator("counties")
    @classmethod
    def counties_of_the_city(cls, counties: tuple[County, ...], info: ValidationInfo) -> tuple[County, ...]:
        city = info.data.get("city")
        official = county_names()
        refuse(
            ((at, "name"), f"{county.code} 在 GB/T 2260 中是“{official[county.code]}”，不是“{county.name}”")
            for at, county in enumerate(counties)
            if county.parent is None and official[county.code] != county.name
        )
        refuse(
            ((at, "code"), f"{county.code} 不属于{city.name}（{city.code}）")
            for at, county in enumerate(counties)
            if city and county.code[:4] != city.code[:4]
        )
        refuse(mistakes_of_zones(counties))
        return counties

    @field_validator("region_aliases")
    @classmethod
    def aliases_lead_somewhere(cls, aliases: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        """An empty value is a decision too: nobody has decided, the unit goes to the visible list (Q15)."""
        counties = info.data.get("counties")
        if counties is None:
            return aliases
        codes = {county.code for county in counties if county.parent is None}
        named = {word: county for county in counties for word in _words(county)}
        refuse(
            ((word,), f'“{code}”不是本行动的县（区）代码；尚未确定归属的写 ""')
            for word, code in aliases.items()
            if code and code not in codes
        )
        # read as the zone's parent at intake; the day decides later whether it is the zone's own line (M05)
        refuse(
            ((word,), f"“{word}”已是{named[word].name}的名称或别名")
            for word, code in aliases.items()
            if word in named and (named[word].parent is None or code not in ("", named[word].parent))
        )
        return aliases

    @field_validator("sectors")
    @classmethod
    def no_code_twice(cls, sectors: tuple[Sector, ...]) -> tuple[Sector, ...]:
        first: dict[str, Sector] = {}
        twice = []
        for place, sector, code in _places_of_codes(sectors):
            if code in first:
                twice.append((place, f"行业代码 {code} 重复，“{first[code].name}”已列"))
            first.setdefault(code, sector)
        refuse(twice)
        return sectors

    @field_validator("extras")
    @classmethod
    def extras_stay_apart(
        cls, extras: tuple[ExtraSector, ...], info: ValidationInfo
    ) -> tuple[ExtraSector, ...]:
        """C22: what a county adds lies outside the severe sectors, or it would be counted in I1 as well."""
        counties = info.data.get("counties")
        listed = listed_codes(info.data.get("sectors", ()))
        refuse(
            ((at, "county"), f"“{extra.county}”不是本行动的县（区）")
            for at, extra in enumerate(extras)
            if counties is not None and extra.county not in {county.code for county in counties}
        )
        refuse(
            ((at, "codes", index), f"行业代码 {code} 已属严重行业，不能再作增加领域")
            for at, extra in enumerate(extras)
            for index, code in enumerate(extra.codes)
            if (hit := nearest(code, listed)) and listed[hit].sector
        )
        return extras

    @field_validator("indicators")
    @classmethod
    def indicators_hold(
        cls, indicators: tuple[Indicator, ...], info: ValidationInfo
    ) -> tuple[Indicator, ...]:
        programmes = info.data.get("programmes")
        refuse(
            ((at, "programmes", index), f"没有 key 为“{key}”的专项")
            for at, indicator in enumerate(indicators)
            for index, key in enumerate(indicator.programmes)
            if programmes is not None and key not in {programme.key for programme in programmes}
        )
        refuse(_outside(((indicator.due for indicator in indicators)), info))
        return indicators

    @field_validator("obligations")
    @classmethod
    def obligations_in_time(
        cls, duties: tuple[Obligation, ...], info: ValidationInfo
    ) -> tuple[Obligation, ...]:
        refuse(_outside((duty.due for duty in duties), info))
        return duties

    @field_validator("review")
    @classmethod
    def automatic_in_own_counties(cls, review: Review, info: ValidationInfo) -> Review:
        counties = info.data.get("counties")
        refuse(
            (("automatic", at), f"“{code}”不是本行动的县（区）代码")
            for at, code in enumerate(review.automatic)
            if counties is not None and code not in {county.code for county in counties}
        )
        return review

    @field_validator("bulletin")
    @classmethod
    def tiles_of_own_counties(cls, bulletin: Bulletin, info: ValidationInfo) -> Bulletin:
        counties = info.data.get("counties")
        refuse(
            (("tiles", code), f"“{code}”不是本行动的县（区）代码")
            for code in bulletin.tiles
            if counties is not None and code not in {county.code for county in counties}
        )
        outside = _outside((point.day for point in bulletin.plan), info)
        refuse((("plan", at, "day"), message) for (at, _), message in outside)
        return bulletin


def _places_of_codes(sectors: Iterable[Sector]) -> Iterator[tuple[Place, Sector, str]]:
    for at, sector in enumerate(sectors):
        for index, code in enumerate(sector.codes):
            yield (at, "codes", index), sector, code
        for group_at, group in enumerate(sector.borderline):
            for index, code in enumerate(group.codes):
                yield (at, "borderline", group_at, "codes", index), sector, code


def _outside(days: Iterable[date], info: ValidationInfo) -> Iterator[tuple[Place, str]]:
    """A due day outside the campaign's years is a slip of the finger."""
    years = info.data.get("years", ())
    for at, day in enumerate(days):
        if years and not min(years) <= day.year <= max(years):
            yield (at, "due"), f"{day} 不在行动年度 {min(years)}—{max(years)} 之内"


def find_campaign(key_or_path: str, folder: Path) -> Path:
    """The file of a campaign, by its key in the folder or by its own path."""
    named = Path(key_or_path)
    path = named if named.suffix == ".toml" else folder / f"{key_or_path}.toml"
    if not path.is_file():
        known = "、".join(sorted(file.stem for file in folder.glob("*.toml"))) or "（无）"
        raise InputRefused("E1301", f"找不到行动文件 {path}；现有：{known}")
    return path


def load_campaign(path: Path) -> Campaign:
    """All mistakes of the file at once, each with its line and key, or the campaign."""
    return read_campaign(path, Campaign)
