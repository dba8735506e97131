"""The figures as one long table: a line for each county and figure, as analysts take them away (ACT12)."""

from collections.abc import Iterator
from typing import Any

from models.campaign import Campaign
from models.rules.figure_words import RATES, definition, figure_name
from models.rules.figures import DECLARED, Figures, Line, slices_of
from models.rules.rate import UNDEFINED, Rate

CAUSE, SHARE = "cause:", "/rate"


def figure_table(figures: Figures, campaign: Campaign) -> Iterator[dict[str, Any]]:
    """An integer has a `value`; a rate its two integers `done` and `whole`; `printed` is what a paper shows."""
    head = {"month": figures.month, "as_of": figures.as_of, "known_at": figures.known_at}
    for line in figures.lines:
        placed = head | {"county": line.county, "county_name": line.name}
        for row in (*_counts(line, campaign), *_rates(line, campaign)):
            yield placed | row


def _counts(line: Line, campaign: Campaign) -> Iterator[dict[str, Any]]:
    caused = {f"{CAUSE}{cause}": units for cause, units in (line.causes or {}).items()}
    for key, value in {**line.counts, **caused}.items():
        yield _row(key, figure_name(key, campaign), definition(key, campaign), value=value)
    if line.rank is not None:
        yield _row("rank", *RATES["rank"], value=line.rank)


def _rates(line: Line, campaign: Campaign) -> Iterator[dict[str, Any]]:
    """环比 is the difference of two rates: it has a text alone."""
    for key, rate in (
        ("r_rate", line.r_rate),
        ("done", line.done),
        ("removed", line.removed),
        ("worked", line.worked),
    ):
        yield _row(key, *RATES[key], rate=rate, printed=str(rate or UNDEFINED))
    yield _row("change", *RATES["change"], printed=line.change)
    for key in slices_of(line.counts):
        share = line.share(key)
        name = figure_name(key, campaign)
        meaning = f"{figure_name(key + DECLARED, campaign)} ÷ {name}"
        yield _row(key + SHARE, f"{name} 申报率", meaning, rate=share, printed=str(share))


def _row(
    figure: str,
    name: str,
    meaning: str,
    *,
    value: int | None = None,
    rate: Rate | None = None,
    printed: str | None = None,
) -> dict[str, Any]:
    shown = UNDEFINED if value is None else str(value)
    parts = {"done": rate.done, "whole": rate.whole} if rate else {"done": None, "whole": None}
    row = {"figure": figure, "name": name, "definition": meaning, "value": value}
    return row | parts | {"printed": printed or shown}
