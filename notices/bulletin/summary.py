"""The draft of a year's 总结, for a county or the city: numbers in place, words left to the people (C26).

Every number of the text is taken from the progress table that stands below it.
"""

from dataclasses import dataclass
from datetime import date

from models.rules.rate import UNDEFINED
from notices.bulletin.content import Block, Chart, FigureTable, Paper, Paragraph
from notices.bulletin.figure_rows import FigureRow, figure_rows

WIDE, NAMED = 6, 3  # counties from which leaders and stragglers are named, and how many


@dataclass(frozen=True, kw_only=True)
class Deeds:
    """What was done in the year; None: not kept in this system, so a person writes it."""

    verified: int | None = None  # lines of the issued list with a verdict
    notified: int | None = None
    publicity: int | None = None  # activities
    trainings: int | None = None  # batches
    trained: int | None = None  # units
    visited: int | None = None
    transferred: int | None = None  # to the supervisors, by a person's decision


@dataclass(frozen=True, kw_only=True)
class YearFacts:
    """`progress`: the table of 2.5, one row for a county; `tables` what else belongs to the year: sectors, reasons."""

    place: str
    bureau: str
    to: str
    basis: str
    plan: str
    year: int
    day: date
    progress: FigureTable
    deeds: Deeds
    tables: tuple[FigureTable, ...] = ()
    charts: tuple[Chart, ...] = ()


def year_paper(facts: YearFacts) -> Paper:
    """The same facts make the same draft, byte for byte."""
    blocks: tuple[Block, ...] = (
        _opening(facts),
        Paragraph(level=1, heading="工作目标和完成情况"),
        *_state(facts),
        Paragraph(level=1, heading="主要做法"),
        *_doings(facts.deeds),
        Paragraph(level=1, heading="存在的问题"),
        *facts.tables,
        _gap("存在的主要问题和原因，可结合未申报原因说明"),
        Paragraph(level=1, heading="下一步打算"),
        _gap("下一年度工作安排、需要上级协调解决的事项"),
    )
    title = (facts.place, f"{facts.year}年度", "职业病危害项目申报", "扩面行动", "工作总结")
    return Paper(
        title=title,
        basis=facts.basis,
        signed_by=facts.bureau,
        day=facts.day,
        to=facts.to,
        blocks=blocks,
    )


def _opening(facts: YearFacts) -> Paragraph:
    return Paragraph(text=f"按照《{facts.plan}》要求，现将{facts.place}{facts.year}年度工作情况总结如下：")


def _state(facts: YearFacts) -> list[Block]:
    lines = figure_rows(facts.progress)
    whole = _texts(facts.progress, lines[-1])
    blocks: list[Block] = [
        Paragraph(text=_progress_words(facts.place, whole)),
        facts.progress,
        *facts.charts,
    ]
    if len(facts.progress.rows) >= WIDE:
        blocks.insert(1, Paragraph(text=_counties_words(facts.progress, lines)))
    return blocks


def _texts(table: FigureTable, line: FigureRow) -> dict[str, str]:
    return {column.key: text for column, text in zip(table.shown, line.texts, strict=True)}


def _progress_words(place: str, total: dict[str, str]) -> str:
    if total["b"] == UNDEFINED:
        return f"截至统计时点，{place}基线尚未冻结，申报目标数待定。"
    return (
        f"{place}基线目标数{total['b']}家，核销{total['x']}家，新增{total['a']}家，现应申报{total['n']}家；"
        f"已申报{total['d']}家，待审核{total['p']}家，未申报{total['undeclared']}家。"
        f"{_rate_words('完成率', total['done'])}，{_rate_words('工作完成率', total['worked'])}。"
    )


def _rate_words(name: str, text: str) -> str:
    return f"{name}{text}" if text == UNDEFINED else f"{name}{text}%"


def _counties_words(table: FigureTable, lines: tuple[FigureRow, ...]) -> str:
    """The first and the last three of those that have a place."""
    held = [_texts(table, line) for line in lines if line.is_county]
    placed = sorted((one for one in held if one["place"] != UNDEFINED), key=lambda one: int(one["place"]))
    if len(placed) < 2 * NAMED:
        return "、".join(map(_county_words, placed)) + "。" if placed else "各县（区）均无完成率。"
    first, last = ("、".join(map(_county_words, part)) for part in (placed[:NAMED], placed[-NAMED:]))
    return f"完成率居前的是{first}；居后的是{last}。"


def _county_words(one: dict[str, str]) -> str:
    return f"{one['name']}（{one['done']}%）"


def _doings(deeds: Deeds) -> list[Block]:
    parts = [
        ("信息核对。", _counted("核对清单", deeds.verified, "家"), "核对的组织方式和典型做法"),
        (
            "告知和宣传。",
            f"{_counted('发放告知单', deeds.notified, '家')}，{_counted('开展宣传活动', deeds.publicity, '次')}",
            "宣传形式和效果",
        ),
        (
            "培训。",
            f"{_counted('举办培训', deeds.trainings, '期')}，{_counted('参训用人单位', deeds.trained, '家')}",
            "培训内容和效果",
        ),
        (
            "指导和监督。",
            f"{_counted('入户指导', deeds.visited, '家')}，{_counted('移送监督执法', deeds.transferred, '家')}",
            "部门协作情况和典型案例",
        ),
    ]  # fmt: skip
    return [
        Paragraph(level=2, heading=heading, text=f"{said}。{_blank(wanted)}")
        for heading, said, wanted in parts
    ]


def _counted(what: str, number: int | None, unit: str) -> str:
    return f"{what}{_blank('数量') if number is None else number}{unit}"


def _gap(wanted: str) -> Paragraph:
    return Paragraph(text=_blank(wanted))


def _blank(wanted: str) -> str:
    return f"〔请补充：{wanted}〕"
