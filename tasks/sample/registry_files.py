"""The market regulator's exports: the city's districts, the counties' raw dump, the self-employed."""

from datetime import date

import polars as pl

from tasks.sample.dice import Dice, where
from tasks.sample.paper import UNIT, Document, Table
from tasks.sample.places import reference
from tasks.sample.standing import REGISTRY_DAY
from tasks.sample.style import Style

DISTRICTS = ("450202", "450203", "450204", "450205")
TITLE = "柳州市企业登记信息（数据截至{0.year}年{0.month}月{0.day}日）"
CHANGES_TITLE = "柳州市{0.year}年{0.month}月设立、变更、歇业、注销登记"
SHOP_TITLE = "柳州市个体工商户登记信息（截至{0.year}年{0.month}月{0.day}日）"
WORDS = {
    "operating": {"存续（在营、开业、在册）": 0.6, "开业": 0.3, "存续": 0.1}, "stopped": {"歇业": 0.5, "停业": 0.5},
    "deregistered": {"注销": 1.0}, "revoked": {"吊销，未注销": 0.6, "吊销": 0.4}, "moved": {"迁出": 1.0},
}  # fmt: skip
KINDS = {
    "firm": "有限责任公司(自然人投资或控股)", "shop": "个体工商户", "branch": "有限责任公司分公司(自然人投资或控股)",
    "site": "其他经营场所",
}  # fmt: skip


def registry_documents(
    units: pl.DataFrame, style: Style, dice: Dice, on: date = REGISTRY_DAY
) -> list[Document]:
    """Each part is a source of its own and whole in itself."""
    rows = style.registry(_as_registered(units.filter("registered"), dice.child("state")), dice.child("dirt"))
    shop, district = pl.col("kind") == "shop", pl.col("office_county").is_in(DISTRICTS)
    firms = rows.filter(~shop & district)
    moved = rows.filter(~shop & ~district).sample(fraction=0.01, seed=dice.one.randrange(10**6))
    day = on.strftime("%Y%m%d")
    return [
        Document(f"市监局_市区企业登记信息_{day}", "registry", "市场监管局-市区企业", on,
                 (_chinese("市区企业", pl.concat([firms, moved]), TITLE.format(on)),)),
        Document(f"市监局_各县企业主体导出_{day}", "registry", "市场监管局-各县企业", on,
                 (_dump(rows.filter(~shop & ~district), dice.child("dump")),), form="csv", encoding="gb18030"),
        Document(f"市监局_个体工商户_{day}", "registry", "市场监管局-个体工商户", on,
                 (_shops("个体工商户", rows.filter(shop), SHOP_TITLE.format(on)),)),
    ]  # fmt: skip


def registry_changes(units: pl.DataFrame, style: Style, dice: Dice, on: date) -> Document:
    """What the regulator passes on of a month: its own sender, beside the whole lists."""
    rows = style.registry(_as_registered(units.filter("registered"), dice.child("state")), dice.child("dirt"))
    title = CHANGES_TITLE.format(on)
    table = _chinese("登记变动", rows, title)
    return Document(f"市监局_登记变动_{on:%Y%m}", "registry", "市场监管局-登记变动", on, (table,))


def _as_registered(units: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """The regulator learns of a standstill only when somebody reports it; the survey may know better."""
    n = len(units)
    hidden = (
        (units["state"] == "stopped").to_numpy()
        & units["standstill_surveyed"].to_numpy()
        & dice.flags(n, 0.5)
    )
    state = where(hidden, pl.repeat("operating", n, eager=True), units["state"])
    words = pl.repeat("", n, eager=True)
    for name, choices in WORDS.items():
        words = where((state == name).to_numpy(), dice.weighted(choices, n), words)
    reviewed = dice.days(n, date(2016, 1, 1), date(2024, 5, 31))
    reviewed = where((reviewed < units["established_on"]).to_numpy(), units["established_on"], reviewed)
    on = where((state == "operating").to_numpy(), reviewed, units["state_on"])
    return units.with_columns(state_text=words, state_on=on, comp_type=units["kind"].replace_strict(KINDS))


def _chinese(sheet: str, rows: pl.DataFrame, title: str) -> Table:
    """Two header lines, as the bureau's own spreadsheets have them."""
    frame = rows.select(
        UNIT_COLUMN, 序号=_serial(), 统一社会信用代码="code", 注册号="registration", 企业名称="name", 企业类型="comp_type",
        法定代表人="person", 登记状态="state_text", 核准日期="state_on", 成立日期="established_on", 住所="office_address",
        生产经营地="address", **{"所在县（区）": "county_text"}, 行业代码="industry", 行业名称="industry_name",
        从业人数="headcount", 联系电话="phone",
    )  # fmt: skip
    groups = (("", 1), ("登记信息", 8), ("", 1), ("", 1), ("", 1), ("行业信息", 2), ("", 1), ("", 1))
    return Table(sheet, frame, title, groups, numbers=frozenset({"序号", "行业代码", "从业人数"}))


def _shops(sheet: str, rows: pl.DataFrame, title: str) -> Table:
    frame = rows.select(
        UNIT_COLUMN, 序号=_serial(), 字号名称="name", 统一社会信用代码="code", 经营者姓名="person", 经营场所="address",
        所属县区="county_text", 行业代码="industry", 登记状态="state_text", 核准日期="state_on", 成立日期="established_on",
        联系电话="phone",
    )  # fmt: skip
    return Table(sheet, frame, title, numbers=frozenset({"序号", "行业代码"}))


UNIT_COLUMN = pl.col("unit").alias(UNIT)


def _serial() -> pl.Expr:
    return pl.int_range(1, pl.len() + 1).cast(pl.String)


def _dump(rows: pl.DataFrame, dice: Dice) -> Table:
    """All 31 columns of the regulator's database, with its English names and its `\\n` for empty."""
    n = len(rows)
    empty = pl.lit("\\n")
    ends = dice.weighted({"9999-9-9": 0.6, "2099-12-31": 0.2, "2034-6-30": 0.2}, n)
    capital = dice.words([f"{amount}.000000" for amount in (3, 10, 50, 100, 200, 500, 1000)], n)
    given: dict[str, pl.Expr] = {
        "main_identi_id": pl.col("main_id"), "reg_org": pl.col("office_county_name") + "市场监督管理局",
        "comp_type": pl.col("comp_type"), "reg_state": pl.col("state_text"), "uni_social_crd_cd": pl.col("code"),
        "comp_nm": pl.col("name"), "addr": pl.col("office_address"), "legal_repre": pl.col("person"),
        "indv_id": pl.col("industry_name"), "reg_capt": pl.lit(capital),
        "capt_kind": pl.lit("人民币元"), "opt_scop": pl.col("core") + "；" + pl.col("industry_name"),
        "reg_no": pl.col("registration").fill_null("\\n"), "appr_dt": pl.col("state_on"), "est_dt": pl.col("established_on"),
        "opt_from": pl.col("established_on"), "opt_to": pl.lit(ends), "domdi_strict": _old_division("office_town", n, dice),
        "pro_loc": pl.when(pl.Series(dice.flags(n, 0.12))).then(empty).otherwise(pl.col("address")),
        "opt_strict": pl.when(pl.Series(dice.flags(n, 0.1))).then(empty).otherwise(_old_division("town", n, dice)),
        "postal_code": pl.lit("545") + pl.col("office_county").str.slice(3), "opt_loc": pl.col("address"),
        "puburl": pl.lit("http://gx.gsxt.gov.cn/"), "lv_pripid": pl.col("parent_main_id").fill_null("\\n"),
        "indv_code": pl.col("industry"), "indv_nm": pl.col("industry_name"),
    }  # fmt: skip
    order = reference("registry_export_schema.csv")["field"]
    columns = [given.get(name, empty).alias(name) for name in order]
    return Table("", rows.select(UNIT_COLUMN, *columns))


def _old_division(column: str, n: int, dice: Dice) -> pl.Expr:
    """柳江区 was 柳江县 (450221) until 2016 and still is in many rows; some stop at the county."""
    code = pl.col(column)
    old = pl.lit(pl.Series(dice.flags(n, 0.3)))
    short = pl.lit(pl.Series(dice.flags(n, 0.06)))
    code = pl.when(old).then(code.str.replace("^450206", "450221")).otherwise(code)
    return pl.when(short).then(code.str.head(6)).otherwise(code)
