"""Rows of a returned workbook as a table of raw text, as intake takes any list (C06)."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.inbound import RAW, Kind
from tasks.intake import store_table
from tasks.order import Order
from tasks.reading.rows import DROPPED_SCHEMA
from tasks.reading.table import NO_ERRORS, Table


def store_rows(
    db: Session,
    campaign: Campaign,
    rows: Sequence[Mapping[str, str | int | None]],
    *,
    kind: Kind,
    source: str,
    sheet: str,
    file: tuple[str, str],
    on: date,
    by: str,
) -> list[tuple[int, int]]:
    """Store `rows` (row_no and RAW fields) as one sheet of the file (sha256, name). Row number and line of each."""
    fields = [name for name in RAW if any(row.get(name) for row in rows)]
    schema = {"row_no": pl.Int32(), **dict.fromkeys(fields, pl.String())}
    frame = pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)
    table = Table(
        file_name=file[1],
        sheet=sheet,
        header_row=1,
        columns=dict.fromkeys(fields, ""),  # wherever the county moved them
        headings={name: RAW[name] for name in fields},
        unmapped=(),
        titles=(),
        frame=frame,
        dropped=pl.DataFrame(schema=DROPPED_SCHEMA),
        numeric={},
        errors=NO_ERRORS.with_columns(field=pl.lit(None, pl.String)),
    )
    order = Order(path=Path(file[1]), kind=kind, by=by, data_date=on, source=source)
    receipt = store_table(db, order, table, file[0], campaign)
    seen = text(
        "SELECT g.row_no, r.entry FROM sighting g JOIN record r ON r.id = g.record_id WHERE g.batch_id = :batch"
    )
    return [(row.row_no, row.entry) for row in db.execute(seen, {"batch": receipt.batch_id})]
