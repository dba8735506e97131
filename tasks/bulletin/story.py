"""The text of the bulletin: what the tables say, in sentences that name counties, days and what is still needed (C29)."""

from collections.abc import Iterable, Sequence
from datetime import date

from models.campaign import Campaign
from models.campaign_parts import Indicator
from models.rules.figure_words import CAUSES
from models.rules.figures import DECLARED, Figures, Line
from models.rules.pace import Pace, a_day, days_left, working_days_left
from notices.bulletin.content import Paragraph
from tasks.bulletin.matter import Matter
from tasks.bulletin.quality import quality_story

NAMED = 3  # the leading and the last counties


def story(campaign: Campaign, matter: Matter) -> tuple[Paragraph, ...]:
    figures = matter.figures
    return (
        Paragraph(text=_opening(campaign, figures)),
        Paragraph(level=1, heading="总体情况"),
        Paragraph(text=_whole(figures)),
        *_work(campaign, matter),
        Paragraph(level=1, heading="指标完成情况"),
        *_indicators(campaign, figures),
        Paragraph(level=1, heading="各县（区）情况"),
        *_counties(matter),
        Paragraph(level=1, heading="本月变动和工作开展"),
        *_change(figures),
        Paragraph(text=_doings(figures)),
        *quality_story(matter.quality),
    )


def _opening(campaign: Campaign, figures: Figures) -> str:
    basis = f"《{campaign.basis.title}》（{campaign.basis.document}）"
    cut = _chinese(figures.as_of)
    return f"根据{basis}和《{campaign.plan}》，现将截至{cut}24时全市职业病危害项目申报工作进展情况通报如下。"


def _whole(figures: Figures) -> str:
    city = figures.city
    return (
        f"全市应申报单位{city['r']}家，已申报{city['r_declared']}家，申报率{city.r_rate}；"
        f"待审核{city['r_pending']}家，未申报{city['r_undeclared']}家。"
    )


def _work(campaign: Campaign, matter: Matter) -> tuple[Paragraph, ...]:
    city = matter.figures.city
    if not city.based:
        return (Paragraph(text="各县（区）基线尚未冻结，扩面目标各项数字记“—”。"),)
    waiting = [line.name for line in matter.figures.counties if not line.based]
    said = (
        f"扩面行动基线目标{city['b']}家，核销{city['x']}家，新增{city['a']}家，现应申报{city['n']}家；"
        f"已申报{city['d']}家，待审核{city['p']}家，未申报{city['undeclared']}家。"
        f"完成率{city.done}，{_compared(city)}；工作完成率{city.worked}。"
    )
    if waiting:
        said += f"{'、'.join(waiting)}的基线尚未冻结，未计入扩面目标。"
    due = max(indicator.due for indicator in campaign.indicators)
    return (Paragraph(text=said), Paragraph(text=_pace(campaign, matter, due)))


def _compared(line: Line) -> str:
    change = line.change
    if change == "—":
        return "上月无可比数据"
    if change.startswith("-"):
        return f"较上月下降{change[1:]}个百分点"
    return "与上月持平" if not change.startswith("+") else f"较上月提高{change[1:]}个百分点"


def _pace(campaign: Campaign, matter: Matter, due: date) -> str:
    as_of = matter.figures.as_of
    pace = matter.pace(campaign, due)
    if pace is None or not pace.left:
        return "扩面目标单位已全部申报。"
    if not pace.working_days:
        return f"行动期限{_chinese(due)}已到，仍有{pace.left}家未完成申报。"
    return (
        f"距{_chinese(due)}还有{days_left(as_of, due)}天，其中工作日{pace.working_days}天。仍有{pace.left}家未完成申报，"
        f"平均每个工作日需完成{a_day(pace.needed or pace.seen)}家；近{pace.span}个工作日平均每日完成"
        f"{a_day(pace.seen)}家，{_enough(pace)}。"
    )


def _enough(pace: Pace) -> str:
    return "照此进度可以按期完成" if pace.enough else "照此进度不能按期完成"


def _indicators(campaign: Campaign, figures: Figures) -> Iterable[Paragraph]:
    for indicator in campaign.indicators:
        yield Paragraph(
            level=3,
            heading=f"{indicator.name}（{indicator.key}）。",
            text=_indicator(campaign, figures, indicator),
        )


def _indicator(campaign: Campaign, figures: Figures, indicator: Indicator) -> str:
    units, declared = figures.city[indicator.key] or 0, figures.city[indicator.key + DECLARED] or 0
    if not units:
        return "没有列入的单位。"
    said = f"应申报{units}家，已申报{declared}家，申报率{figures.city.share(indicator.key)}"
    left = units - declared
    if not left:
        return said + "，已全部申报。"
    if figures.as_of >= indicator.due:
        return said + f"。期限{_chinese(indicator.due)}已到，尚有{left}家未申报。"
    days = working_days_left(figures.as_of, indicator.due, campaign.calendar)
    return (
        said
        + f"，尚有{left}家未申报；距{_chinese(indicator.due)}还有{days_left(figures.as_of, indicator.due)}天（工作日{days}天）。"
    )


def _counties(matter: Matter) -> Iterable[Paragraph]:
    """The leading and the last ones by name and rate; fewer than six ranked counties are all named once."""
    ranked = [line for line in matter.figures.ranked() if line.rank is not None]
    if not ranked:
        yield Paragraph(text="各县（区）尚无可以排名的数据。")
        return
    yield Paragraph(text=f"完成率居前的是{_named(ranked[:NAMED])}。")
    if last := ranked[NAMED:][-NAMED:]:
        yield Paragraph(text=f"完成率居后的是{_named(last[::-1])}。")
    if full := [line.name for line in ranked if not line["u"]]:
        yield Paragraph(text=f"{'、'.join(full)}扩面目标单位已全部申报。")
    if matter.waiting:
        held: dict[str, int] = {}
        for unit in matter.waiting:
            held[unit["county"]] = held.get(unit["county"], 0) + 1
        told = "、".join(
            f"{matter.figures.line(county).name}{units}家" for county, units in sorted(held.items())
        )
        yield Paragraph(text=f"待审核超过5个工作日的单位{len(matter.waiting)}家：{told}（见附件）。")


def _named(lines: Sequence[Line]) -> str:
    return "、".join(f"{line.name}（{line.done}，未申报{line['undeclared']}家）" for line in lines)


def _change(figures: Figures) -> Iterable[Paragraph]:
    city = figures.city
    causes = city.causes or {}
    held = {cause: causes[cause] for cause in CAUSES if causes.get(cause)}
    if city.u_change is None:
        return
    told = "，".join(f"{CAUSES[cause]}{units}家" for cause, units in held.items())
    moved = abs(city.u_change)
    word = "与上月持平" if not moved else f"较上月{'增加' if city.u_change > 0 else '减少'}{moved}家"
    yield Paragraph(
        text=f"未完成申报的扩面目标单位{city['u']}家，{word}" + (f"（{told}）。" if told else "。")
    )


def _doings(figures: Figures) -> str:
    city = figures.city
    return (
        f"截至{_chinese(figures.as_of)}，告知单累计送达{city['work:notified']}家；举办培训{city['work:trainings']}场，"
        f"参加培训{city['work:trained']}家；入户指导{city['work:visits']}次、{city['work:visited']}家。"
    )


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
