"""The 申报表 as sheets: sections with their Chinese titles, * where an answer is needed, drop-downs, one's facts written in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from models.form.form import Form
from models.form.hazards import TITLES, HazardClass
from models.form.items import Item, Sort
from models.form.tables import CLASSES, EXAMINED, FACTORS, POINTS, PRODUCTS, SINGLE, Table
from models.rules.code_lists import CodeLists
from notices.form_book import Blank, Block, Line, Lookup, Page, Value

KIND, LAYOUT = "declaration-form", "1"
QUESTION, ANSWER, NOTE = "项目", "填写内容", "填写说明"
INDUSTRIES, CATALOGUE = "行业代码", "危害因素目录"
THREE = (34, 44, 60)
ASIDE = "※"  # begins a line that only explains
BY_HAND = f"{ASIDE} 法定代表人：本表不收存姓名，打印后由法定代表人在纸面上手写签名。"
FEW = f"{ASIDE} 行不够时，可以在同一张表里往下接着填。"
NOTES = {
    "basics.credit_code": "18位。没有独立信用代码的分支机构，这里和“上级机构代码”都填上级机构的代码",
    "basics.county": "从下拉列表选县（区）",
    "basics.town": "乡镇（街道）名称，可空",
    "basics.industry": "GB/T 4754-2017 小类；从下拉列表选，或只填4位代码（见“行业代码”表）",
    "basics.phone": "11位手机号",
}
SORTS = {Sort.COUNT: "count", Sort.YEAR: "count", Sort.AMOUNT: "amount", Sort.DAY: "day"}


def pages_of(form: Form, lists: CodeLists, counties: Mapping[str, str]) -> list[Page]:
    """`counties`: code → name of those that may be chosen."""
    writer = _Writer(form, lists, counties)
    return [
        Page("基本信息", THREE, [writer.questions("", "basics", after=BY_HAND)]),
        Page("主要产品", THREE, [writer.questions("products"), writer.table(PRODUCTS, after=FEW)]),
        Page(
            "危害因素种类",
            THREE,
            [writer.table(CLASSES, after=f"{ASIDE} 六类逐一选“有”或“无”；无的人数填0。")],
        ),
        Page("危害因素明细", THREE, [writer.table(FACTORS, after=FEW)]),
        Page("检测情况", THREE, [writer.questions("monitoring"), writer.table(POINTS)]),
        Page("职业健康监护", THREE, [writer.questions("surveillance")]),
        Page("体检人数", (24, *[16] * 6), [writer.table(EXAMINED)]),
    ]


def lookups(lists: CodeLists, factors: Sequence[Sequence[str]]) -> list[Lookup]:
    """`factors`: name and class of the catalogue."""
    industries = [[f"{code} {lists.industries[code]}"] for code in sorted(lists.industry_classes)]
    return [
        Lookup(INDUSTRIES, ["行业小类（GB/T 4754-2017）"], industries),
        Lookup(CATALOGUE, ["危害因素名称（目录）", "类别"], factors),
    ]


class _Writer:
    def __init__(self, form: Form, lists: CodeLists, counties: Mapping[str, str]) -> None:
        self.form, self.lists, self.counties = form, lists, counties

    def questions(self, *sections: str, after: str = "") -> Block:
        """Fields of the sections one below the other; the section "" is the head of the form."""
        wanted = [item for item in SINGLE if _section(item) in sections]
        lines = [
            Line(
                [f"{item.title}{' *' if item.asked else ''}"],
                [(self._blank(item), self._shown(item, _value_at(self.form, item.path)))],
                [NOTES.get(item.path, item.note)],
            )
            for item in wanted
        ]
        return Block([QUESTION, ANSWER, NOTE], lines, after)

    def table(self, table: Table, after: str = "") -> Block:
        headings = [f"{item.title}{' *' if item.asked else ''}" for item in table.columns]
        return Block(headings, list(self._lines(table)), after)

    def _lines(self, table: Table) -> Iterator[Line]:
        given = _rows_of(self.form, table)
        keyed = table.columns[1:] if table.fixed else table.columns
        for word in table.fixed:
            known = next((row for row in given if row.get("of") == word), {})
            yield Line([word], [self._answer(item, known) for item in keyed])
        if not table.fixed:
            for row in [*given, *[{}] * max(5, table.spare - len(given))]:
                yield Line([], [self._answer(item, row) for item in keyed])

    def _answer(self, item: Item, row: Mapping[str, Any]) -> tuple[Blank, Value]:
        return self._blank(item), self._shown(item, row.get(item.path.rpartition(".")[2]))

    def _blank(self, item: Item) -> Blank:
        note = NOTES.get(item.path, item.note)
        if item.sort is Sort.COUNTY:
            return Blank(item.title, choices=list(self.counties.values()), prompt=note)
        if item.sort is Sort.INDUSTRY:
            return Blank(item.title, listed_on=INDUSTRIES, open_list=True, prompt=note)
        if item.path.endswith("factors.name"):
            return Blank(item.title, listed_on=CATALOGUE, open_list=True, prompt=note)
        return Blank(item.title, SORTS.get(item.sort, "text"), choices=item.choices, prompt=note)

    def _shown(self, item: Item, value: Any) -> Value:
        """A value of the document in the words of the form."""
        if isinstance(value, bool):
            return item.choices[not value]
        if value is None or isinstance(value, (int, Decimal, date)):
            return value
        if item.sort is Sort.COUNTY:
            return self.counties.get(value, str(value))
        if item.sort is Sort.INDUSTRY:
            return f"{value} {self.lists.industries.get(value, '')}".strip()
        if item.path == "basics.town":
            return self.lists.towns.get(value, str(value))
        return (
            TITLES[HazardClass(value)]
            if item.sort is Sort.CLASS and value in set(HazardClass)
            else str(value)
        )


def _section(item: Item) -> str:
    return item.path.partition(".")[0] if "." in item.path else ""


def _value_at(form: Form, path: str) -> Any:
    at: Any = form
    for step in path.split("."):
        at = None if at is None else getattr(at, step)
    return at


def _rows_of(form: Form, table: Table) -> list[dict[str, Any]]:
    """What the form says in a table, its first column in the words of the sheet."""
    if table is CLASSES or table is FACTORS:
        return list(_hazard_rows(form, table))
    section = {PRODUCTS: form.products, POINTS: form.monitoring, EXAMINED: form.surveillance}[table]
    rows = [row.model_dump() for row in section.rows] if section else []
    return [row | {"of": _word(row["of"])} if "of" in row else row for row in rows]


def _word(of: str | None) -> str | None:
    return TITLES[HazardClass(of)] if of in set(HazardClass) else of


def _hazard_rows(form: Form, table: Table) -> Iterator[dict[str, Any]]:
    for kind, exposure in form.hazards.classes() if form.hazards else ():
        if table is CLASSES:
            yield {"of": kind.chinese, "present": exposure.present, "exposed": exposure.exposed}
        else:
            for factor in exposure.factors:
                yield {"of": kind.chinese, "name": factor.name, "exposed": factor.exposed}
