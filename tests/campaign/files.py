"""Small lists as offices send them, written as real csv files."""

import csv
from collections.abc import Sequence
from pathlib import Path

REGISTRY = (
    "统一社会信用代码",
    "企业名称",
    "住所",
    "生产经营地",
    "行业代码",
    "登记状态",
    "从业人数",
    "联系电话",
)
DECLARATIONS = (
    "申报编号",
    "单位名称",
    "统一社会信用代码",
    "所属地区",
    "作业场所地址",
    "申报类型",
    "申报日期",
    "状态",
    "审核时间",
)
PROGRAMME = ("单位名称", "统一社会信用代码", "所在县区", "专项名称", "年度", "批次")
SURVEY = ("单位名称", "统一社会信用代码", "所在县区", "作业场所地址", "从业人数", "危害因素")

FOUNDRY, QUARRY, PARENT = "91450200735148460A", "914502266195931100", "91450221735167944N"


def write_csv(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def registry_row(code: str, name: str, address: str, **changes: str) -> list[str]:
    """One line of the market regulator's list: a working foundry unless told otherwise."""
    row = dict(
        zip(REGISTRY, (code, name, address, address, "3391", "存续", "25", "0772-3210001"), strict=True)
    )
    return list((row | changes).values())
