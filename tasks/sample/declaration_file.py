"""The provincial platform's export of declarations."""

from datetime import date

import polars as pl

from tasks.sample.dice import Dice, where
from tasks.sample.list_files import UNIT_COLUMN, hazards_of, serial
from tasks.sample.paper import Document, Table
from tasks.sample.style import Style


def declaration_document(rows: pl.DataFrame, style: Style, dice: Dice, day: date) -> Document:
    n = len(rows)
    own = dice.many.random(n)
    outsourced = (
        (rows["headcount"] * pl.Series(dice.many.choice([0.0, 0.0, 0.0, 0.1, 0.3], n))).round().cast(pl.Int64)
    )
    exposed = (rows["headcount"] * pl.Series(own * 0.8)).ceil().cast(pl.Int64)
    says_branch = rows["is_branch"].to_numpy() & dice.flags(n, 0.75)
    rows = rows.with_columns(
        outsourced=outsourced.cast(pl.String), exposed=exposed.cast(pl.String), hazards=hazards_of(rows["industry"]),
        branch=where(says_branch, pl.repeat("是", n, eager=True), pl.repeat("否", n, eager=True)),
        reason=pl.when(pl.col("declaration_type") == "变更申报").then(pl.lit("工艺、设备变更")),
        above=pl.when(pl.Series(says_branch)).then("parent_code"),
    )  # fmt: skip
    written = style.declarations(rows, dice)
    region = pl.when(pl.col("county_text") == "").then(pl.lit("广西壮族自治区/柳州市")).otherwise(
        pl.lit("广西壮族自治区/柳州市/") + pl.col("county_text"))  # fmt: skip
    frame = written.select(
        UNIT_COLUMN, 序号=serial(), 申报编号="declaration_no", 所属地区=region, 单位名称="name", 统一社会信用代码="code",
        是否分支机构="branch", 上级机构代码="above", 单位注册地址="office_address", 作业场所地址="address", 企业规模="size",
        行业分类="industry_name", 行业代码="industry", 法定代表人="person", 联系电话="phone", 本单位在册职工总数="headcount",
        外委人员总数="outsourced", **{"接害总人数（含外委）": "exposed"}, 职业病危害因素="hazards", 申报类型="declaration_type",
        变更原因="reason", 申报日期="filed_on", 状态="declaration_state", 审核日期="approved_on", 申报平台="platform",
    )  # fmt: skip
    numbers = frozenset(
        {"序号", "行业代码", "本单位在册职工总数", "外委人员总数", "接害总人数（含外委）", "统一社会信用代码"}
    )
    return Document(f"职业病危害项目申报导出_{day:%Y%m%d}", "declarations", "广西职业健康信息综合管理平台", day,
                    (Table("申报信息", frame, numbers=numbers),))  # fmt: skip
