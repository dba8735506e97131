"""Which employers a declaration could be: pairs of row positions (`d`, `e`), never all against all.

A block holds the rows that share one key. A key that too many employers share says nothing and makes no pairs.
"""

from collections.abc import Iterable

import numpy as np
import polars as pl

CROWD = 60  # employers sharing a key
RARE_GRAMS, GRAM_CROWD = 3, 200
BEST_BY_NAME = 10
PAIRS = {"d": pl.UInt32(), "e": pl.UInt32()}
CERTAIN = (
    ("organisation",),
    ("beginning",),
    ("registration",),
    ("bare",),
    ("bare", "county"),
    ("name_core", "place"),  # a firm's works at the declared place, though the firm's name is signed
)
CODE_PARTS = ("code_head", "code_tail", "code_ends")
LIKELY = (
    ("name_core",),
    ("name_core", "county"),
    ("phone",),
    ("person_hash",),
    ("person_hash", "county"),
    ("person_hash", "industry"),
    ("address_key",),
    ("address_key", "industry"),
)


def certain_candidates(declarations: pl.DataFrame, employers: pl.DataFrame) -> pl.DataFrame:
    """Pairs with the same code, old number or distinctive name, or with a damaged code that may be the same."""
    whole, damaged = declarations.filter(~pl.col("damaged")), declarations.filter("damaged")
    blocks = [_block(declarations, employers, keys) for keys in CERTAIN]
    for part in CODE_PARTS:
        blocks += [_block(damaged, employers, (part,)), _block(whole, employers.filter("damaged"), (part,))]
    return _union(blocks)


def likely_candidates(declarations: pl.DataFrame, employers: pl.DataFrame) -> pl.DataFrame:
    """Pairs with anything telling in common: a name's core, phone, person, address, or a rare pair of characters.

    The county is never the only key: units are filed in the wrong one.
    """
    blocks = [_block(declarations, employers, keys) for keys in LIKELY]
    of_parent = _block(declarations, employers, ("credit_code",), ("parent_code",))
    return _union([*blocks, of_parent, _by_rare_characters(declarations, employers)])


def _union(blocks: Iterable[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(blocks).unique().sort("d", "e")


def _block(
    declarations: pl.DataFrame, employers: pl.DataFrame, keys: tuple[str, ...], other: tuple[str, ...] = ()
) -> pl.DataFrame:
    left = _keyed(declarations, keys, "d")
    right = _keyed(employers, other or keys, "e").join(left.select("key"), on="key", how="semi")
    right = right.filter(pl.len().over("key") <= CROWD)
    return left.join(right, on="key").select("d", "e")


def _keyed(units: pl.DataFrame, keys: tuple[str, ...], row: str) -> pl.DataFrame:
    key = pl.concat_str(keys, separator="|") if len(keys) > 1 else pl.col(keys[0])
    return units.select(pl.col("row").alias(row), key=key).filter(pl.col("key").is_not_null())


def _by_rare_characters(declarations: pl.DataFrame, employers: pl.DataFrame) -> pl.DataFrame:
    """The employers whose distinctive names share most of a declared name's rarest character pairs."""
    left = _grams(declarations, "d")
    right = _grams(employers, "e").join(left.select("gram").unique(), on="gram", how="semi")
    counts = right.group_by("gram").len("employers").filter(pl.col("employers") <= GRAM_CROWD)
    rare = (
        left.join(counts, on="gram")
        .sort("d", "employers", "gram")
        .filter(pl.int_range(pl.len()).over("d") < RARE_GRAMS)
        .with_columns(weight=1 / (1 + pl.col("employers").cast(pl.Float64).log()))
    )
    shared = rare.join(right, on="gram").group_by("d", "e").agg(pl.col("weight").sum())
    best = shared.sort("d", pl.col("weight").round(9), "e", descending=[False, True, False])
    return best.filter(pl.int_range(pl.len()).over("d") < BEST_BY_NAME).select("d", "e")


def _grams(units: pl.DataFrame, row: str) -> pl.DataFrame:
    """Every two neighbouring characters of `bare`, as one number; characters are cut in numpy, 20 times a list's speed."""
    named = units.filter(pl.col("bare").is_not_null())
    letters = np.frombuffer("".join(named["bare"].to_list()).encode("utf-32-le"), np.uint32).astype(np.uint64)
    lengths = named["bare"].str.len_chars().to_numpy()
    owner = np.repeat(named["row"].to_numpy(), lengths)
    together = owner[:-1] == owner[1:]
    grams = (letters[:-1] << np.uint64(21) | letters[1:])[together]
    return pl.DataFrame({row: owner[:-1][together], "gram": grams}).unique()
