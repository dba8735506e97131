"""A legal representative's name helps linkage but is never stored: only its keyed hash (design 3)."""

import hashlib
import re
import unicodedata

import polars as pl

from models.rules.cell import Reading
from models.rules.columns import read_column


def person_hash(name: str, key: bytes) -> str:
    tidy = re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).upper()
    return hashlib.blake2b(tidy.encode(), key=key, digest_size=8).hexdigest()


def person_hashes(names: pl.Series, key: bytes) -> pl.Series:
    if not key:
        raise ValueError("person_key must not be empty: an unkeyed hash of a name can be looked up")
    return read_column(names, lambda name: Reading(person_hash(name, key)), pl.String()).values
