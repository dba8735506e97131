"""What tells one unit from another, as SQL over two rows or one (Q10).

The same place written twice: the numbers of one are among those of the other (二一号 is 21号), and of the words one
contains the other, they share six in ten of their pairs of characters, or one has nearly all pairs of the other.
"""

from functools import cache

from models.reference import city_counties, province_cities, province_counties
from models.rules.company_name import AFTER_OTHER_ENDS
from models.rules.region import ETHNIC

ALIKE_SHARE = 0.6
# of the shorter one's pairs, where its parts stand in another order: 思黄屯岭桥村
HELD_SHARE, HELD_PAIRS = 0.8, 4
# more addresses than this under one name and county are compared as equal or not
MANY_ADDRESSES = 60
HAN_DIGITS = "零〇一二三四五六七八九两贰"

# What stands between a firm's name and the name of its site, in full or cut short: …有限公(施工队).
FORM_HEAD = (
    r"^(集团|控股)?(股份)?(有限责任公司|有限责任|有限公司|有限公|有限|有公司|限责任公司|限公司|责任公司|公司|司)?"
    r"(\([^()]*\))?"
)
COMPLETE = r"(公司|厂|[店部社场行站院所馆坊矿]|中心|集团|学校|户)(\([^()]*\))?$"
SITE = f"({AFTER_OTHER_ENDS})$"
# remarks on the firm, not names: …有限公司已停产
REMARK = r"^\(.*\)$|^[已现原拟暂旧]|^(搬迁|停产|停业|停工|关闭|关停|注销|吊销|歇业|倒闭|拆除)"
# 有限公司, 有限责任公司 and 公司 are one form; another one, said on both sides, is another firm.
FORM = """CASE WHEN {name} ~ '股份(有限)?公司' THEN '股份' WHEN {name} LIKE '%公司%' THEN '公司'
    ELSE substring({name} FROM '(厂|合作社|企业|户)(?:[(][^()]*[)])?$') END"""


def similar(one: str, other: str) -> str:
    """SQL: two address keys (neither null) may be the same place."""
    digits = [f"translate({side}, '{HAN_DIGITS}', '0012345678922')" for side in (one, other)]
    words = [f"regexp_replace({side}, '[0-9-]+', '', 'g')" for side in digits]
    return f"""({one} = {other} OR (
        ({_numbers(digits[0])} <@ {_numbers(digits[1])} OR {_numbers(digits[1])} <@ {_numbers(digits[0])})
        AND (SELECT least(length(a), length(b)) >= 2 AND (
                position(a IN b) > 0 OR position(b IN a) > 0
                OR {shared_pairs("a", "b")} >= least({ALIKE_SHARE} * (length(a) + length(b) - 2) / 2.0,
                    {HELD_SHARE} * greatest({HELD_PAIRS}, least(length(a), length(b)) - 1)))
            FROM (SELECT {words[0]} AS a, {words[1]} AS b) AS words)))"""


def _numbers(side: str) -> str:
    return f"ARRAY(SELECT m[1] FROM regexp_matches({side}, '[0-9]+', 'g') AS m)"


def shared_pairs(one: str, other: str) -> str:
    def pairs(side: str) -> str:
        return f"SELECT substr({side}, i, 2) FROM generate_series(1, length({side}) - 1) AS i"

    return f"(SELECT count(*) FROM ({pairs(one)} INTERSECT {pairs(other)}) AS shared)"


def site_named(one: str, principal: str) -> str:
    """SQL: what the name of `one` adds to that of `principal`, its site's name; null where it adds none.

    Behind a complete name anything is a site; behind one that may be cut short only the words for a site are.
    """
    added = f"regexp_replace(substr({one}.name_key, length({principal}.name_key) + 1), :head, '')"
    behind = f"regexp_replace(substr({one}.name_core, length({principal}.name_core) + 1), :head, '')"
    return f"""CASE
        WHEN starts_with({one}.name_key, {principal}.name_key) AND {principal}.name_key ~ :complete
            AND length({added}) > 1 AND {added} !~ :remark THEN {added}
        WHEN starts_with({one}.name_core, {principal}.name_core) AND {behind} ~ :site
            AND length({behind}) > 1 THEN {behind} END"""


# What a name that is misread shares with the firm's: half the pairs of its beginning, and fewer of its end, where it
# goes on; a name that ends like the firm's needs a clearer sign of that (a word put in is no site).
FRONT_SHARE, BACK_SHARE, SAME_END_SHARE = 0.5, 0.8, 0.7
LONG_REST = 4  # so many characters more are a site's name, whatever its phone
# Two writings of one site's name: as long but for a character, of six or more, and all pairs shared but two or three.
LONG_SITE, BROKEN_PAIRS = 6, 3


def misread_site(longer: str, head: str) -> str:
    """SQL: the name `longer` begins nearly like the complete name `head` and goes on with the name of a site."""
    length = f"length({head})"
    front, back = (shared_pairs(f"{side}({longer}, {length})", head) for side in ("left", "right"))
    return f"""({head} ~ :complete AND length({longer}) > {length} AND substr({longer}, {length} + 1) !~ :remark
        AND {front} >= {FRONT_SHARE} * ({length} - 1)
        AND {back} < ({length} - 1) * CASE WHEN right({longer}, 2) = right({head}, 2)
            THEN CASE WHEN length({longer}) > {length} + 1 THEN {SAME_END_SHARE} ELSE 0 END ELSE {BACK_SHARE} END)"""


def nearly_one_site(one: str, other: str) -> str:
    """SQL: 柳梧铁路项曰部 is 柳梧铁路项目部, while 第一项目部 and 第二项目部 are two, as are 拉堡分公司 and 里高分公司."""
    numbers = [
        f"regexp_replace(translate({side}, '{HAN_DIGITS}', '0012345678922'), '[^0-9]+', '', 'g')"
        for side in (one, other)
    ]
    return f"""(least(length({one}), length({other})) >= {LONG_SITE}
        AND abs(length({one}) - length({other})) <= 1 AND {numbers[0]} = {numbers[1]}
        AND {shared_pairs(one, other)} >= greatest(length({one}), length({other})) - 1 - {BROKEN_PAIRS})"""


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
