"""The tables of the form: which columns stand side by side, and how a line of one becomes part of a document."""

from dataclasses import dataclass
from typing import Any

from models.form.hazards import TITLES, HazardClass
from models.form.items import Item, Sort, items
from models.form.monitoring import Measured

CLASS, THERE = "危害因素种类", "有/无"


@dataclass(frozen=True)
class Table:
    """`fixed`: its lines are given, by their first column; else people add lines."""

    name: str
    columns: tuple[Item, ...]
    fixed: tuple[str, ...] = ()
    spare: int = 0

    @property
    def heads(self) -> frozenset[str]:
        """Headings that, standing together in a line, are this table's."""
        return frozenset(column.title for column in self.columns)


def _table(path: str, names: str) -> tuple[Item, ...]:
    return tuple(items()[f"{path}.{name}"] for name in names.split())


_class = items()["surveillance.rows.of"]
_titles = tuple(TITLES.values())
PRODUCTS = Table("products", _table("products.rows", "name output unit"), spare=24)
CLASSES = Table("classes", (_class, *_table("hazards.dust", "present exposed")), _titles)
FACTORS = Table("factors", (_class, *_table("hazards.dust.factors", "name exposed")), spare=60)
POINTS = Table("points", _table("monitoring.rows", "of measured exceeding"), tuple(Measured))
EXAMINED = Table(
    "examined",
    _table(
        "surveillance.rows",
        "of before_due before_done during_due during_done after_due after_done",
    ),
    _titles,
)
TABLES = (PRODUCTS, CLASSES, FACTORS, POINTS, EXAMINED)
SINGLE = tuple(
    item
    for path, item in items().items()
    if not path.startswith("hazards.") and ".rows." not in path and item.sort is not Sort.CLASS
)


def put_line(document: dict[str, Any], table: Table, line: dict[str, Any]) -> None:
    """`line`: name of the field (present, exposed, name …) → value. A line of given ones that says nothing adds nothing."""
    if table is CLASSES or table is FACTORS:
        _put_hazard(document, table, line)
        return
    key = "of" if table.fixed else None
    if any(value is not None for name, value in line.items() if name != key):
        section = "products" if table is PRODUCTS else "monitoring" if table is POINTS else "surveillance"
        document.setdefault(section, {}).setdefault("rows", []).append(line)


def _put_hazard(document: dict[str, Any], table: Table, line: dict[str, Any]) -> None:
    told = {name: value for name, value in line.items() if name != "of" and value is not None}
    if not told:
        return
    exposure = document.setdefault("hazards", {}).setdefault(line["of"], {})
    if table is CLASSES:
        exposure |= told
    else:
        exposure.setdefault("factors", []).append(told)


def path_of(table: Table, column: Item, kind: str | None, row: int) -> str:
    """Where a cell of a table goes in the document."""
    name = column.path.rpartition(".")[2]
    if table is CLASSES:
        return f"hazards.{kind or HazardClass.DUST}.{name}"
    if table is FACTORS:
        return f"hazards.{kind or HazardClass.DUST}.factors.{row}.{name}"
    return f"{column.path.rpartition('.')[0]}.{row}.{name}"


def put(document: dict[str, Any], path: str, value: Any) -> None:
    """A single field; what says nothing is not written."""
    if value is None:
        return
    *above, last = path.split(".")
    at = document
    for step in above:
        at = at.setdefault(step, {})
    at[last] = value
