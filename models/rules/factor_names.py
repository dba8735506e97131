"""A hazard factor's name in comparable form: 光气（碳酰氯） answers to either name, 铅 to 铅及其化合物 (A03)."""

import re
import unicodedata
from functools import lru_cache

BRACKETS = re.compile(r"\(([^()]*)\)")
LISTED_APART = re.compile(r"不含|不包括|单列|≥|含")  # said about the factor, no name of it
COMPOUNDS = "及其化合物"
UNNAMED = "以上未提及的可导致职业病的"  # the open clause of each class: 其他粉尘 …


@lru_cache(maxsize=20_000)
def plain_name(name: str) -> frozenset[str]:
    """Every way to write one listed name."""
    tidy = re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).upper().removeprefix(UNNAMED)
    outside = BRACKETS.sub("", tidy)
    inner = {part for part in BRACKETS.findall(tidy) if not LISTED_APART.search(part)}
    return frozenset({tidy, outside, outside.removesuffix(COMPOUNDS), *inner} - {""})


def key_of(name: str) -> str:
    """What two declarations of one factor share, however its brackets were written."""
    tidy = re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).upper()
    return BRACKETS.sub("", tidy).removesuffix(COMPOUNDS) or tidy
