"""What a file says of all its rows together: by the order, its title or its name, where no column says it."""

import re

import polars as pl

from models.campaign import Campaign
from models.errors import InputRefused
from models.inbound import Kind
from tasks.lead_channels import channel_named, channel_words
from tasks.order import Order
from tasks.reading import Table

YEAR = re.compile(r"(20\d\d)\s*年")
BATCH = re.compile(r"第[一二三四五六七八九十\d]+批")


def said_of_all(order: Order, table: Table, campaign: Campaign) -> dict[str, pl.Expr]:
    """RAW fields as constants. The person's word comes first; a column of the file is never overruled by a title."""
    said: dict[str, str] = dict(order.constants)
    if "channel" in said:
        said["channel"] = channel_named(said["channel"], campaign)
    for name, text in _read_off(order, table, campaign).items():
        if name not in table.columns:
            said.setdefault(name, text)
    if order.kind is Kind.PROGRAMME and "programme" not in {*said, *table.columns}:
        raise InputRefused("E1032", f"看不出“{table.file_name}”是哪个专项的名单，请用 --programme 写明。")
    if order.kind is Kind.LEAD and "channel" not in {*said, *table.columns}:
        raise InputRefused("E1033", f"看不出“{table.file_name}”的线索来自哪个渠道，请用 --channel 写明。")
    return {name: pl.lit(text) for name, text in said.items()}


def _read_off(order: Order, table: Table, campaign: Campaign) -> dict[str, str]:
    title = " ".join((*table.titles, table.sheet, table.file_name))
    if order.kind is Kind.PROGRAMME:
        named = [
            one.name for one in campaign.programmes if any(word in title for word in (one.name, *one.aliases))
        ]
        return (
            _first("programme", named)
            | _first("programme_year", YEAR.findall(title))
            | _first("programme_batch", BATCH.findall(title))
        )
    if order.kind is Kind.LEAD:
        return _first(
            "channel",
            [name for word, name in channel_words(campaign).items() if word in title],
        )
    if order.kind is Kind.DECLARATIONS:
        known = (*campaign.platforms.counting, *campaign.platforms.ignored)
        return {"platform": order.source if order.source in known else campaign.platforms.counting[0]}
    return {}


def _first(name: str, found: list[str]) -> dict[str, str]:
    """Only when there is no doubt: two different words in one title say nothing."""
    return {name: found[0]} if len(set(found)) == 1 else {}
