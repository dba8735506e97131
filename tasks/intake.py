"""Take one file into the campaign's database: read, bring into normal form, store, tell what changed.

One file is one transaction: a run that is killed leaves nothing, and the same file again changes nothing.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.intake import (
    find_source,
    is_newest,
    known_contents,
    mark_current,
    store_columns,
    storing_rows,
    touch,
)
from models.actions.statistics import refresh_statistics
from models.batch import Batch, Source
from models.campaign import Campaign
from models.database import writing
from models.errors import InputRefused
from models.inbound import EMPLOYER_KINDS, RAW, Kind
from models.queries.problems import problem_count
from models.rules.identity import content_hashes
from models.settings import get_settings
from tasks.linking import settle_standing
from tasks.normal_rows import NO_PROBLEMS, in_normal_form, readied
from tasks.order import Order
from tasks.reading import Limits, Table, data_date_of, read_tables, sha256_of
from tasks.received import keep
from tasks.said_of_all import said_of_all
from tasks.units import settle_units

PART = 50_000  # rows brought into normal form while the server stores the part before


@dataclass(frozen=True)
class Receipt:
    """What became of one sheet.

    `new` counts contents the source never sent before; `changed` adds, for the youngest list, contents a line goes
    back to. So they are equal for a first list, and both 0 for one that says nothing new. `problems` counts those
    of all its rows, known ones too: they are still wrong.
    """

    batch_id: int
    file: str
    sheet: str
    source: str
    data_date: date
    rows: int
    new: int
    changed: int
    problems: int
    dropped: int
    unmapped: list[str]
    seen_before: bool = False


def ingest(order: Order, campaign: Campaign, limits: Limits | None = None) -> list[Receipt]:
    """Store the sheets of one file and settle what its rows change: units or standing (C06, C07).

    Raises InputRefused (E10xx) when the file cannot be understood; then nothing of it is stored.
    """
    sha256 = sha256_of(order.path)
    tables = read_tables(order.path, order.kind, limits or Limits())
    if not order.rehearse:
        keep(order.path, sha256, get_settings().home)
    with writing(rehearse=order.rehearse) as db:
        receipts = [store_table(db, order, table, sha256, campaign) for table in tables]
        if not all(receipt.seen_before for receipt in receipts):
            _settle(db, order.kind, campaign)
    return receipts


def store_table(db: Session, order: Order, table: Table, sha256: str, campaign: Campaign) -> Receipt:
    """Store one sheet; a sheet stored before is left as it is."""
    source = find_source(db, order.kind, order.source or _usual_sender(order.kind, campaign))
    batch = _batch(source, order, table, sha256)
    stored = stored_before(db, batch)
    if stored is not None:
        return receipt_of(stored, source, new=0, changed=0, seen_before=True)
    db.add(batch)
    db.flush()
    return _store_rows(db, batch, source, order, table, campaign)


def _store_rows(
    db: Session, batch: Batch, source: Source, order: Order, table: Table, campaign: Campaign
) -> Receipt:
    sender = f"{source.kind}:{source.name}"
    raw = table.frame.with_columns(**said_of_all(order, table, campaign))
    rows = _numbered(raw, sender)
    known = known_contents(db, source.id)
    newest = is_newest(db, source.id, batch.data_date)
    unseen = rows.join(known, on="id", how="anti").unique("id", keep="first", maintain_order=True)
    fresh_rows = readied(raw.join(unseen, on="row_no", maintain_order="left"), table)
    here = {"source_id": pl.lit(source.id), "current": pl.col("current") & newest}
    fresh, found = [pl.Series("entry", dtype=pl.Int64)], [NO_PROBLEMS]
    with storing_rows(db) as store:
        for part in fresh_rows.iter_slices(PART):
            contents, problems = in_normal_form(part, table, order.kind, sender, campaign)
            store("record", contents.with_columns(**here))
            fresh.append(contents["entry"])
            found.append(problems)
        store("sighting", rows.select("row_no", record_id="id", batch_id=pl.lit(batch.id)))
    new, problems = pl.concat(fresh), pl.concat(found)
    refresh_statistics(db, "record", "sighting", changed=rows.height)
    store_columns(db, "row_problem", problems)
    refresh_statistics(db, "row_problem", changed=problems.height)
    store_columns(db, "dropped_row", table.dropped.with_columns(batch_id=pl.lit(batch.id)))
    doubtful = _doubtful(rows, new, known, newest=newest)
    if known.height:
        mark_current(db, batch.id, doubtful, newest=newest)
    touch(db, doubtful, batch.id)
    batch.new_count, batch.problem_count = len(new), problem_count(db, batch.id)
    changed = len(new) + (_gone_back(rows, known) if newest else 0)
    return receipt_of(batch, source, new=len(new), changed=changed)


def _numbered(raw: pl.DataFrame, sender: str) -> pl.DataFrame:
    """Each row with the number of its content."""
    cells = raw.select(name for name in raw.columns if name in RAW)
    return raw.select("row_no", id=content_hashes(sender, cells))


def _doubtful(rows: pl.DataFrame, new: pl.Series, known: pl.DataFrame, *, newest: bool) -> pl.Series:
    """Lines whose current content may be another after this sheet."""
    seen_again = known.join(rows, on="id", how="semi")
    if newest:
        seen_again = seen_again.filter(~pl.col("current"))
    return pl.concat([new, seen_again["entry"]])


def _gone_back(rows: pl.DataFrame, known: pl.DataFrame) -> int:
    """Contents once replaced by another one of their line, and now sent again."""
    seen_again = known.join(rows, on="id", how="semi").filter(~pl.col("current"))
    return seen_again.join(known.filter("current"), on="entry", how="semi").height


def _batch(source: Source, order: Order, table: Table, sha256: str) -> Batch:
    return Batch(
        source_id=source.id,
        data_date=order.dated(order.data_date or _stated_date(table)),
        full=order.full,
        file_sha256=sha256,
        file_name=table.file_name,
        sheet=table.sheet,
        header_row=table.header_row,
        columns=table.columns,
        unmapped=list(table.unmapped),
        row_count=table.frame.height,
        new_count=0,
        problem_count=0,
        dropped_count=table.dropped.height,
        by=order.by,
    )


def _stated_date(table: Table) -> date:
    day = data_date_of([table], table.file_name)
    if day is None:
        message = f"{table.file_name} 没有写明数据截止日期，请用 --data-date 2024-06-30 这样的方式写明。"
        raise InputRefused("E1031", message)
    return day


def stored_before(db: Session, batch: Batch) -> Batch | None:
    return db.scalar(
        select(Batch).where(
            Batch.source_id == batch.source_id,
            Batch.data_date == batch.data_date,
            Batch.file_sha256 == batch.file_sha256,
            Batch.sheet == batch.sheet,
        )
    )


def receipt_of(batch: Batch, source: Source, *, new: int, changed: int, seen_before: bool = False) -> Receipt:
    return Receipt(
        batch_id=batch.id,
        file=batch.file_name,
        sheet=batch.sheet,
        source=source.name,
        data_date=batch.data_date,
        rows=batch.row_count,
        new=new,
        changed=changed,
        problems=batch.problem_count,
        dropped=batch.dropped_count,
        unmapped=batch.unmapped,
        seen_before=seen_before,
    )


def _usual_sender(kind: Kind, campaign: Campaign) -> str:
    return campaign.platforms.counting[0] if kind is Kind.DECLARATIONS else USUAL_SENDERS[kind]


USUAL_SENDERS = {
    Kind.REGISTRY: "市场监管局",
    Kind.SURVEY: "现状调查",
    Kind.PROGRAMME: "专项名单",
    Kind.ASSOCIATION: "行业协会",
    Kind.LEAD: "线索",
}


def _settle(db: Session, kind: Kind, campaign: Campaign) -> None:
    if kind in EMPLOYER_KINDS:
        settle_units(db, campaign)
    elif kind is Kind.DECLARATIONS:
        settle_standing(db, campaign)
