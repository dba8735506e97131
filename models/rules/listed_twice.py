"""Whether two listed units are evidently one that two lists write differently: then neither is the other's rival."""

import polars as pl

from models.rules.compared_addresses import address_levels
from models.rules.damaged_codes import nearly_equal
from models.rules.name_similarity import unit_name_levels

COLUMNS = ("bare", "whole", "written_code", "phone", "county", "address_key", "place", "door")
NEARLY = ["same", "slip", "slips", "close"]
AT_ONE_PLACE = ["same", "house", "street"]


def listed_twice(rivals: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """Row by row of `rivals` (e, rival: rows of `right`): nearly one name and one code (or one phone), at one place."""
    one, other = (right.select(COLUMNS)[rivals[side]] for side in ("e", "rival"))
    pairs = pl.DataFrame(
        {
            "name": unit_name_levels(one, other),
            "address": address_levels(one, other),
            "code": nearly_equal(one["written_code"], other["written_code"]),
            "unknown": one["written_code"].is_null() | other["written_code"].is_null(),
            "phone": (one["phone"] == other["phone"]).fill_null(False),
        }
    )
    named, there = pl.col("name").is_in(NEARLY), pl.col("address").is_in(AT_ONE_PLACE)
    return pairs.select(named & there & (pl.col("code") | (pl.col("unknown") & pl.col("phone")))).to_series()
