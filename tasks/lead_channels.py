"""The ways in which undeclared units are found (C09): the campaign's words for them, and no others."""

import polars as pl

from models.campaign import Campaign
from models.errors import InputRefused
from models.problem import PROBLEMS, Severity

UNKNOWN_CHANNEL = "E1181"


def channel_words(campaign: Campaign) -> dict[str, str]:
    """Name or alias → name."""
    return {word: one.name for one in campaign.channels for word in (one.name, *one.aliases)}


def channel_named(word: str, campaign: Campaign) -> str:
    """The channel a person names for all rows of a file."""
    found = channel_words(campaign).get(word.strip())
    if found is None:
        raise InputRefused("E1035", f"没有叫“{word}”的发现渠道。--channel 只能是：{_listed(campaign)}。")
    return found


def with_known_channels(contents: pl.DataFrame, campaign: Campaign) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`contents` (row_no, channel …) with every channel by its name, and problems of the rows where none is known.

    Their channel is blanked: by an unknown way nobody is found.
    """
    known = pl.col("channel").replace_strict(channel_words(campaign), default=None, return_dtype=pl.String)
    unknown = contents.filter(known.is_null())
    return contents.with_columns(channel=known), unknown.select(
        "row_no",
        field=pl.lit("channel"),
        code=pl.lit(UNKNOWN_CHANNEL),
        severity=pl.lit(str(Severity.MUST_FIX)),
        value=pl.col("channel"),
        message=pl.lit(f"发现渠道只能是：{_listed(campaign)}；请改正后重新导入，否则这条线索不算发现。"),
    ).cast(pl.Schema(PROBLEMS))


def _listed(campaign: Campaign) -> str:
    return "、".join(one.name for one in campaign.channels)
