"""What offices and associations keep by hand: survey, programme lists, members, leads, platform counts."""

from datetime import date
from importlib.resources import files

import polars as pl

from tasks.sample.dice import Dice, where
from tasks.sample.membership import SURVEY_DAY
from tasks.sample.paper import UNIT, Document, Table
from tasks.sample.places import COUNTIES, county_names
from tasks.sample.standing import SEVERE
from tasks.sample.style import Style
from tasks.sample.words import ASSOCIATIONS, CHANNELS

UNIT_COLUMN = pl.col("unit").alias(UNIT)
SIGNATURE = "填表人：{}    审核人：{}    填报日期：2024年{}月{}日"
LISTS = {
    "治理2023": ("职业病危害专项治理企业名单_2023年", "专项治理", "2023", date(2023, 6, 30), "xlsx"),
    "治理2024": ("职业病危害专项治理企业名单_2024年", "专项治理", "2024", date(2024, 3, 31), "xlsx"),
    "监测2024": ("2024年工作场所职业病危害因素监测单位名单", "职业病危害因素监测", "2024", date(2024, 4, 15), "xlsx"),
    "帮扶2024": ("2024年中小微企业职业健康帮扶名单", "中小微企业职业健康帮扶", "2024", date(2024, 4, 30), "ods"),
}  # fmt: skip


def serial() -> pl.Expr:
    return pl.int_range(1, pl.len() + 1).cast(pl.String)


def hazards_of(industry: pl.Series) -> pl.Series:
    """Up to three factors typical of the division."""
    table = pl.read_csv(
        files("models.reference").joinpath("industry_typical_hazards.csv").read_bytes(), infer_schema=False
    )
    table = table.filter(pl.col("level") == "大类").with_columns(
        pl.col("typical_hazards")
        .str.replace_all(r"（[^）]*）", "")
        .str.split("；")
        .list.head(3)
        .list.join("、")
    )
    named = dict(zip(table["code"], table["typical_hazards"], strict=True))
    return industry.str.slice(0, 2).replace_strict(named, default="噪声")


def survey(units: pl.DataFrame, style: Style, dice: Dice) -> Document:
    rows = units.filter("surveyed").sort("county", "unit")
    stopped = pl.col("standstill_surveyed")
    rows = rows.with_columns(
        hazards=hazards_of(rows["industry"]), county_order=rows["county"],
        stopped_on=pl.when(stopped).then("state_on"), works=pl.when(stopped).then(pl.lit("停产")).otherwise(pl.lit("正常生产")),
    )  # fmt: skip
    written = style.by_hand(rows, dice)
    frame = written.select(
        UNIT_COLUMN, 序号=serial(), 单位名称="name", 统一社会信用代码="code", 县区="county_text", **{"乡镇（街道）": "town_name"},
        作业场所地址="address", 行业分类="industry_name", 行业代码="industry", 在册职工人数="headcount", 企业规模="size",
        法定代表人="person", 联系电话="phone", 主要职业病危害因素="hazards", 生产经营状况="works", 停产时间="stopped_on",
        上级单位="parent_name", 所属集团="group", 央企国企="ownership", 所在园区="park",
    )  # fmt: skip
    table = Table("汇总表", frame, "柳州市用人单位职业病危害现状调查汇总表", junk=_subtotals(rows, frame, dice),
                  numbers=frozenset({"序号", "行业代码", "在册职工人数", "统一社会信用代码"}))  # fmt: skip
    return Document("2024年职业病危害现状调查汇总表", "survey", "职业病危害现状调查", SURVEY_DAY, (table,))


def _subtotals(rows: pl.DataFrame, frame: pl.DataFrame, dice: Dice) -> dict[int, list[str]]:
    """A subtotal below every county, a blank line at the end, a total, and who filled it in."""
    width = len(frame.columns) - 1
    ends = (
        rows.with_row_index()
        .group_by("county_order", maintain_order=True)
        .agg(pl.col("index").max(), pl.len(), pl.col("headcount").sum())
    )
    junk = {}
    for county, last, count, people in ends.rows():
        junk[last + 1] = _sum_line(f"{county_names()[county]}小计", count, people, width)
    total = len(rows)
    junk[total + 1] = [""] * width
    junk[total + 2] = _sum_line("合计", total, int(rows["headcount"].sum()), width)
    junk[total + 3] = [SIGNATURE.format("韦××", "覃××", 6, dice.one.randint(1, 28)), *[""] * (width - 1)]
    return junk


def _sum_line(text: str, units: int, people: int, width: int) -> list[str]:
    """In the survey the name is the second column, the address the sixth, the headcount the ninth."""
    line = [""] * width
    line[1], line[5], line[8] = text, f"{units}家", str(people)
    return line


def programmes(units: pl.DataFrame, style: Style, dice: Dice) -> list[Document]:
    documents = []
    for key, (stem, name, year, day, form) in LISTS.items():
        rows = units.filter(pl.col("programmes").str.contains(key, literal=True))
        step = dice.child(key)
        rows = style.by_hand(rows[step.many.permutation(len(rows))], step)
        batch = step.weighted({"第一批": 0.5, "第二批": 0.3, "第三批": 0.2}, len(rows)).sort()
        frame = rows.with_columns(batch=batch).select(
            UNIT_COLUMN, 序号=serial(), 专项名称=pl.lit(name), 年度=pl.lit(year), 批次="batch", 用人单位名称="name",
            信用代码="code", **{"县（区）": "county_text"}, 地址="address", 行业="industry_name", 从业人数="headcount", 联系电话="phone",
        )  # fmt: skip
        table = Table(
            "名单",
            frame,
            stem.replace("_", "（") + ("）" if "_" in stem else ""),
            numbers=frozenset({"序号", "年度"}),
        )
        documents.append(Document(stem, "programme", f"{name}{year}", day, (table,), form=form))
    return documents


def associations(units: pl.DataFrame, style: Style, dice: Dice) -> Document:
    sector = units["sector"].str.slice(0, 2)
    sector = where(
        units["industry"].str.starts_with("44").to_numpy(), pl.repeat("电力", len(units), eager=True), sector
    )
    rows = units.with_columns(association=sector.replace_strict(ASSOCIATIONS, default=None))
    rows = rows.filter(
        pl.col("association").is_not_null()
        & (pl.col("state") == "operating")
        & pl.Series(dice.flags(len(units), 0.3))
    )
    rows = style.by_hand(rows, dice)
    no_code = pl.Series(dice.flags(len(rows), 0.5))
    frame = rows.select(
        UNIT_COLUMN, 协会名称="association", 会员单位="name", 信用代码=pl.when(~no_code).then("code"), 负责人="person",
        联系电话="phone", 县区="county_text", 通讯地址="address",
    )  # fmt: skip
    return Document(
        "行业协会会员单位名单",
        "association",
        "行业协会",
        date(2024, 6, 15),
        (Table("会员", frame),),
        form="csv",
    )


REASONS = (
    "巡查发现正在生产，未见申报回执",
    "现场有粉尘、噪声，问不清是否申报",
    "群众反映，上门核实在生产",
    "技术服务中发现未申报",
    "监督检查中发现",
)


def leads(units: pl.DataFrame, declared: pl.Series, style: Style, dice: Dice) -> Document:
    """C09, C10: most are news, some repeat one another, some have long declared, a few are no employers."""
    able = units.filter(
        (pl.col("sector").is_in(SEVERE) | (pl.col("section") == "C")) & (pl.col("state") == "operating")
    )
    known = able.filter(pl.col("unit").is_in(declared.implode()))
    fresh = able.filter(~pl.col("unit").is_in(declared.implode()))
    n, seed = max(60, len(units) // 250), dice.one.randrange(10**6)
    fresh = fresh.sample(min(len(fresh), n * 7 // 10), seed=seed)
    known = known.sample(min(len(known), n * 3 // 20), seed=seed)
    again = fresh.sample(min(len(fresh), n // 10), seed=seed + 1)
    rows = pl.concat([fresh, known, again, _no_employers(able.head(max(3, n // 20)), dice)])
    rows = rows[dice.many.permutation(len(rows))]
    rows = style.by_hand(
        rows.with_columns(found_on=dice.days(len(rows), date(2024, 6, 1), date(2024, 7, 30))), dice
    )
    reporter = where(
        dice.flags(len(rows), 0.5), rows["town_name"] + "协管员", rows["county_name"] + "卫生监督所"
    )
    frame = rows.with_columns(
        reporter=reporter, channel=dice.words(CHANNELS, len(rows)), evidence=dice.words(REASONS, len(rows)),
        given=pl.when(pl.Series(dice.flags(len(rows), 0.35))).then("code"),
    ).select(
        UNIT_COLUMN, 线索编号=pl.lit("XS2024") + serial().str.zfill(5), 发现渠道="channel", 提供人="reporter", 发现日期="found_on",
        单位名称="name", 统一社会信用代码="given", 县区="county_text", 乡镇="town_name", 地址="address", 线索内容="evidence", 联系电话="phone",
    )  # fmt: skip
    return Document(
        "协管员及各渠道线索汇总",
        "lead",
        "线索",
        date(2024, 7, 31),
        (Table("线索", frame, "未申报用人单位线索汇总表"),),
        full=False,
    )


def _no_employers(rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    names = dice.words(
        ("村口废弃砖厂", "无名堆场", "某停车场", "已拆除石场", "空置厂房", "居民自建房工地"), len(rows)
    )
    return rows.with_columns(unit=pl.lit(""), name=names, code=pl.lit(""), phone=pl.lit(""))


def platform_counts(rows: pl.DataFrame, day: date) -> Document:
    """What the platform itself counts per county; it counts declarations where they were filed."""
    latest = rows.filter(pl.col("unit") != "").unique("unit", keep="last", maintain_order=True)
    state = pl.col("declaration_state")
    counts = latest.group_by("county").agg(
        filed=pl.len(), approved=(state == "已审核").sum(), waiting=(state == "待审核").sum(), refused=(state == "已驳回").sum()
    ).cast({"filed": pl.String, "approved": pl.String, "waiting": pl.String, "refused": pl.String})  # fmt: skip
    frame = pl.DataFrame({"county": COUNTIES}).join(counts, on="county", how="left").fill_null("0").select(
        pl.lit("").alias(UNIT), 县区=pl.col("county").replace_strict(county_names()), 申报单位数="filed", 已审核="approved",
        待审核="waiting", 已驳回="refused",
    )  # fmt: skip
    table = Table("统计", frame, "申报情况统计（按县区）", numbers=frozenset(frame.columns))
    return Document(f"平台申报数统计_{day:%Y%m%d}", "platform-counts", "省平台统计", day, (table,))
