"""The form of each kind of field work: what a row says, under which heading, and in which words (C13–C16, C18, C24, C32)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from models.fieldwork import (
    RUNGS,
    Agency,
    Errand,
    Occasion,
    Part,
    Publicity,
    Reason,
    Result,
    Topic,
    Work,
)


class Sort(Enum):
    TEXT = auto()
    DAY = auto()
    COMING_DAY = auto()  # may lie ahead
    CHOICE = auto()
    SEVERAL = auto()  # choices joined by 、
    COUNTY = auto()
    FILE = auto()


@dataclass(frozen=True)
class Field:
    key: str
    title: str
    sort: Sort = Sort.TEXT
    choices: tuple[str, ...] = ()
    needed: bool = False
    prompt: str = ""
    width: int = 14


@dataclass(frozen=True)
class Form:
    """`units`: each row is about a unit; a training may also be entered without any.

    `alone`: where this field is filled in and none of the needed ones, they are not asked for.
    """

    work: Work
    title: str
    fields: tuple[Field, ...]
    units: bool = True
    unit_needed: bool = True
    alone: str = ""

    @property
    def needed(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.needed)


UNIT, NAME, CODE = "单位编号", "单位名称", "统一社会信用代码"
UNIT_HEADINGS = {"unit": UNIT, "name": NAME, "code": CODE}


def _choice(key: str, title: str, words: Sequence[str], *, needed: bool = True, prompt: str = "") -> Field:
    return Field(key, title, Sort.CHOICE, tuple(map(str, words)), needed, prompt)


def _day(key: str, title: str) -> Field:
    return Field(key, title, Sort.DAY, needed=True, prompt="如 2024-09-10", width=12)


NOTE = Field("note", "说明", width=24)
PROGRAMME = _choice("programme", "结合工作", list(Errand))
AGENCY = _choice("agency", "机构类型", list(Agency))
COUNTY = Field("county", "县（区）", Sort.COUNTY, needed=True, width=12)
TOPICS = Field(
    "topics",
    "培训主题",
    Sort.SEVERAL,
    tuple(map(str, Topic)),
    True,
    f"几项之间用“、”：{'、'.join(Topic)}",
    26,
)

FORMS = {
    form.work: form
    for form in (
        Form(
            Work.TRAINING,
            "专题培训",
            (
                _day("done_on", "培训日期"),
                COUNTY,
                Field("place", "培训地点", needed=True, width=20),
                TOPICS,
                _choice("part", "受邀或到场", list(Part), needed=False),
            ),
            unit_needed=False,
        ),
        Form(
            Work.GUIDANCE,
            "指导指派",
            (
                _day("assigned_on", "指派日期"),
                AGENCY,
                Field("assignee", "指派给", needed=True),
                PROGRAMME,
                Field("due_on", "指导期限", Sort.COMING_DAY, needed=True, prompt="如 2024-09-10", width=12),
                NOTE,
                Field("closed_on", "办结日期", Sort.DAY, prompt="办结时填", width=12),
                _choice("result", "办理结果", list(Result), needed=False),
            ),
            alone="closed_on",
        ),
        Form(
            Work.VISIT,
            "入户指导",
            (
                _day("done_on", "入户日期"),
                PROGRAMME,
                AGENCY,
                Field("visitor", "指导人员", needed=True),
                NOTE,
            ),
        ),
        Form(
            Work.CHECK,
            "执法核对",
            (
                _day("done_on", "检查日期"),
                _choice("occasion", "检查类别", list(Occasion)),
                Field("inspector", "检查人员", needed=True),
                Field("industry", "实际行业", prompt="GB/T 4754 代码或名称；没有核对的不填", width=16),
                Field("headcount", "实际人数", prompt="劳动者人数；没有核对的不填", width=10),
                Field(
                    "hazards", "实际危害因素", prompt="几项之间用“；”；没有的写“无”，没有核对的不填", width=26
                ),
                NOTE,
            ),
        ),
        Form(
            Work.PUBLICITY,
            "宣传活动",
            (
                _day("done_on", "活动日期"),
                COUNTY,
                _choice("kind", "活动类型", list(Publicity)),
                Field("title", "活动内容", needed=True, width=34),
                Field(
                    "evidence", "佐证文件", Sort.FILE, prompt="与本表放在同一文件夹里的文件的名称", width=24
                ),
            ),
            units=False,
            unit_needed=False,
        ),
        Form(
            Work.REASON,
            "未申报原因",
            (
                _day("effective_on", "了解日期"),
                _choice("reason", "未申报原因", list(Reason)),
                NOTE,
            ),
        ),
        Form(
            Work.ESCALATE,
            "推进措施",
            (
                _day("done_on", "实施日期"),
                _choice("rung", "推进措施", list(RUNGS.values())),
                Field("reason", "理由", prompt="越级和移送监督执法必须写明", width=24),
                Field("decided_by", "决定人", prompt="移送监督执法必须写明谁决定的"),
            ),
        ),
    )
}
