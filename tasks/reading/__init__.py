"""Any file the campaign receives, as columns of raw text; nothing else of the program knows file formats."""

from tasks.reading.counts import read_counts
from tasks.reading.dates import data_date_of, stated_date
from tasks.reading.fetching import Fetched, fetch
from tasks.reading.files import files_in, sha256_of
from tasks.reading.limits import Limits
from tasks.reading.table import Dropped, Table
from tasks.reading.tables import read_tables

__all__ = [
    "Dropped",
    "Fetched",
    "Limits",
    "Table",
    "data_date_of",
    "fetch",
    "files_in",
    "read_counts",
    "read_tables",
    "sha256_of",
    "stated_date",
]
