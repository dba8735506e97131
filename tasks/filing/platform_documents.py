"""A row of the platform's export, with the lines of its detail sheets, as a document of the form."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.errors import InputRefused
from models.form.form import Form
from models.form.items import Item, item_of
from models.form.reading import read_form
from models.form.tables import CLASSES, FACTORS, PRODUCTS, Table, put, put_line
from models.form.titles import title_of
from models.rules.form_cells import FormWords, read_cell
from tasks.filing.platform_columns import Target, class_of

LISTS_APART, SECRET_TOLD, NO_CLASS = "E1751", "E1754", "E1747"
BETWEEN = re.compile(r"[；;\n|]")
Row = Mapping[str, Any]


class Wrong(NamedTuple):
    """What cannot be taken over; `whole`: then nothing of the row is."""

    code: str
    field: str
    message: str
    whole: bool = False


@dataclass(frozen=True)
class Columns:
    """What the columns of a sheet stand for: by name in the frame."""

    basics: Mapping[str, str]  # path → column of the list
    further: Mapping[str, Target]


class Assembler:
    """Builds one document at a time."""

    def __init__(self, words: FormWords, columns: Columns) -> None:
        self.words, self.columns = words, columns
        self.items = {path: item_of(path) for path in columns.basics}

    def build(
        self, row: Row, known: Mapping[str, Any], details: Sequence[tuple[Table, Mapping[str, Item], Row]]
    ) -> tuple[Form | None, list[Wrong]]:
        """`known`: paths whose values intake has worked out."""
        wrong: list[Wrong] = []
        document: dict[str, Any] = {}
        for path, value in known.items():
            put(document, path, value)
        for path, name in self.columns.basics.items():
            put(document, path, self._value(self.items[path], path, row[name], wrong))
        self._further(document, row, wrong)
        for table, columns, line in details:
            self._detail(document, table, columns, line, wrong)
        _hide_secrets(document, wrong)
        try:
            return read_form(json.dumps(document, ensure_ascii=False)), wrong
        except InputRefused as refusal:
            return None, [*wrong, Wrong(refusal.code, "申报表", refusal.message, whole=True)]

    def _value(self, item: Item, path: str, text: Any, wrong: list[Wrong], *, number: bool = False) -> Any:
        if text is None:
            return None
        said = read_cell(item, text, self.words, number=number)
        if said.wrong is not None:
            wrong.append(Wrong(said.wrong[0], title_of(path), said.wrong[1]))
        return said.value

    def _further(self, document: dict[str, Any], row: Row, wrong: list[Wrong]) -> None:
        lines: dict[tuple[str, str | None, int], tuple[Target, dict[str, Any]]] = {}
        for name, target in self.columns.further.items():
            text = row[name]
            if text is None:
                continue
            if target.table is PRODUCTS:
                _line(lines, target)[target.item.path.rpartition(".")[2]] = text
                continue
            number = bool(row.get(f"m{name[1:]}"))
            value = self._value(target.item, target.item.path, text, wrong, number=number)
            if target.table is None:
                put(document, target.item.path, value)
            else:
                _line(lines, target)[target.item.path.rpartition(".")[2]] = value
        for target, line in lines.values():
            self._put(document, target, line, wrong)

    def _put(
        self, document: dict[str, Any], target: Target, line: dict[str, Any], wrong: list[Wrong]
    ) -> None:
        if target.table is PRODUCTS:
            for product in self._products(line, wrong):
                put_line(document, PRODUCTS, product)
        elif target.table is FACTORS:
            # a factor without persons is not there: exports have a column for each of a few
            if line.get("exposed"):
                put_line(document, FACTORS, {"of": target.kind, "name": target.key} | line)
        elif target.table is not None:
            put_line(document, target.table, {"of": target.key} | line)

    def _products(self, line: Mapping[str, str], wrong: list[Wrong]) -> Iterator[dict[str, Any]]:
        """One cell may list several, in the same order in each column; lists of different length say nothing sure."""
        parts = {name: [part.strip() for part in BETWEEN.split(text)] for name, text in line.items()}
        count = len(parts.get("name", next(iter(parts.values()))))
        if any(len(part) != count for part in parts.values()):
            wrong.append(
                Wrong(LISTS_APART, "主要产品", "产品名称、年产量、计量单位的个数不一致，对不上，没有收入")
            )
            return
        for at in range(count):
            yield {
                column.path.rpartition(".")[2]: self._value(
                    column, column.path, parts[column.path.rpartition(".")[2]][at] or None, wrong
                )
                for column in PRODUCTS.columns
                if column.path.rpartition(".")[2] in parts
            }

    def _detail(
        self,
        document: dict[str, Any],
        table: Table,
        columns: Mapping[str, Item],
        line: Row,
        wrong: list[Wrong],
    ) -> None:
        values = {
            item.path.rpartition(".")[2]: self._value(item, item.path, line[name], wrong)
            for name, item in columns.items()
        }
        if table in (CLASSES, FACTORS) and values.get("of") is None:
            values["of"] = class_of(str(values.get("name") or "")) if table is FACTORS else None
            if values["of"] is None:
                wrong.append(Wrong(NO_CLASS, "危害因素种类", "不知道属于哪一类，这一行没有收入"))
                return
        put_line(document, table, values)


def _line(
    lines: dict[tuple[str, str | None, int], tuple[Target, dict[str, Any]]], target: Target
) -> dict[str, Any]:
    name = target.table.name if target.table else ""
    return lines.setdefault((name, target.key, target.line), (target, {}))[1]


def _hide_secrets(document: dict[str, Any], wrong: list[Wrong]) -> None:
    """What was never kept cannot leak (F23)."""
    products = document.get("products", {})
    if products.get("secret") and products.pop("rows", None):
        wrong.append(Wrong(SECRET_TOLD, "主要产品", "已勾选军工等涉密产品，产品明细没有收存"))
