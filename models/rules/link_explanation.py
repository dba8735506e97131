"""Both sides of a pair beside each other: what was declared, what is registered, how far they agree, how much that weighs."""

from typing import Any

import polars as pl

from models.rules.certain_links import WHY
from models.rules.link_model import LinkModel
from models.rules.linking import prepare
from models.rules.pair_evidence import evidence
from models.rules.pair_levels import LEVELS

# field → (Chinese name, column shown, level and weight of which field)
LINES: dict[str, tuple[str, str, str | None]] = {
    "name": ("名称", "name", None),
    "core": ("名称字号和行业部分", "bare", "name"),
    "branch": ("分支机构", "branch_part", "part"),
    "code": ("统一社会信用代码", "written_code", "code"),
    "legacy": ("注册号（组织机构代码）", "legacy_code", "legacy"),
    "county": ("县（区）", "county", "county"),
    "town": ("乡镇（街道）", "town", "town"),
    "address": ("地址", "address", "address"),
    "industry": ("行业", "industry", "industry"),
    "headcount": ("从业人数", "headcount", "headcount"),
    "phone": ("联系电话", "phone", "phone"),
    "person": ("法定代表人", "person_hash", "person"),
    "parent": ("上级机构代码", "parent_code", None),
}
HIDDEN = "（不显示）"
START = "起点（还没有任何证据）"


def explain_pair(
    declaration: pl.DataFrame, employers: pl.DataFrame, model: LinkModel
) -> list[dict[str, Any]]:
    """The odds to start from, then one line per field. The employer is the first of `employers`; the others own the declared code (F16).

    Phones are cut to their last four digits; of the legal representative only the agreement is told.
    """
    left, right = prepare(declaration, employers)
    row = right["employer_id"].index_of(employers["employer_id"][0])
    pair = pl.DataFrame({"d": [0], "e": [row]}, schema={"d": pl.UInt32(), "e": pl.UInt32()})
    levels = evidence(pair, left, right).select(*LEVELS).row(0, named=True)
    ours, theirs = left.row(0, named=True), right.row(row, named=True)
    start = {"field": START, "declared": None, "registered": None, "agreement": None, "bits": model.start}
    fields = [
        _line(key, ours, theirs, levels.get(field) if field else None, model)
        for key, (_, _, field) in LINES.items()
    ]
    return [start, *fields]


def total_bits(lines: list[dict[str, Any]]) -> float:
    return round(sum(line["bits"] or 0.0 for line in lines), 2)


def why(method: str | None, reason: str | None) -> str:
    """The rule that decided, in a sentence, and what stood in the way of certainty."""
    if method is None:
        return "系统没有把这条申报与该单位联系起来"
    return WHY[method] + (f"；{reason}" if reason else "")


def _line(
    key: str, ours: dict[str, Any], theirs: dict[str, Any], level: str | None, model: LinkModel
) -> dict[str, Any]:
    title, column, field = LINES[key]
    return {
        "field": title,
        "declared": _shown(column, ours[column]),
        "registered": _shown(column, theirs[column]),
        "agreement": LEVELS[field][level] if field and level else _plain(ours[column], theirs[column]),
        "bits": model.bits(field, level) if field and level else None,
    }


def _plain(one: Any, other: Any) -> str:
    if one is None or other is None:
        return "一方没有"
    return "相同" if one == other else "不同"


def _shown(column: str, value: Any) -> Any:
    if value is None or value == "":
        return None
    if column == "person_hash":
        return HIDDEN
    return f"*******{value[-4:]}" if column == "phone" else value
