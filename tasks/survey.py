"""The sample of the yearly survey, drawn and to be drawn again (C19)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.campaign import Campaign
from models.database import reading
from models.errors import RuleRefused
from models.queries.survey import surveyed_population
from models.rules.survey import Drawn, draw
from tasks.targets import see_targets

Stratum = tuple[str, str, str]  # county, sector, staff


USUAL_BOUND = 10


@dataclass(frozen=True)
class Survey:
    """The sample as drawn; `strata` in the order of counties, sectors and staff."""

    year: int
    as_of: date
    seed: int
    strata: Mapping[Stratum, Drawn]
    population: Sequence[Mapping[str, Any]]
    units: Sequence[Mapping[str, Any]]


def draw_survey(
    campaign: Campaign, year: int, as_of: date, *, wanted: int, seed: int, everyone: bool = False
) -> Survey:
    if wanted < 1:
        raise RuleRefused("E1892", "抽取的单位数应不小于1。")
    with reading() as db:
        facts = see_targets(db, campaign, as_of)
        population = surveyed_population(db, campaign, as_of, facts=facts, everyone=everyone)
    if not population:
        raise RuleRefused("E1893", f"截至 {as_of} 没有可以调研的应申报单位，请先导入名册、计算申报目标。")
    least = staff_bound(campaign)
    members: dict[Stratum, list[int]] = defaultdict(list)
    for unit in population:
        members[_stratum(unit, least)].append(unit["employer_id"])
    strata = draw(dict(sorted(members.items())), wanted, seed, salt=f"{campaign.key}:{year}")
    drawn = {unit for one in strata.values() for unit in one.units}
    chosen = [unit for unit in population if unit["employer_id"] in drawn]
    chosen.sort(
        key=lambda unit: (unit["county"] or "", unit["town"] or "", unit["name"] or "", unit["employer_id"])
    )
    return Survey(year, as_of, seed, strata, population, chosen)


def staff_bound(campaign: Campaign) -> int:
    """The number of staff from which the campaign's own indicator counts a unit (C04)."""
    return next((one.min_headcount for one in campaign.indicators if one.min_headcount), USUAL_BOUND)


def _stratum(unit: Mapping[str, Any], least: int) -> Stratum:
    staff = unit["headcount"]
    told = "人数不明" if staff is None else f"{least}人及以上" if staff >= least else f"{least}人以下"
    return unit["county"] or "", unit["sector"] or "", told
