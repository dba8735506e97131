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

    `source` keys the hash, so that two senders' equal lines stay apart.
    """
    key = blake2b(source.encode(), digest_size=16).digest()
    digests = b"".join([blake2b(text.encode(), digest_size=8, key=key).digest() for text in texts.to_list()])
    numbers = np.frombuffer(digests, dtype=">u8").astype(np.uint64) & POSITIVE
    return pl.Series(texts.name, numbers.astype(np.int64))


def content_text(columns: list[str]) -> pl.Expr:
    """Everything a row says, as one text: two rows are the same content when these are equal."""
    named = [pl.lit(f"{name}=") + pl.col(name).fill_null("") for name in sorted(columns)]
    return pl.concat_str(named, separator=SEPARATOR).alias("content")


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
