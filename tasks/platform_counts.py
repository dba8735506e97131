"""Take in what the platform itself counts per county (C28)."""

import polars as pl

from models.actions.intake import find_source, store_columns
from models.batch import Batch
from models.campaign import Campaign
from models.database import writing
from models.errors import InputRefused
from models.inbound import Kind
from models.rules.place import read_county
from models.settings import get_settings
from tasks.intake import Receipt, receipt_of, stored_before
from tasks.normal_rows import gazetteer
from tasks.order import Order
from tasks.reading import read_counts, sha256_of
from tasks.received import keep


def ingest_counts(order: Order, campaign: Campaign) -> Receipt:
    """Store one table of counts (county × measure). A county that cannot be told refuses the file: a count without
    its county would be a figure nobody can defend.
    """
    sha256 = sha256_of(order.path)
    if order.data_date is None:
        raise InputRefused("E1031", f"{order.path.name} 没有写明数据截止日期，请用 --data-date 写明。")
    order.dated(order.data_date)
    counts = _with_counties(read_counts(order.path), campaign, order.path.name)
    if not order.rehearse:
        keep(order.path, sha256, get_settings().home)
    with writing(rehearse=order.rehearse) as db:
        source = find_source(db, Kind.PLATFORM_COUNTS, order.source or campaign.platforms.counting[0])
        batch = _batch(order, source.id, sha256, counts.height)
        stored = stored_before(db, batch)
        if stored is not None:
            return receipt_of(stored, source, new=0, changed=0, seen_before=True)
        db.add(batch)
        db.flush()
        held = counts.select("county", "metric", pl.col("value").cast(pl.Int64), batch_id=pl.lit(batch.id))
        store_columns(db, "platform_count", held)
        return receipt_of(batch, source, new=counts.height, changed=counts.height)


def _with_counties(counts: pl.DataFrame, campaign: Campaign, file: str) -> pl.DataFrame:
    places = gazetteer(campaign)
    codes = {name: read_county(name, places).county for name in counts["county_text"].unique()}
    unknown = sorted(name for name, code in codes.items() if code is None)
    if unknown:
        raise InputRefused("E1034", f"“{file}”里有认不出的县（区）：{'、'.join(unknown)}。请改成规范名称。")
    return counts.with_columns(county=pl.col("county_text").replace_strict(codes, return_dtype=pl.String))


def _batch(order: Order, source_id: int, sha256: str, rows: int) -> Batch:
    return Batch(
        source_id=source_id,
        data_date=order.data_date,
        full=True,
        file_sha256=sha256,
        file_name=order.path.name,
        sheet="",
        header_row=1,
        columns={},
        unmapped=[],
        row_count=rows,
        new_count=rows,
        problem_count=0,
        dropped_count=0,
        by=order.by,
    )
