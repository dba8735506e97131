"""The risk class of an industry in the national catalogue of 2021 (2.2, 2.4), worked out for every code.

The catalogue speaks of groups (中类), sometimes with several lines for one: a named part is 严重, the rest 一般.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import polars as pl

from models.campaign_parts import nearest
from models.reference import industries, read_list

SEVERE, ORDINARY = "严重", "一般"
REST = "其他"


class Line(NamedTuple):
    """One line of the catalogue. `condition` names the part of the group it speaks of."""

    code: str
    condition: str
    risk: str


class RiskCode(NamedTuple):
    """`conditional`: the code alone does not tell, the higher class was taken."""

    code: str
    risk: str
    conditional: bool


@cache
def packaged_risks() -> dict[str, RiskCode]:
    """The class of every code that the packaged catalogue covers, by the code without its letter."""
    rows = read_list("industry_risk_2021").select("code", "condition", "risk").fill_null("")
    names = industries().filter(pl.col("level") != "门类").select("code", "name")
    table = risk_table([Line(*row) for row in rows.iter_rows()], dict(names.iter_rows()))
    return {row.code: row for row in table}


def catalogue_risk(industry: str | None) -> RiskCode | None:
    return packaged_risks().get(industry or "")


def risk_table(catalogue: Sequence[Line], names: Mapping[str, str]) -> list[RiskCode]:
    """The class of each code of `names` (GB/T 4754 code to name) that the catalogue covers, wholly or in part."""
    by_code: dict[str, list[Line]] = defaultdict(list)
    for line in catalogue:
        by_code[line.code].append(line)
    siblings: dict[str, dict[str, str]] = defaultdict(dict)
    for code, name in names.items():
        if len(code) == 4:
            siblings[code[:3]][code] = name
    below: dict[str, list[Sequence[Line]]] = defaultdict(list)
    for group in siblings.values():
        for code in group:
            lines = _lines_on(code, by_code, group)
            for length in (2, 3, 4):
                below[code[:length]].append(lines)
    return [_highest(code, below[code]) for code in names if any(below[code])]


def _highest(code: str, classes: Sequence[Sequence[Line]]) -> RiskCode:
    """The higher class wins for mixed units; a class the catalogue leaves out is a doubt as well."""
    risks = {line.risk for lines in classes for line in lines}
    conditional = len(risks) > 1 or not all(classes)
    return RiskCode(code, SEVERE if SEVERE in risks else ORDINARY, conditional)


def _lines_on(
    code: str, by_code: Mapping[str, Sequence[Line]], siblings: Mapping[str, str]
) -> Sequence[Line]:
    """The lines that speak of one class (小类); `siblings` are the classes of its group.

    电力生产（火力发电…）严重 and 电力生产（其他）一般 leave no doubt about 4411 火力发电 and 4413 水力发电. Where a
    condition names something that is no class of its own (燃煤, 高尔夫球制品), all lines of the group stay possible.
    """
    hit = nearest(code, by_code)
    lines = by_code[hit] if hit else ()
    parts = [(line, part) for line in lines if line.condition != REST for part in line.condition.split("、")]
    if not all(part and any(part in name for name in siblings.values()) for _, part in parts):
        return lines
    own = [line for line, part in parts if part in siblings[code]]
    return own or [line for line in lines if line.condition == REST]
