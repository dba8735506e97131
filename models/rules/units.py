"""What tells one unit from another, as SQL over two rows or one (Q10).

The same place written twice: the house numbers of one are among those of the other, and of the words one contains
the other or they share six in ten of their pairs of characters.
"""

from functools import cache

from models.reference import city_counties, province_cities, province_counties
from models.rules.region import ETHNIC

ALIKE_SHARE = 0.6
# more addresses than this under one name and county are compared as equal or not
MANY_ADDRESSES = 60


def similar(one: str, other: str) -> str:
    """SQL: two address keys (neither null) may be the same place."""
    words = [f"regexp_replace({side}, '[0-9]+', '', 'g')" for side in (one, other)]
    return f"""({one} = {other} OR (
        ({_numbers(one)} <@ {_numbers(other)} OR {_numbers(other)} <@ {_numbers(one)})
        AND (SELECT least(length(a), length(b)) >= 2 AND (
                position(a IN b) > 0 OR position(b IN a) > 0
                OR {_shared("a", "b")} >= {ALIKE_SHARE} * (length(a) + length(b) - 2) / 2.0)
            FROM (SELECT {words[0]} AS a, {words[1]} AS b) AS words)))"""


def _numbers(side: str) -> str:
    return f"ARRAY(SELECT m[1] FROM regexp_matches({side}, '[0-9]+', 'g') AS m)"


def _shared(one: str, other: str) -> str:
    def pairs(side: str) -> str:
        return f"SELECT substr({side}, i, 2) FROM generate_series(1, length({side}) - 1) AS i"

    return f"(SELECT count(*) FROM ({pairs(one)} INTERSECT {pairs(other)}) AS shared)"


@cache
def county_words() -> dict[str, str]:
    """How the name of a branch may speak of a county: 柳江区, 柳江, 三江侗族自治县, 三江县, 三江 → code."""
    words: dict[str, str] = {}
    for code, name in province_counties().select("code", "name").iter_rows():
        short = ETHNIC.sub(r"\1", name) if ETHNIC.match(name) else name[:-1] if len(name) == 3 else name
        words |= {name: code, short: code, short + "县": code}
    return words


@cache
def above_county() -> str:
    """Pattern of what may stand before a county: 广西, 柳州市, 柳州."""
    province = str(city_counties()["parent_name"].drop_nulls()[0])
    cities = "|".join(f"{name[:-1]}市?" for name in province_cities()["name"])
    return f"^({province}|{province[:2]})?({cities})?"


def county_pattern() -> str:
    """The longest county name at the start."""
    return "^(" + "|".join(sorted(county_words(), key=lambda word: (-len(word), word))) + ")"
