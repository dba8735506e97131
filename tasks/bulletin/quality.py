"""The bulletin's annex on the quality of declarations: shares by county against the month before (C05, I4)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from models.campaign import Campaign
from models.rules.figure_words import UNDEFINED
from models.rules.figures import Figures
from models.rules.rate import Rate, points
from notices.bulletin.content import Column, FigureTable, Paragraph, Row
from notices.bulletin.formulas import Change, Name, Ratio, Serial
from tasks.review_quality import quality_lines

BEFORE = "before:"
RATE_WIDTH, CHANGE_WIDTH = 1.2, 1.3


class Part(NamedTuple):
    """A share of I4 by the keys of models.rules.review_quality."""

    key: str
    of: str
    title: str
    means: str


SHARES = (
    Part("rejected", "decided", "不通过率", "审核不通过/审核决定"),
    Part("decided_late", "decided", "超期\n审核率", "超过5个工作日才决定/审核决定"),
    Part("corrected", "returned", "按期\n补正率", "按期补正/本月补正期届满的驳回"),
    Part("faulty", "rechecked", "重查\n错误率", "人数、监护填报有误/本月已审核"),
    Part("update_overdue", "standing", "更新\n逾期率", "年度更新逾期/有效申报单位"),
    Part("mismatch", "standing", "不一致率", "行业、规模或人数与数据库不一致/有效申报单位"),
)
COUNTED = {"decided": "审核\n决定", "standing": "有效\n申报"}
HIDDEN = {
    "rejected": "不通过",
    "decided_late": "超期决定",
    "corrected": "按期补正",
    "returned": "补正期届满",
    "faulty": "重查有误",
    "rechecked": "重查",
    "update_overdue": "更新逾期",
    "mismatch": "不一致",
}
Line = Mapping[str, Any]


def quality_of(campaign: Campaign, figures: Figures) -> tuple[Line, ...]:
    """Of a published month what was kept with it; of any other day as known then."""
    return figures.quality or quality_lines(campaign, figures.as_of, figures.known_at)


def quality_table(campaign: Campaign, figures: Figures, lines: Sequence[Line]) -> FigureTable:
    """What no county reviews stands beside the counties, as the total counts it."""
    rows = [_row(line) for line in lines]
    nobody = [row for row in rows if row.code == campaign.city.code and any(row.numbers.values())]
    counted = "；".join(f"{part.title.replace(chr(10), '')}＝{part.means}" for part in SHARES)
    return FigureTable(
        name="申报质量",
        title=f"（{figures.as_of.year}年{figures.as_of.month}月，截至{figures.as_of} 24:00）",
        columns=tuple(_columns()),
        rows=tuple(row for row in rows if row.code != campaign.city.code),
        beside=tuple(nobody),
        notes=(
            f"注：1.{counted}。",
            f"2.率以百分数表示，环比为较上月的百分点，按未取整的率相减；{UNDEFINED}。",
        ),
    )


def _row(line: Line) -> Row:
    keys = (*COUNTED, *HIDDEN)
    now = {key: line["counts"][key] for key in keys}
    return Row(line["county"], line["name"], now | {BEFORE + key: line["earlier"][key] for key in keys})


def _columns() -> Iterator[Column]:
    yield Column(key="no", title="序号", made=Serial(), width=0.7)
    yield Column(key="name", title="县（区）", made=Name(), width=2.5)
    for key, title in COUNTED.items():
        yield Column(key=key, title=title)
    for key, of, title, _ in SHARES:
        now, before = Ratio((key,), (of,)), Ratio((BEFORE + key,), (BEFORE + of,))
        yield Column(key=f"{key}:rate", title=title, made=now, width=RATE_WIDTH)
        yield Column(key=f"{key}:change", title="环比", made=Change(now, before), width=CHANGE_WIDTH)
    for key, title in HIDDEN.items():
        yield Column(key=key, title=title, hidden=True)
    for key, title in (COUNTED | HIDDEN).items():
        yield Column(key=BEFORE + key, title=f"上月{title}".replace("\n", ""), hidden=True)


def quality_story(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """One paragraph of the city's numbers; each is in the annex."""
    now, before = ({key: _sum(lines, when, key) for key in (*COUNTED, *HIDDEN)} for when in WHEN)
    told = [*_reviewed(now, before), *_corrected(now), *_standing(now)]
    said = "；".join(told) + "（见附件）。" if told else "本月没有审核决定和有效申报。"
    return Paragraph(level=1, heading="申报质量"), Paragraph(text=said)


WHEN = ("counts", "earlier")


def _sum(lines: Sequence[Line], when: str, key: str) -> int:
    return sum(line[when][key] for line in lines)


def _reviewed(now: Mapping[str, int], before: Mapping[str, int]) -> Iterator[str]:
    if not now["decided"]:
        return
    rate = Rate(now["rejected"], now["decided"])
    change = points(rate, Rate(before["rejected"], before["decided"]))
    moved = {"—": "", "0.00": "，与上月持平"}.get(change)
    if moved is None:
        moved = f"，较上月{'下降' if change[0] == '-' else '上升'}{change[1:]}个百分点"
    yield f"本月作出审核决定{now['decided']}件，不通过{now['rejected']}件，不通过率{rate}{moved}"
    if now["decided_late"]:
        yield f"超过5个工作日才决定{now['decided_late']}件"


def _corrected(now: Mapping[str, int]) -> Iterator[str]:
    if now["returned"]:
        yield f"补正期届满的{now['returned']}件中，按期补正{now['corrected']}件"
    if now["faulty"]:
        yield f"本月已审核的{now['rechecked']}件经重查，{now['faulty']}件填报有误"


def _standing(now: Mapping[str, int]) -> Iterator[str]:
    if now["standing"]:
        yield (
            f"有效申报单位{now['standing']}家，年度更新逾期{now['update_overdue']}家，"
            f"与数据库不一致{now['mismatch']}家"
        )
