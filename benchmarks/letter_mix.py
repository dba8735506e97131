"""Letters of the sample city's own mix of trades, counties and names, through the real drafting."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from models.queries.notice_units import OwnFacts
from notices.letter import LetterData
from tasks.campaigns import open_campaign
from tasks.letter_content import Draft, Occasion, derived_rows, draft_letter
from tasks.sample.declared import hazardous
from tasks.sample.dice import Dice
from tasks.sample.units import build_city

SEED = 4754
DAY = date(2024, 8, 9)


def city_letters(count: int) -> list[LetterData]:
    """Unmarked, in the order of county and town."""
    occasion = Occasion(open_campaign("liuzhou-2024-2025"), DAY, derived_rows({}))
    units = build_city(max(2000, count * 6), Dice(SEED)).filter(hazardous()).head(int(count * 1.3) + 50)
    units = units.sort("county", "town").with_columns(employer_id=pl.row_index())
    made = (
        draft_letter(unit, OwnFacts(None, None), occasion, f"{unit['county']}-{unit['employer_id']:05d}")
        for unit in units.iter_rows(named=True)
    )
    letters = [replace(draft.letter, mark="") for draft in made if isinstance(draft, Draft)][:count]
    if len(letters) < count:
        raise SystemExit(f"the sample gave {len(letters)} letters only")
    return letters


def one_of_each_class(letters: Sequence[LetterData]) -> list[LetterData]:
    """Letters that differ in name, bureau, date and number only are of one class."""
    found = {
        (one.section, one.division, one.group, one.hazards, one.diseases, one.variant): one for one in letters
    }
    return list(found.values())
