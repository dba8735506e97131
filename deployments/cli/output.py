"""How every command answers: a table for people, or one JSON document on stdout and nothing else (design 6)."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from rich.console import Console
from rich.table import Table

from models.campaign_region import zones_of
from models.clock import SHANGHAI
from models.reference import city_counties
from models.settings import get_settings
from tasks.campaigns import open_campaign

LARGEST_EXACT = 2**53
PIPE_WIDTH = 200  # a table written to a file or a pipe is not squeezed into the 80 columns of no terminal
console = Console(width=None if sys.stdout.isatty() else PIPE_WIDTH)


@cache
def county_names() -> dict[str, str]:
    """Code → name of the city's counties, and of the zones that the installation's campaign adds (M05)."""
    listed = city_counties().select("code", "name").rows()
    zones = zones_of(open_campaign(get_settings().campaign).counties)
    return {code: name for code, name in listed if not code.endswith("00")} | {
        zone.code: zone.name for zone in zones
    }


def show(
    rows: Sequence[Mapping[str, Any]], *, columns: Mapping[str, str], as_json: bool = False, title: str = ""
) -> None:
    """Show `rows`; `columns` gives the keys to print, in order, with their Chinese headings."""
    if as_json:
        say_json([dict(row) for row in rows])
        return
    table = Table(title=title or None, title_justify="left")
    for heading in columns.values():
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row.get(key), key) for key in columns))
    console.print(table)


def say(message: str, *, as_json: bool = False, **facts: Any) -> None:
    """One sentence for a person, or its facts as JSON."""
    if as_json:
        say_json({"message": message, **facts})
    else:
        console.print(message, highlight=False, markup=False)


def say_json(document: Any) -> None:
    sys.stdout.write(json.dumps(_exact(document), ensure_ascii=False, default=_plain) + "\n")


def _exact(value: Any) -> Any:
    """Numbers a reader in JavaScript would round (63-bit ids) go out as text."""
    if isinstance(value, Mapping):
        return {key: _exact(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_exact(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST_EXACT:
        return str(value)
    return value


def _cell(value: Any, key: str) -> str:
    if value is None:
        return "—"
    if key == "county":
        return county_names().get(value, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, (list, tuple)):
        return "、".join(map(str, value))
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)
