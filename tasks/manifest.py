"""A folder of lists with what a clerk would say of each: manifest.csv (file, kind, data_date, source, full)."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from models.errors import InputRefused
from models.inbound import Kind
from tasks.order import Order

MANIFEST = "manifest.csv"
COLUMNS = ("file", "kind", "data_date", "source", "full")


def orders_of(folder: Path, by: str, *, handed_in: date | None = None, rehearse: bool = False) -> list[Order]:
    """The lists of `folder` in the order of its manifest. One wrong line refuses all, before anything is stored."""
    said = {"by": by, "handed_in": handed_in, "rehearse": rehearse}
    return [_order(folder, number, line, said) for number, line in _lines(folder / MANIFEST)]


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        raise InputRefused("E1037", f"{path.parent} 里没有 {MANIFEST}（各列：{'、'.join(COLUMNS)}）。")
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise InputRefused("E1037", f"{path} 缺少这些列：{'、'.join(missing)}。")
        for line in reader:
            yield reader.line_num, {name: line[name] or "" for name in COLUMNS}


def _order(folder: Path, number: int, line: Mapping[str, str], said: Mapping[str, object]) -> Order:
    path = folder / line["file"]
    if not path.is_file():
        raise InputRefused("E1037", f"{MANIFEST} 第 {number} 行：{folder} 里没有文件“{line['file']}”。")
    try:
        kind, day = Kind(line["kind"]), date.fromisoformat(line["data_date"])
    except ValueError as wrong:
        raise InputRefused("E1037", f"{MANIFEST} 第 {number} 行的类别或日期不对：{wrong}。") from None
    return Order(
        path=path,
        kind=kind,
        data_date=day,
        source=line["source"] or None,
        full=line["full"] == "y",
        **said,  # type: ignore[arg-type]
    )
