"""The workbook of the yearly survey: the strata, who is visited, and how complete declaring is (C19)."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from models.campaign import Campaign
from models.reference.words import industry_text, town_name
from models.rules.rate import rate
from models.rules.survey import Drawn
from notices.workbook import Column, Cover, Sheet, write_workbook
from tasks.survey import Stratum, Survey

ELSE = "其他行业"
AGREES = ("一致", "不一致", "无法核实")
SAMPLE = (
    Column("number", "序号", 6),
    Column("employer_id", "单位编号", 12),
    Column("county", "县（区）", 16),
    Column("town", "乡镇（街道）", 14),
    Column("name", "单位名称", 34, wrap=True),
    Column("credit_code", "统一社会信用代码", 21),
    Column("address", "地址", 34, wrap=True),
    Column("sector", "严重行业", 10),
    Column("declared", "是否申报", 9),
    Column("declaration_no", "申报编号", 16),
    Column("approved_on", "审核日期", 11),
    Column("industry", "数据库：行业", 22, wrap=True),
    Column("declared_industry", "申报：行业", 22, wrap=True),
    Column("found_industry", "实地：行业", 20, answer=True),
    Column("size", "数据库：规模", 8),
    Column("headcount", "数据库：人数", 8),
    Column("declared_size", "申报：规模", 8),
    Column("declared_headcount", "申报：人数", 8),
    Column("found_headcount", "实地：人数", 10, answer=True),
    Column("hazards", "数据库：危害因素", 26, wrap=True),
    Column("declared_hazards", "申报：危害因素", 26, wrap=True),
    Column("declared_exposed", "申报：接害人数", 9),
    Column("found_hazards", "实地：危害因素", 26, answer=True),
    Column("agrees", "实地：与申报是否一致", 12, answer=True, choices=AGREES),
    Column("note", "实地：说明", 26, answer=True),
)
STRATA = (
    Column("county", "县（区）", 18),
    Column("sector", "行业", 12),
    Column("staff", "人数", 12),
    Column("population", "单位数", 10),
    Column("drawn", "抽取", 10),
)
COMPLETION = (
    Column("key", "", 24),
    Column("units", "应申报", 10),
    Column("declared", "已申报", 10),
    Column("rate", "申报率", 10),
)


def write_survey(campaign: Campaign, survey: Survey, out: Path) -> Path:
    """One workbook: the method, the strata with their counts, who is visited, and how complete declaring is."""
    sectors = {sector.key: sector.name for sector in campaign.sectors}
    strata = [_stratum_row(campaign, sectors, key, drawn) for key, drawn in survey.strata.items()]
    units = [_unit_row(campaign, sectors, n, unit) for n, unit in enumerate(survey.units, start=1)]
    sheets = [Sheet("分层", STRATA, strata), Sheet("调研单位", SAMPLE, units)]
    sheets += [Sheet(name, COMPLETION, rows) for name, rows in _completion(campaign, sectors, survey)]
    cover = Cover(
        f"{campaign.city.name}{survey.year}年职业病危害项目申报调研",
        (
            ("行动", campaign.name),
            ("截至", survey.as_of.isoformat()),
            ("单位总数", len(survey.population)),
            ("抽取", len(survey.units)),
            ("随机种子", survey.seed),
        ),
        (
            "抽样：按县（区）、行业、人数分层，每层先抽1家，其余按单位数比例分配；同一种子、同一天的数据，结果相同。",
            "“调研单位”中黄色各列实地填写：是否申报之外，核对行业、人数、危害因素与申报是否一致（方案三（四））。",
            "“完成情况”各表由全部应申报单位汇总，不只是抽取的单位。",
        ),
    )
    meta = {"campaign": campaign.key, "survey": str(survey.year), "seed": str(survey.seed)}
    return write_workbook(out / f"{survey.year}年调研抽样.xlsx", cover, sheets, meta)


def _stratum_row(
    campaign: Campaign, sectors: Mapping[str, str], key: Stratum, drawn: Drawn
) -> dict[str, Any]:
    county, sector, staff = key
    names = {"county": _county(campaign, county), "sector": sectors.get(sector, ELSE), "staff": staff}
    return names | {"population": drawn.population, "drawn": len(drawn.units)}


def _unit_row(
    campaign: Campaign, sectors: Mapping[str, str], number: int, unit: Mapping[str, Any]
) -> dict[str, Any]:
    words = {
        "number": number,
        "county": _county(campaign, unit["county"]),
        "town": town_name(unit["town"]),
        "sector": sectors.get(unit["sector"] or "", ""),
        "declared": "已申报" if unit["declared"] else "未申报",
        "industry": industry_text(unit["industry"]),
        "declared_industry": industry_text(unit["declared_industry"]) if unit["declared_industry"] else None,
    }
    return dict(unit) | words


def _completion(
    campaign: Campaign, sectors: Mapping[str, str], survey: Survey
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Declared or not by industry, by size and by hazard factor, of all units the sample stands for."""
    ways: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
        "完成情况（县区）": lambda unit: [_county(campaign, unit["county"])],
        "完成情况（行业）": lambda unit: [sectors.get(unit["sector"] or "", ELSE)],
        "完成情况（行业大类）": lambda unit: [industry_text((unit["industry"] or "")[:2])],
        "完成情况（规模）": lambda unit: [unit["size"] or "不明"],
        "完成情况（因素）": _factors,
    }
    return [(name, _counted(survey.population, keys)) for name, keys in ways.items()]


def _factors(unit: Mapping[str, Any]) -> list[str]:
    told = unit["declared_hazards"] or unit["hazards"] or ""
    return sorted({one.strip() for one in told.split("；") if one.strip()}) or ["没有记载"]


def _counted(
    population: Sequence[Mapping[str, Any]], keys: Callable[[Mapping[str, Any]], list[str]]
) -> list[dict[str, Any]]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for unit in population:
        for key in keys(unit):
            counts[key][0] += 1
            counts[key][1] += bool(unit["declared"])
    return [
        {"key": key, "units": units, "declared": declared, "rate": rate(declared, units)}
        for key, (units, declared) in sorted(counts.items(), key=lambda one: (-one[1][0], one[0]))
    ]


def _county(campaign: Campaign, code: str | None) -> str:
    return campaign.county_names.get(code or "", "县区不明")
