"""Builders with sound defaults: lists of rows in normal form, stored as intake would store them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from models.batch import Batch, Source
from models.inbound import NORMAL, Kind
from models.record import record, sighting
from models.rules.identity import content_hashes, entry_text, hashes

JULY = date(2024, 7, 1)


def make_row(**changes: Any) -> dict[str, Any]:
    """A row in normal form: a foundry in 柳江区 with 25 workers, unless told otherwise."""
    row: dict[str, Any] = dict.fromkeys(NORMAL)
    row |= {
        "name": "柳州市鑫鸿铸造有限公司",
        "branch_part": "",
        "county": "450206",
        "county_basis": "workplace",
    }
    row |= {"industry": "3391", "headcount": 25, "state": "在营", "address": "拉堡镇柳堡路1号"}
    row |= changes
    row["name_key"] = changes.get("name_key", row["name"])
    row["name_core"] = changes.get(
        "name_core", row["name_key"].removeprefix("柳州市").removesuffix("有限公司")
    )
    row["address_key"] = changes.get("address_key", row["address"])
    return row


def load(
    db: Session,
    kind: Kind,
    rows: Sequence[Mapping[str, Any]],
    on: date = JULY,
    *,
    source: str = "",
    full: bool = False,
) -> Batch:
    """Store `rows` as one list of `kind` with data date `on`; later dates supersede earlier ones."""
    sender = _source(db, kind, source or str(kind))
    earlier = db.scalar(select(func.count()).select_from(Batch))
    batch = Batch(source_id=sender.id, data_date=on, full=full, file_sha256="0" * 64, file_name="t.xlsx")
    batch.header_row, batch.sheet, batch.columns, batch.unmapped, batch.by = (
        1,
        f"Sheet{earlier}",
        {},
        [],
        "test",
    )
    batch.row_count = batch.new_count = len(rows)
    batch.problem_count = batch.dropped_count = 0
    db.add(batch)
    db.flush()
    for number, (row, (entry, content)) in enumerate(
        zip(rows, _identities(kind, sender, rows), strict=True), start=2
    ):
        _store(db, batch.id, sender.id, row, number, entry, content)
    return batch


def _identities(kind: Kind, sender: Source, rows: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Entry and content number of each row, as intake gives them (models.rules.identity)."""
    frame = pl.DataFrame(list(rows), schema=NORMAL)
    source = f"{kind}:{sender.name}"
    entries = hashes(source, frame.select(entry_text(kind).alias("entry"))["entry"])
    contents = content_hashes(source, frame.select(pl.all().cast(pl.String)))
    return list(zip(entries, contents, strict=True))


def _source(db: Session, kind: Kind, name: str) -> Source:
    found = db.scalar(select(Source).where(Source.kind == kind, Source.name == name))
    if found is None:
        found = Source(kind=kind, name=name)
        db.add(found)
        db.flush()
    return found


def _store(
    db: Session, batch_id: int, source_id: int, row: Mapping[str, Any], number: int, entry: int, content: int
) -> None:
    if db.scalar(select(record.c.id).where(record.c.id == content)) is None:
        db.execute(insert(record).values(id=content, entry=entry, source_id=source_id, current=True, **row))
    db.execute(insert(sighting).values(batch_id=batch_id, record_id=content, row_no=number))
    sightings = (
        select(sighting.c.record_id, Batch.data_date).join(Batch, Batch.id == sighting.c.batch_id).subquery()
    )
    seen = (
        select(sightings)
        .join(record, record.c.id == sightings.c.record_id)
        .where(record.c.entry == entry)
        .subquery()
    )
    newest = select(seen.c.record_id).where(
        seen.c.data_date == select(func.max(seen.c.data_date)).scalar_subquery()
    )
    db.execute(update(record).where(record.c.entry == entry).values(current=record.c.id.in_(newest)))
