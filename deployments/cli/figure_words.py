"""Headings and cells of what `yingbao figures`, `report` and `explain` print."""

from collections.abc import Mapping
from typing import Any

from deployments.cli.output import county_names
from models.campaign import Campaign
from models.clock import SHANGHAI
from models.rules.figure_words import CAUSES, DEFINITIONS, NAMES, RATES, UNDEFINED
from models.rules.figures import Figures, Line
from models.rules.rate import UNDEFINED as DASH
from tasks.assessments import MonthProof, QualityDifference

# short, so that a terminal holds them; what they mean stands below the table
TABLE = {
    "name": "县（区）",
    "r": "R",
    "r_rate": "申报率",
    "b": "B",
    "x": "X",
    "a": "A",
    "n": "N",
    "d": "D",
    "p": "P",
    "undeclared": "未申报",
    "own": "本系统",
    "done": "完成率",
    "change": "环比",
    "worked": "工作率",
}
LAST = {"rank": "位次"}
PROOF = {
    "month": "月份",
    "assessment": "编号",
    "units": "存档行数",
    "rows_agree": "存档与校验码一致",
    "table_agrees": "表与清单一致",
    "recomputed_agrees": "重算一致",
    "quality_agrees": "申报质量一致",
    "terms_changed": "行动文件后来有改动",
}
MONTHS = {
    "month": "月份",
    "id": "编号",
    "as_of": "截至",
    "known_at": "已知至",
    "units": "存档行数",
    "by": "谁",
    "sha256": "校验码",
}
UNITS = {
    "employer_id": "编号",
    "name": "单位名称",
    "credit_code": "信用代码",
    "county": "县（区）",
    "why": "为什么",
}
ACTS = {"county": "县（区）", "done_on": "日期", "employer_id": "编号", "name": "单位名称", "act": "记录号"}
CELLS = {
    "county": "县（区）",
    "name": "分类",
    "r": "应申报 R",
    "r_declared": "已申报",
    "r_rate": "申报率",
    "n": "现应申报 N",
    "d": "已申报 D",
    "p": "待审核 P",
    "undeclared": "未申报",
    "done": "完成率",
}


def columns(campaign: Campaign) -> dict[str, str]:
    return TABLE | {one.key: one.key for one in campaign.indicators} | LAST


def table_row(line: Line, campaign: Campaign) -> dict[str, Any]:
    rates = {"r_rate": str(line.r_rate), "done": _text(line.done), "worked": _text(line.worked)}
    shares = {one.key: str(line.share(one.key)) for one in campaign.indicators}
    head = {"name": line.name, "change": line.change, "rank": line.rank}
    return {key: line[key] for key in TABLE} | head | rates | shares


def _text(rate: object) -> str:
    return DASH if rate is None else str(rate)


def cut_text(figures: Figures) -> str:
    known = f"{figures.known_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    frozen = f"，第 {figures.assessment} 号，校验码 {figures.sha256}" if figures.assessment else ""
    return f"数据截至 {figures.as_of} 24:00，按 {known} 已入库的资料{frozen}"


def change_text(line: Line) -> str:
    """ΔU −3 = 新增 1 − 审核通过 4"""
    caused = [(cause, units) for cause, units in (line.causes or {}).items() if units]
    parts = [f"{'+' if cause.sign > 0 else '−'} {CAUSES[cause]} {units}" for cause, units in caused]
    moved = sum(cause.sign * units for cause, units in caused)
    return f"{line.name} ΔU = {moved:+d}：{' '.join(parts) or '无变化'}"


def footnotes(campaign: Campaign) -> list[str]:
    counted = [
        f"{NAMES[key]}：{DEFINITIONS[key]}"
        for key in ("r", "b", "a", "x", "n", "d", "p", "undeclared", "own")
    ]
    rates = [f"{name} = {how}" for name, how in RATES.values()]
    shares = [f"{one.key}：{one.name}，分母、分子均在 R 内" for one in campaign.indicators]
    return [*counted, *rates, *shares, UNDEFINED]


def quality_moved(one: QualityDifference) -> str:
    when = "上月" if one.earlier else "本月"
    name = county_names().get(one.county, one.county)
    return f"申报质量 {name} {one.key} {when}：公布 {one.published}，重算 {one.recomputed}"


def proof_row(proof: MonthProof) -> dict[str, Any]:
    return {name: getattr(proof, name) for name in PROOF}


def both(published: Line, revised: Line) -> dict[str, Any]:
    """Published and 修订值 side by side."""
    pairs: Mapping[str, Any] = {key: (published[key], revised[key]) for key in ("n", "d", "p", "undeclared")}
    shown = {key: f"{_text(was)} / {_text(now)}" for key, (was, now) in pairs.items()}
    rate = f"{_text(published.done)} / {_text(revised.done)}"
    return {"name": published.name, "done": rate} | shown


BOTH = {
    "name": "县（区）",
    "n": "N 公布/修订",
    "d": "D 公布/修订",
    "p": "P 公布/修订",
    "undeclared": "未申报 公布/修订",
    "done": "完成率 公布/修订",
}
