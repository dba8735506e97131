"""What the platform itself counts, led line by line to our own D (C28): a difference is shown, never hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

# Headings under which a platform's table counts employers with a standing approval.
APPROVED_HEADINGS = frozenset(
    ["已审核", "已审核数", "已审核单位数", "审核通过", "审核通过数", "已申报", "已申报数", "已申报单位数"]
)
# Each employer with a standing approval in a county, by the platform's county, falls under exactly one.
CLASSES = {
    "in_d": "扩面目标内已申报（计入本县（区）D）",
    "before": "基线前已申报等，在 R 不在 N",
    "outside": "不属应申报（行业、注销、停产等）",
    "elsewhere": "按工作场所属其他县（区）或县（区）不明",
    "unsure": "对应关系待人工核对，不计已申报",
    "unlinked": "在用人单位数据库中找不到对应单位",
}
# Among them those that the platform's own table may well leave out.
APART = {
    "other_platform": "其中：在国家等其他平台申报",
    "newer_open": "其中：另有较新的待审核或已驳回记录",
}
TITLES = {
    "platform": "平台统计数",
    **CLASSES,
    "exported": "导出的有效记录合计",
    **APART,
    "unexplained": "未能解释 = 平台统计数 −（合计 − 其中两项）",
    "filed_elsewhere": "加：向其他县（区）申报的本县（区）目标单位",
    "d": "已申报 D",
}


@dataclass(frozen=True)
class Reconciled:
    """One county. exported = the classes added up; d = in_d + filed_elsewhere."""

    county: str
    name: str
    platform: int | None  # None: the platform's table has no such count
    classes: Mapping[str, int]
    filed_elsewhere: int
    d: int | None

    @property
    def exported(self) -> int:
        return sum(self.classes.get(key, 0) for key in CLASSES)

    @property
    def unexplained(self) -> int | None:
        if self.platform is None:
            return None
        return self.platform - self.exported + sum(self.classes.get(key, 0) for key in APART)

    def as_row(self) -> dict[str, Any]:
        classes = {key: self.classes.get(key, 0) for key in (*CLASSES, *APART)}
        worked_out = {"exported": self.exported, "unexplained": self.unexplained}
        return vars(self) | {"classes": None} | classes | worked_out


@dataclass(frozen=True)
class Reconciliation:
    """All counties and the city, against the youngest table of counts up to the day."""

    as_of: date
    counted_on: date | None
    file_name: str | None
    heading: str | None
    lines: tuple[Reconciled, ...]
