"""Which line of a source a row is a version of: hashes that no order of loading can change.

63-bit BLAKE2b: at a million rows the odds that any two collide are one to ten million.
"""

from hashlib import blake2b

import numpy as np
import polars as pl

from models.inbound import Kind

SEPARATOR = "\x1f"
POSITIVE = np.uint64((1 << 63) - 1)


def hashes(source: str, texts: pl.Series) -> pl.Series:
    """A non-negative 63-bit number for each text (none null) of a source: the same on every machine, every year.

    `source` is mixed in, so that two senders' equal lines stay apart.
    """
    digests = b"".join([blake2b(text, digest_size=8).digest() for text in texts.cast(pl.Binary).to_list()])
    sender = np.frombuffer(blake2b(source.encode(), digest_size=8).digest(), dtype=">u8").astype(np.uint64)
    numbers = (np.frombuffer(digests, dtype=">u8").astype(np.uint64) ^ sender) & POSITIVE
    return pl.Series(texts.name, numbers.astype(np.int64))


def content_hashes(source: str, cells: pl.DataFrame) -> pl.Series:
    """Two rows of a source are the same content when every cell is equal, whatever the order of the columns."""
    names = sorted(cells.columns)
    texts = cells.select(content=pl.concat_str(pl.col(names).fill_null(""), separator=SEPARATOR))["content"]
    return hashes(SEPARATOR.join((source, *names)), texts)


def entry_text(kind: Kind) -> pl.Expr:
    """The key by which a later list of the same source speaks of the same line (normal form in, text out).

    The sender's own number, else the credit code (with the branch part: a branch may carry its parent's code, Q10),
    else the registration number, else name and county. Lists that may name a unit once a year, a batch, a
    finding or a filing add that.
    """
    branch = SEPARATOR + pl.col("branch_part").fill_null("")
    unit = pl.coalesce(
        "k:" + pl.col("source_key"),
        "c:" + pl.col("credit_code") + branch,
        "l:" + pl.col("legacy_code") + branch,
        pl.concat_str(
            pl.lit("n:"), pl.col("name_key").fill_null(""), pl.lit(SEPARATOR), pl.col("county").fill_null("")
        ),
    )
    if kind is Kind.DECLARATIONS:
        return pl.coalesce("d:" + pl.col("declaration_no"), _joined(unit, "filed_on", "declaration_type"))
    if kind is Kind.PROGRAMME:
        return _joined(unit, "programme", "programme_year", "programme_batch")
    if kind is Kind.LEAD:
        return _joined(unit, "channel", "found_on")
    return unit


def _joined(unit: pl.Expr, *columns: str) -> pl.Expr:
    return pl.concat_str(
        unit, *(pl.col(name).cast(pl.String).fill_null("") for name in columns), separator=SEPARATOR
    )
