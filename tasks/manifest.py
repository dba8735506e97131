"""A folder of lists with what a clerk would say of each: manifest.csv (file, kind, data_date, source, full)."""

import csv
from datetime import date
from pathlib import Path

from models.inbound import Kind
from tasks.order import Order


def orders_of(folder: Path, by: str) -> list[Order]:
    """The lists of `folder` in the order of its manifest."""
    with (folder / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        return [
            Order(
                path=folder / line["file"],
                kind=Kind(line["kind"]),
                by=by,
                data_date=date.fromisoformat(line["data_date"]),
                source=line["source"] or None,
                full=line["full"] == "y",
            )
            for line in csv.DictReader(file)
        ]
