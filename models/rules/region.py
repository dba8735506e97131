"""Which county and town a text, a division code or an address speaks of (Q9, 2.8).

A gazetteer is built once from the division lists and the campaign's aliases. The region inside a credit code is
never used: half of the city's codes carry 450200. What is not certain is null.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import polars as pl

ETHNIC = re.compile(r"^(..)(?:[^自]*族)+自治县$")


class Place(NamedTuple):
    """What a text says about where: `zone` names an area without a county of its own yet decided."""

    county: str | None = None
    town: str | None = None
    outside: bool = False
    zone: str | None = None

    @property
    def clear(self) -> bool:
        return self.county is not None


NOWHERE = Place()


@dataclass(frozen=True)
class Gazetteer:
    city: str  # 450200
    city_name: str
    province_name: str
    counties: Mapping[str, str]  # full name → code, this city
    towns: Mapping[str, str]  # full name → 9-digit code, this city (names are unique within it)
    foreign_counties: Mapping[str, str]  # other counties of the province
    foreign_names: frozenset[str]  # other cities of the province and other provinces
    aliases: Mapping[str, str | None]  # zone or old name → county code, null while undecided
    old_codes: Mapping[str, str] = field(default_factory=dict)  # 450221 → 450206

    @classmethod
    def build(
        cls,
        *,
        city_counties: pl.DataFrame,
        city_towns: pl.DataFrame,
        province_counties: pl.DataFrame,
        province_cities: pl.DataFrame,
        provinces: pl.DataFrame,
        aliases: Mapping[str, str | None],
    ) -> "Gazetteer":
        """`aliases` maps zone names, old names and old codes to a county code; empty or null means undecided."""
        city = next(row for row in city_counties.iter_rows(named=True) if row["code"].endswith("00"))
        counties = {
            r["name"]: r["code"] for r in city_counties.iter_rows(named=True) if r["code"] != city["code"]
        }
        abroad = {name: code for name, code in _codes(province_counties) if code not in counties.values()}
        names = {*province_cities["name"], *provinces["name"]} - {city["name"], city["parent_name"]}
        return cls(
            city=city["code"],
            city_name=city["name"],
            province_name=city["parent_name"],
            counties=counties | _short_autonomous(counties),
            towns=dict(_codes(city_towns)),
            foreign_counties=abroad | _short_autonomous(abroad),
            foreign_names=frozenset(names),
            aliases={name: code or None for name, code in aliases.items() if not name.isdigit()},
            old_codes={old: new for old, new in aliases.items() if old.isdigit() and new},
        )

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every name an address may hold, the longest first."""
        names = {self.province_name, self.city_name, *self.counties, *self.towns, *self.foreign_counties}
        names |= {*self.foreign_names, *self.aliases}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    @cached_property
    def short_names(self) -> dict[str, str]:
        """柳江, 三江, 柳东新: only good where a county is asked for, never inside an address."""
        return {re.sub(r"(?:区|县)$", "", name): name for name in (*self.aliases, *self.counties)}

    @cached_property
    def short_towns(self) -> dict[str, str]:
        return {re.sub(r"(?:街道|镇|乡)$", "", name): code for name, code in self.towns.items()}

    def from_code(self, text: str) -> Place:
        """6, 9 or 12 digits; old codes are translated. A city's or province's own code names no county."""
        digits = text.removesuffix(".0")
        if not digits.isascii() or not digits.isdigit() or len(digits) not in (6, 9, 12):
            return NOWHERE
        county = self.old_codes.get(digits[:6], digits[:6])
        if county in (self.city, self.city[:2] + "0000") or not "110000" <= county < "830000":
            return NOWHERE
        if county.endswith("00"):
            return Place(outside=True)
        outside = county not in self.counties.values()
        town = digits[:9] if digits[:9] in self.towns.values() and county == digits[:6] else None
        return Place(county, town, outside)


def _codes(rows: pl.DataFrame) -> list[tuple[str, str]]:
    return list(zip(rows["name"], rows["code"], strict=True))


def _short_autonomous(counties: Mapping[str, str]) -> dict[str, str]:
    """三江侗族自治县 is called 三江县."""
    return {match[1] + "县": code for name, code in counties.items() if (match := ETHNIC.match(name))}
