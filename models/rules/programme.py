"""Name of a programme (专项治理, 监测, 帮扶) → the campaign's key, by its alias table (C03, Q19)."""

import re
import unicodedata
from collections.abc import Mapping

from models.rules.cell import CellCode, Reading, please_check

YEAR = re.compile(r"^((?:19|20)[0-9]{2})年?度?")
UNKNOWN = please_check(CellCode.PROGRAMME_UNKNOWN, "专项名称不在行动配置中，请改为已有名称或在配置中补别名。")


def tidy_programme(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def read_programme(text: str, programmes: Mapping[str, str]) -> Reading[str]:
    """`programmes` maps alias to key; the keys themselves are understood too. A year in front is no part of the name."""
    known = {tidy_programme(alias): key for alias, key in programmes.items()}
    known |= {tidy_programme(key): key for key in programmes.values()}
    tidy = tidy_programme(text)
    key = known.get(tidy) or known.get(YEAR.sub("", tidy))
    return Reading(key) if key else Reading(None, UNKNOWN)


def year_in_programme(text: str) -> Reading[int]:
    """2024年度专项治理 says the year as well; used where the row has no year of its own."""
    year = YEAR.match(tidy_programme(text))
    return Reading(int(year[1]) if year else None)
