"""A county of a campaign, or a zone carved out of one from a day on: a new one is a section of the file (M05, Q15)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.campaign_checks import Once, county_names, refuse, town_names
from models.toml_lines import Place

Text = Annotated[str, Field(min_length=1)]
Day = Annotated[date, Field(strict=True)]


class County(BaseModel):
    """`parent`, `valid_from` and what follows stand only with a zone: its own line, with a bureau of its own.

    A unit of the parent, or of a county nobody knows, lies in the zone if its town is listed or its address says a name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, Field(pattern=r"^\d{4}[0-9A-Z]{2}$")]
    name: Text
    bureau: Text
    aliases: tuple[Text, ...] = ()
    parent: str | None = None
    towns: Annotated[tuple[Text, ...], Once] = ()
    valid_from: Day | None = None
    valid_to: Day | None = None  # the last day

    @model_validator(mode="after")
    def is_listed_or_carved_out(self) -> Self:
        refuse(self._as_county() if self.parent is None else self._as_zone())
        return self

    def _as_county(self) -> Iterator[tuple[Place, str]]:
        if self.code not in county_names():
            yield (
                ("code",),
                f"“{self.code}”不是 GB/T 2260 的县（区）代码；新增的功能区还要写 parent（从哪个县（区）划出）和 valid_from",
            )
        for key in ("towns", "valid_from", "valid_to"):
            if getattr(self, key):
                yield (key,), "只用于写了 parent 的功能区"

    def _as_zone(self) -> Iterator[tuple[Place, str]]:
        if self.code in county_names():
            yield ("code",), f"{self.code} 是 GB/T 2260 的代码，功能区请另编，如 {self.code[:4]}K1"
        if self.valid_from is None:
            yield ("parent",), "新增的功能区要写 valid_from（从哪一天起单列）"
        elif self.valid_to and self.valid_to < self.valid_from:
            yield ("valid_to",), f"早于 valid_from {self.valid_from}"

    @property
    def words(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    def stands_on(self, day: date) -> bool:
        """Counties of GB/T 2260 stand as long as the campaign; a zone on its days."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def meets(self, other: "County") -> bool:
        """Whether both stand on some day."""
        first = max(self.valid_from or date.min, other.valid_from or date.min)
        return first <= min(self.valid_to or date.max, other.valid_to or date.max)


def zones_of(counties: Iterable[County]) -> list[County]:
    return [county for county in counties if county.parent is not None]


def mistakes_of_zones(counties: tuple[County, ...]) -> Iterator[tuple[Place, str]]:
    """What no county can tell alone: its parent, towns that nobody knows or two zones claim."""
    plain = {county.code for county in counties if county.parent is None}
    for at, county in enumerate(counties):
        if county.parent is None:
            continue
        if county.parent not in plain:
            yield (at, "parent"), f"“{county.parent}”不是本行动的县（区）代码"
        for index, town in enumerate(county.towns):
            if town not in town_names():
                yield (at, "towns", index), f"“{town}”不是本市乡镇（街道）的 9 位代码"
            for other in zones_of(counties[:at]):
                if town in other.towns and county.meets(other):
                    yield (at, "towns", index), f"{town_names().get(town, town)}已划给{other.name}"
