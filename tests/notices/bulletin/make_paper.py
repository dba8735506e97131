"""A made-up paper of ten counties: one without a baseline, one with nothing to do, one at 0 %, one at 100 %."""

from datetime import date
from typing import Any

from notices.bulletin.content import (
    Annex,
    FigureTable,
    HeatTable,
    Listing,
    Named,
    Paper,
    Paragraph,
    Progress,
    RankedBars,
    RedHead,
    Row,
    Tile,
    TileGrid,
)
from notices.bulletin.figure_rows import figure_rows
from notices.bulletin.formulas import Share, share
from notices.bulletin.progress_table import DEFINITIONS, DONE, progress_columns

INDICATORS = {
    "I1": "严重\n行业\nI1(%)",
    "I2a": "专项\n治理\nI2a(%)",
    "I2b": "监测\nI2b(%)",
    "I2c": "帮扶\nI2c(%)",
    "I3": "≥10人\nI3(%)",
}
COUNTIES = [
    # code, name, B, X, A, D, P, D0, N0, column and row of the tile
    ("450202", "城中区", 40, 3, 2, 20, 4, 12, 39, 2, 3),
    ("450203", "鱼峰区", 96, 0, 0, 3, 0, 2, 96, 3, 3),  # 3.125 % and 2.0833 %: a half, and points of it
    ("450204", "柳南区", 120, 8, 5, 0, 9, 0, 118, 1, 3),
    ("450205", "柳北区", 150, 12, 9, 147, 0, 120, 148, 2, 2),
    ("450206", "柳江区", 800, 0, 0, 25, 11, 24, 800, 1, 4),
    ("450222", "柳城县", None, None, None, None, None, None, None, 1, 2),
    ("450223", "鹿寨县", 5, 5, 0, 0, 0, 0, 2, 3, 2),
    ("450224", "融安县", 77, 7, 3, 33, 5, 34, 75, 2, 1),
    ("450225", "融水苗族自治县", 64, 0, 0, 2, 0, 2, 64, 1, 1),  # the same rate as 鱼峰区, fewer left
    ("450226", "三江侗族自治县", 33, 1, 1, 11, 2, 8, 33, 0, 1),
]
SECTORS = ("矿山", "冶金", "化工", "建材")
CUT = "3.数据截至2024年9月30日24时，快照编号 20240930-7，校验码 3f9c2ab1。"
NEAR_BY = "柳州市镕堃机械有限公司"


def county_rows() -> tuple[Row, ...]:
    rows = []
    for at, (code, name, *numbers, _, _) in enumerate(COUNTIES):
        keys = ("b", "x", "a", "d", "p", "before:d", "before:n")
        held: dict[str, int | None] = dict(zip(keys, numbers, strict=True))
        for by, key in enumerate(INDICATORS):
            whole = (at * 7 + by * 3) % 11 if at != 2 else 0
            held |= {key: whole, f"{key}/declared": whole * (by + 1) // 5}
        rows.append(Row(code, name, held))
    return tuple(rows)


def table(**given: Any) -> FigureTable:
    facts: dict[str, Any] = {
        "name": "进度表",
        "title": "柳州市职业病危害项目申报扩面行动进度表（2024年9月）",
        "columns": progress_columns(INDICATORS),
        "rows": county_rows(),
        "notes": (*DEFINITIONS, CUT),
    }
    return FigureTable(**facts | given)


def rates() -> tuple[Named, ...]:
    """By place: equal rates keep the order they are given in."""
    lines = sorted(
        figure_rows(table())[:-1], key=lambda line: (line.values["place"] is None, line.values["place"])
    )
    return tuple(Named(line.row.name, share(line.row.numbers, DONE)) for line in lines)


def charts() -> tuple[RankedBars, Progress, TileGrid, HeatTable]:
    shares = {one.name: one.share for one in rates()}
    months = tuple(f"{2024 + at // 12}.{at % 12 + 1}" for at in range(6, 24))
    return (
        RankedBars(title="图1　各县（区）完成率排名", bars=rates()),
        Progress(
            title="图2　全市完成率与计划进度",
            months=months,
            actual=(Share(None, None), Share(0, 700), Share(241, 1363)),
            plan=tuple(Share(at, 17) for at in range(18)),
        ),
        TileGrid(
            title="图3　各县（区）完成率方位示意",
            tiles=tuple(Tile(row[1], row[9], row[10], shares[row[1]]) for row in COUNTIES),
        ),
        HeatTable(
            title="图4　各县（区）严重行业完成率",
            columns=SECTORS,
            rows=tuple(
                (row[1], tuple(Share(at * k % 7, at * k % 7 + k) if at else Share(0, 0) for k in range(4)))
                for at, row in enumerate(COUNTIES)
            ),
        ),
    )


def listing(count: int = 60, name: str = "未申报用人单位名单") -> Listing:
    units = tuple(
        (at, COUNTIES[at % 10][1], f"柳州市第{at}砖厂" if at > 2 else ("=1+1", NEAR_BY)[at - 1],
         f"91450200MA5K{at:06d}", "粘土砖瓦及建筑砌块制造", at % 50, date(2024, 7, 1 + at % 30))
        for at in range(1, count + 1)
    )  # fmt: skip
    return Listing(
        name=name,
        title=name,
        headings=("序号", "县（区）", "单位名称", "统一社会信用代码", "行业", "人数", "列入日期"),
        rows=units,
        widths=(0.6, 1.6, 3, 2.4, 2.4, 0.8, 1.2),
        notes=("注：从业人数不详的为空。",),
    )


def paper(**given: Any) -> Paper:
    facts: dict[str, Any] = {
        "title": ("关于", "2024年9月", "职业病危害项目申报", "扩面行动", "进展情况的", "通报"),
        "basis": "桂卫职健发〔2024〕3号",
        "head": RedHead(issuer="柳州市卫生健康委员会文件", number="柳卫职健通〔2024〕9号"),
        "to": "各县（区）卫生健康局，市疾病预防控制中心、市卫生监督所",
        "blocks": body(),
        "annexes": (
            Annex(title=table().title, blocks=(table(),)),
            Annex(title="图示", blocks=charts()),
            Annex(title="未申报用人单位名单", blocks=(listing(),)),
        ),
        "members": (listing(5, "成员N"),),
        "signed_by": "柳州市卫生健康委员会",
        "day": date(2024, 10, 11),
        "facts": (("数据截至", "2024年9月30日24时"), ("快照编号", "20240930-7"), ("校验码", "3f9c2ab1")),
    }
    return Paper(**facts | given)


def body() -> tuple[Paragraph, ...]:
    return (
        Paragraph(text="根据《柳州市职业病危害项目申报扩面行动（2024-2025年）工作方案》要求，现将2024年9月各县（区）工作进展情况通报如下："),
        Paragraph(level=1, heading="总体情况"),
        Paragraph(text="截至9月30日24时，全市现应申报1363家，已申报241家，待审核31家，未申报1091家，完成率17.68%，距2024年12月31日还有92天。" * 2),
        Paragraph(level=1, heading="各县（区）进展"),
        Paragraph(level=2, heading="进展较快的县（区）。", text="柳北区完成率100.00%，城中区51.28%，融安县45.21%。" * 3),
        Paragraph(level=2, heading="进展较慢的县（区）。", text="柳南区完成率0.00%，鱼峰区、融水苗族自治县均为3.13%。" * 3),
        Paragraph(level=3, text="柳南区要在10月底前完成入户指导。"),
        Paragraph(level=4, text="先矿山、冶金，后化工、建材。"),
        Paragraph(level=4, text="每周五报送进度。"),
        Paragraph(level=3, text="鱼峰区要核实停产单位。"),
        Paragraph(level=1, heading="下一步工作"),
        Paragraph(level=2, heading="压实责任。", text="各县（区）要按日均需完成数倒排工期，逐户落实告知、培训、指导措施。" * 3),
        Paragraph(level=2, heading="加强核对。", text="对平台数据与本地统计不一致的，逐条核对并说明原因。" * 4),
    )  # fmt: skip
