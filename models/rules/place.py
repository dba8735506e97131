"""Reading where a text lies: a county cell, a town cell, an address. Built on the gazetteer (Q9)."""

import re
import unicodedata
from collections.abc import Callable, Sequence

import polars as pl

from models.rules.region import NOWHERE, Gazetteer, Place

# 东莞市长安镇 is not our 长安镇: a town's name counts only if no other city stands in front.
OTHER_CITY = "^(?:[^市县区]{2,5}省)?[^市县区省]{2,3}市"
SEPARATORS = re.compile(r"[\s/\\|,，、>\-]")


def judge(words: Sequence[str], other_city: bool, gazetteer: Gazetteer) -> Place:
    """The place a row of region names speaks of: a county, else a town, else a zone. Two that differ: nowhere."""
    named = [word for word in words if word != gazetteer.province_name]
    if named and named[0] in gazetteer.foreign_names:
        return _abroad(named, gazetteer)
    counties = {gazetteer.counties[word] for word in named if word in gazetteer.counties}
    towns = {gazetteer.towns[word] for word in named if word in gazetteer.towns}
    if len(counties) > 1 or (other_city and not counties):
        return NOWHERE
    if counties or towns:
        return _within(counties, towns)
    if zones := [word for word in named if word in gazetteer.aliases]:
        return _of_zones(zones, gazetteer)
    return _abroad(named, gazetteer) if gazetteer.city_name not in named else NOWHERE


def _within(counties: set[str], towns: set[str]) -> Place:
    """鹿寨县雒容镇: the town has long been another county's, so the two together are not certain."""
    fitting = {town for town in towns if town[:6] in counties} if counties else towns
    found = {town[:6] for town in fitting} if towns else counties
    if len(found) != 1:
        return NOWHERE
    return Place(next(iter(found)), next(iter(fitting)) if len(fitting) == 1 else None)


def _of_zones(zones: Sequence[str], gazetteer: Gazetteer) -> Place:
    decided = {code for zone in zones if (code := gazetteer.aliases[zone])}
    if len(decided) != 1:
        return Place(zone=zones[0])
    county = decided.pop()
    return Place(county, None, county not in gazetteer.counties.values())


def _abroad(words: Sequence[str], gazetteer: Gazetteer) -> Place:
    """Another county of the province, or at least another city or province."""
    codes = {gazetteer.foreign_counties[word] for word in words if word in gazetteer.foreign_counties}
    named = any(word in gazetteer.foreign_names for word in words[:1])
    return Place(codes.pop() if len(codes) == 1 else None, None, True) if named or codes else NOWHERE


def read_address_place(text: str, gazetteer: Gazetteer) -> Place:
    words = re.findall("|".join(map(re.escape, gazetteer.words)), text)
    return judge(words, _names_other_city(text, gazetteer), gazetteer)


def _names_other_city(text: str, gazetteer: Gazetteer) -> bool:
    start = re.sub(_own_prefix(gazetteer), "", text)
    return start == text and re.search(OTHER_CITY, text) is not None


def _own_prefix(gazetteer: Gazetteer) -> str:
    short = gazetteer.province_name[:2]
    return f"^(?:中国)?(?:{gazetteer.province_name}|{short}省|{short})?{gazetteer.city_name}"


def read_county(text: str, gazetteer: Gazetteer) -> Place:
    """A county cell: 柳江区, 柳江, 柳州市柳江区, 广西壮族自治区/柳州市/柳江区, 450206000000, 柳江县."""
    tidy = SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    last = re.sub(_own_prefix(gazetteer), "", tidy)
    if (by_code := gazetteer.from_code(last)) != NOWHERE:
        return by_code
    return read_address_place(gazetteer.short_names.get(last, tidy), gazetteer)


def names_only_city(text: str, gazetteer: Gazetteer) -> bool:
    """柳州市, 广西壮族自治区/柳州市, 450200: too wide to be a county, yet no mistake."""
    tidy = SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).removesuffix(".0")
    return tidy in (gazetteer.city_name[:-1], gazetteer.city) or not re.sub(_own_prefix(gazetteer), "", tidy)


def read_town(text: str, gazetteer: Gazetteer) -> Place:
    """A town cell: 雒容镇, 雒容, 柳石街道办事处, 450203100."""
    tidy = re.sub(
        r"(?:人民政府|街道办事处|街道办)$", "", SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    )
    if (by_code := gazetteer.from_code(tidy)) != NOWHERE:
        return by_code
    code = gazetteer.towns.get(tidy) or gazetteer.short_towns.get(tidy)
    return Place(code[:6], code) if code else read_address_place(tidy, gazetteer)


PLACE = {"county": pl.String(), "town": pl.String(), "outside": pl.Boolean(), "zone": pl.String()}


def places(texts: pl.Series, rule: Callable[[str, Gazetteer], Place], gazetteer: Gazetteer) -> pl.DataFrame:
    """A column of few different texts (county, town, division code): one reading each."""
    unique = texts.drop_nulls().unique()
    lookup = pl.DataFrame([rule(text, gazetteer) for text in unique], schema=PLACE, orient="row")
    joined = texts.to_frame("text").join(
        lookup.with_columns(text=unique), on="text", how="left", maintain_order="left"
    )
    return joined.select(list(PLACE))


def address_places(texts: pl.Series, gazetteer: Gazetteer) -> pl.DataFrame:
    """Addresses are nearly all different, the region names in them are not: those are found by Aho-Corasick."""
    rows = texts.to_frame("text").select(
        words=pl.col("text").str.extract_many(list(gazetteer.words), leftmost=True).list.join("|"),
        other=pl.col("text").str.contains(OTHER_CITY) & ~pl.col("text").str.contains(_own_prefix(gazetteer)),
    )
    unique = rows.unique().drop_nulls()
    found = [judge(words.split("|"), other, gazetteer) for words, other in unique.iter_rows()]
    lookup = unique.hstack(pl.DataFrame(found, schema=PLACE, orient="row"))
    return rows.join(lookup, on=["words", "other"], how="left", maintain_order="left").select(list(PLACE))
