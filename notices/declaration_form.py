"""The 申报表 on paper: the document's own snapshot in the layout of the official form (F23, 2.3)."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.form.basics import Basics
from models.form.form import Form, FormType
from models.form.monitoring import Monitoring
from models.form.products import Products
from models.form.surveillance import Surveillance
from models.rules.notice_words import chinese_day
from notices.paper import Paper
from notices.review_html import PAGES, style_of

TITLE = "职业病危害项目申报表"
NOT_SAID, NONE = "未填", "—"
SECRET = "涉密"
Pairs = list[list[tuple[str, str]]]


@dataclass(frozen=True, kw_only=True)
class FormSheet:
    """One version of a declaration. Codes come with their words; `seal` is the last of the chain of its steps."""

    number: int
    version: int
    state: str
    draft: bool  # this version was never submitted
    seal: str
    steps: int
    filed_on: date | None
    decided_on: date | None
    bureau: str
    place: str
    industry: str
    form: Form


class Line(NamedTuple):
    """A row of 危害因素种类: a class with its total, or one factor of it."""

    kind: str
    what: str
    present: str
    exposed: str
    total: bool


def form_paper(sheet: FormSheet) -> Paper:
    name = sheet.form.basics.name or ""
    return Paper(
        title=f"{TITLE}　{name}".strip(),
        author=name,
        parts=(f"{sheet.number:06d}", f"第{sheet.version}版", "申报表", name),
        style=style_of("form.css"),
        tighter="",
        body=lambda note: PAGES.get_template("form.html").render(view=FormView(sheet), note=note),
    )


class FormView:
    """What the template asks for, already in words."""

    def __init__(self, sheet: FormSheet) -> None:
        self.sheet, self.form, self.title = sheet, sheet.form, TITLE
        self.seal = f"{sheet.seal[:16]}"

    @property
    def foot(self) -> str:
        sheet = self.sheet
        return f"申报编号 {sheet.number}　第{sheet.version}版　{sheet.state}　校验码 {self.seal}"

    @property
    def types(self) -> str:
        return "　".join(f"{'■' if kind == self.form.type else '□'}{kind}" for kind in FormType)

    @property
    def filing(self) -> Pairs:
        form, sheet = self.form, self.sheet
        return [
            [("申报类型", self.types)],
            [("申报编号", str(sheet.number)), ("申报年份", told(form.year))],
            [("变更原因", told(form.reason, NONE))],
            [("起算日期", _day(form.event_on)), ("申报日期", _day(sheet.filed_on))],
        ]

    @property
    def basics(self) -> Pairs:
        rows: list[list[str]] = [
            ["name"], ["credit_code", "is_branch"], ["parent_code", "county"], ["registered_address"],
            ["workplace_address"], ["size", "economic_type"], ["industry"], ["filled_by", "LEGAL"],
            ["contact", "phone"], ["headcount", "outsourced"], ["exposed", "diseased"],
            ["leader_trained", "manager_trained"], ["trained"],
        ]  # fmt: skip
        return [[self._basic(name) for name in row] for row in rows]

    def _basic(self, name: str) -> tuple[str, str]:
        """法定代表人 is never stored: its box stays empty, to be signed."""
        if name == "LEGAL":
            return "法定代表人（签字）", ""
        info, value = Basics.model_fields[name], getattr(self.form.basics, name)
        if name == "county":
            value = self.sheet.place or None
        elif name == "industry":
            value = self.sheet.industry or None
        elif name.endswith("trained") and isinstance(value, bool):
            value = _have(value)
        asked = isinstance(info.json_schema_extra, dict)
        return str(info.title), told(value, NOT_SAID if asked else NONE)

    @property
    def secret(self) -> bool:
        return self.form.products is not None and self.form.products.secret

    @property
    def products(self) -> list[tuple[str, str, str]]:
        """Never a word of a secret product, whatever the document holds (F23)."""
        if self.form.products is None or self.secret:
            return []
        rows = self.form.products.rows
        return [(told(row.name), told(_amount(row.output)), told(row.unit)) for row in rows]

    @property
    def products_said(self) -> Products | None:
        return self.form.products

    @property
    def hazards(self) -> list[Line]:
        if self.form.hazards is None:
            return []
        lines: list[Line] = []
        for kind, exposure in self.form.hazards.classes():
            have = NOT_SAID if exposure.present is None else _have(exposure.present)
            lines.append(Line(kind.chinese, "合计", have, told(exposure.exposed), True))
            for factor in exposure.factors:
                lines.append(Line(kind.chinese, told(factor.name), "", told(factor.exposed), False))
        return lines

    @property
    def monitoring(self) -> Pairs:
        return _done(self.form.monitoring, "已检测", "未检测")

    @property
    def points(self) -> list[tuple[str, str, str]]:
        rows = self.form.monitoring.rows if self.form.monitoring else ()
        return [(told(row.of), told(row.measured), told(row.exceeding)) for row in rows]

    @property
    def surveillance(self) -> Pairs:
        return _done(self.form.surveillance, "已开展", "未开展")

    @property
    def examined(self) -> list[tuple[str, ...]]:
        rows = self.form.surveillance.rows if self.form.surveillance else ()
        counts = (
            (row.before_due, row.before_done, row.during_due, row.during_done, row.after_due, row.after_done)
            for row in rows
        )
        names = [told(row.of.chinese if row.of else None) for row in rows]
        return [
            (name, *(told(one, NONE) for one in count)) for name, count in zip(names, counts, strict=True)
        ]

    @property
    def record(self) -> Pairs:
        sheet = self.sheet
        return [
            [("状态", sheet.state), ("审核机关", sheet.bureau)],
            [("审核日期", _day(sheet.decided_on)), ("版本", f"第{sheet.version}版")],
            [("办理步数", str(sheet.steps)), ("校验码", self.seal)],
        ]


def told(value: object, empty: str = NOT_SAID) -> str:
    if value is None or value == "":
        return empty
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _have(value: bool) -> str:
    return "有" if value else "无"


def _day(value: date | None) -> str:
    return chinese_day(value) if value else NONE


def _amount(value: object) -> str | None:
    return None if value is None else format(value, "f")


def _done(section: Monitoring | Surveillance | None, yes: str, no: str) -> Pairs:
    """Whether it was done, by whom and under which numbers: the two sections are alike in this."""
    if section is None:
        return []
    fields = type(section).model_fields
    done = NOT_SAID if section.done is None else yes if section.done else no
    texts = [
        (str(fields[name].title), told(getattr(section, name), NONE)) for name in ("agency", "report_nos")
    ]
    return [[(str(fields["done"].title), done)], [texts[0]], [texts[1]]]
