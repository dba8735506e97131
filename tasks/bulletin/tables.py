"""The figures as the tables and charts of the bulletin (1.7, 2.5)."""

from collections.abc import Iterable

from models.campaign import Campaign
from models.rules.figure_words import CAUSES, CHANGE, UNDEFINED
from models.rules.figures import DECLARED, Cause, Figures, Line
from models.rules.pace import planned_percent
from notices.bulletin.content import (
    Chart,
    Column,
    FigureTable,
    HeatTable,
    Named,
    Progress,
    RankedBars,
    Row,
    Tile,
    TileGrid,
)
from notices.bulletin.formulas import Name, Net, Ratio, Serial, Share
from notices.bulletin.progress_rows import progress_of

RATE_WIDTH = 1.15
# two of them are 重新关联: which way it went must stand over the column
SHORTER = {
    str(Cause.RESUMED): "核销后\n恢复",
    str(Cause.UNLINKED): "原对应\n有误",
    str(Cause.RELINKED): "基线前\n已申报",
}


def progress_table(campaign: Campaign, figures: Figures) -> FigureTable:
    """表1: the campaign's work N, and the indicators of R beside it (2.5)."""
    return progress_of(figures, _slice_titles(campaign), _until(figures), _cut(figures))


def _slice_titles(campaign: Campaign) -> dict[str, str]:
    """Every indicator of the campaign under its own short name."""
    return {one.key: f"{one.key}\n(%)" for one in campaign.indicators}


def r_table(campaign: Campaign, figures: Figures) -> FigureTable:
    """表2: 应申报 R, declared or not, with the severe sectors (Q1, I1). What only we approved stands apart (C28)."""
    sectors = {f"sector:{sector.key}": sector.name for sector in campaign.sectors}
    columns = (
        Column(key="no", title="序号", made=Serial(), width=0.7),
        Column(key="name", title="县（区）", made=Name(), width=2.6),
        Column(key="r", title="应申报\nR"),
        Column(key="r_declared", title="已申报"),
        Column(key="r_pending", title="待审核"),
        Column(key="left", title="未申报", made=Net(("r",), ("r_declared", "r_pending"))),
        Column(key="rate", title="申报率\n(%)", made=Ratio(("r_declared",), ("r",)), width=RATE_WIDTH),
        Column(key="r_own", title="本系统\n已审核"),
        *(
            Column(
                key=f"{key}:rate",
                title=f"{name}\n(%)",
                made=Ratio((key + DECLARED,), (key,)),
                width=RATE_WIDTH,
            )
            for key, name in sectors.items()
        ),
        *(
            Column(key=key + part, title=f"{name}{word}", hidden=True)
            for key, name in sectors.items()
            for part, word in ((DECLARED, "已申报"), ("", "应申报"))
        ),
    )
    keys = (
        "r",
        "r_declared",
        "r_pending",
        "r_own",
        *(key + part for key in sectors for part in ("", DECLARED)),
    )
    return FigureTable(
        name="应申报情况",
        title=_until(figures),
        columns=columns,
        rows=tuple(_row(line, keys) for line in figures.counties),
        beside=tuple(_row(line, keys) for line in _nowhere(figures)),
        notes=(
            "注：1.应申报 R 为行动范围内、截至当日存续的全部单位，不论是否已申报；申报率＝已申报/R。“本系统已审核”"
            "为平台尚未显示、经本系统审核通过的单位，单列，不计入已申报。",
            f"2.{UNDEFINED}。",
            *_cut(figures, 3),
        ),
    )


def change_table(figures: Figures) -> FigureTable:
    """表3: why U changed since the month before; each changed unit with one cause (1.7)."""
    names = {str(cause): title.partition("（")[0] for cause, title in CAUSES.items()} | SHORTER
    columns = (
        Column(key="no", title="序号", made=Serial(), width=0.7),
        Column(key="name", title="县（区）", made=Name(), width=2.6),
        *(Column(key=key, title=title, width=1.3) for key, title in names.items()),
        Column(
            key="change",
            title="合计\nΔU",
            made=Net(
                tuple(str(cause) for cause in CAUSES if cause.sign > 0),
                tuple(str(cause) for cause in CAUSES if cause.sign < 0),
            ),
        ),
    )
    return FigureTable(
        name="变动原因",
        title=f"U 较上月的变动（家，{figures.as_of}）",
        columns=columns,
        rows=tuple(_causes(line, names) for line in figures.counties),
        beside=tuple(_causes(line, names) for line in _nowhere(figures)),
        notes=(f"注：{CHANGE}。",),
    )


def _causes(line: Line, names: Iterable[str]) -> Row:
    held = {str(cause): units for cause, units in (line.causes or {}).items()}
    return Row(line.county, line.name, {key: held.get(key, 0) for key in names})


def _row(line: Line, keys: Iterable[str]) -> Row:
    return Row(line.county, line.name, {key: line[key] for key in keys})


def _nowhere(figures: Figures) -> list[Line]:
    """县区不明, where anybody is there."""
    line = figures.line("")
    return [line] if line["r"] or line["b"] else []


def _until(figures: Figures) -> str:
    return f"（截至{figures.as_of} 24:00）"


def _cut(figures: Figures, number: int = 3) -> tuple[str, ...]:
    frozen = (
        f"数据快照第{figures.assessment}号，校验值 {figures.sha256[:16]}"
        if figures.sha256
        else "未冻结的临时计算"
    )
    return (f"{number}.数据截至{figures.as_of} 24:00；{frozen}。",)


def charts(campaign: Campaign, figures: Figures, months: Iterable[Figures]) -> tuple[Chart, ...]:
    shares = {line.county: _share(line) for line in figures.counties}
    named = [(line.name, shares[line.county]) for line in figures.counties]
    made: list[Chart] = [
        RankedBars(title="各县（区）完成率", bars=tuple(Named(name, share) for name, share in named))
    ]
    months = tuple(months)
    if len(months) > 1:
        made.append(_progress(campaign, months))
    squares = campaign.bulletin.tiles
    if squares:
        tiles = (
            Tile(line.name, *squares[line.county], shares[line.county])
            for line in figures.counties
            if line.county in squares
        )
        made.append(TileGrid(title="各县（区）完成率示意（按大致方位排列，不是地图）", tiles=tuple(tiles)))
    made.append(_heat(campaign, figures))
    return tuple(made)


def _share(line: Line) -> Share:
    return Share(line["d"], line["n"])


def _progress(campaign: Campaign, months: tuple[Figures, ...]) -> Progress:
    planned = (planned_percent(campaign.bulletin.plan, one.as_of) for one in months)
    return Progress(
        title="全市完成率与计划",
        months=tuple(f"{one.as_of:%Y-%m}" for one in months),
        actual=tuple(_share(one.city) for one in months),
        plan=tuple(
            Share(None, None) if value is None else Share(value.numerator, 100 * value.denominator)
            for value in planned
        ),
    )


def _heat(campaign: Campaign, figures: Figures) -> HeatTable:
    keys = [f"sector:{sector.key}" for sector in campaign.sectors]
    return HeatTable(
        title="严重行业申报率（应申报单位，%）",
        columns=tuple(sector.name for sector in campaign.sectors),
        rows=tuple(
            (line.name, tuple(Share(line[key + DECLARED], line[key]) for key in keys))
            for line in figures.counties
        ),
    )
