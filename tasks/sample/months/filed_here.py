"""Declarations that employers file with the office itself, as JSON documents; some must come back, corrected or not.

The platform shows most of them later: what it lists was then filed here first, the others it never hears of.
"""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from tasks.sample.dice import Dice
from tasks.sample.filed.errors import ERRORS
from tasks.sample.filed.sound import Document, Filed, sound_first
from tasks.sample.months.filings import FIRST, LAST_DAY

FOLDER, MANIFEST, TRUTH = "申报表", "manifest.csv", "truth.csv"
EACH_COUNTY, NEVER_SHOWN, FIRST_DAY = 4, 1, date(2024, 8, 1)
WRONG, CORRECTED, CHANGED = 0.45, 0.8, 0.15
MONTH = timedelta(days=30)
FEWEST, MOST = 12, 800  # persons: fewer have no room for all sections
OF_OTHERS = {
    "type",
    "code",
    "branch",
    "county",
    "industry",
    "size",
    "headcount",
    "name",
}  # what a unit says of itself
PLANTED = [error for error in ERRORS if not OF_OTHERS & set(error.touches.split())]


class FiledHere(NamedTuple):
    """What the desk notes when a document comes in. `corrects`: the file of the document that it replaces."""

    path: Path
    on: date
    county: str
    corrects: str | None


class Sheet(NamedTuple):
    on: date
    unit: str
    filed: Filed
    county: str
    corrects: int | None = None  # place of the earlier one


def read_filed(folder: Path) -> list[FiledHere]:
    """The documents of a sample's `folder`, in the order of their days."""
    place = folder / FOLDER
    lines = pl.read_csv(place / MANIFEST, infer_schema=False).sort("filed_on", "file")
    return [
        FiledHere(place / one["file"], date.fromisoformat(one["filed_on"]), one["county"], one["corrects"])
        for one in lines.iter_rows(named=True)
    ]


def write_filed(
    out: Path, units: pl.DataFrame, rows: pl.DataFrame, later: pl.DataFrame, dice: Dice
) -> list[str]:
    """Returns the names of the files below `out`."""
    place = out / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    sheets = _sheets(_filers(units, rows, later, dice), dice)
    names = [f"{one.on:%Y%m%d}_{number:03d}.json" for number, one in enumerate(sheets, start=1)]
    for name, one in zip(names, sheets, strict=True):
        text = json.dumps(one.filed.document, ensure_ascii=False, indent=1)
        (place / name).write_text(text + "\n", encoding="utf-8")
    noted = [
        (name, one.on.isoformat(), one.county, None if one.corrects is None else names[one.corrects])
        for name, one in zip(names, sheets, strict=True)
    ]
    _table(noted, ["file", "filed_on", "county", "corrects"]).write_csv(place / MANIFEST)
    true = [
        (name, one.unit, ";".join(sorted(one.filed.planted))) for name, one in zip(names, sheets, strict=True)
    ]
    _table(true, ["file", "unit", "planted"]).write_csv(place / TRUTH)
    return [f"{FOLDER}/{name}" for name in (*names, MANIFEST)]


def _table(lines: Sequence[Sequence[str | None]], columns: list[str]) -> pl.DataFrame:
    return pl.DataFrame(lines, schema=dict.fromkeys(columns, pl.String), orient="row")


def _filers(units: pl.DataFrame, rows: pl.DataFrame, later: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """First declarations with a code of their own, some of every county, and a few that the platform never shows."""
    able = (
        (pl.col("kind") == "firm")
        & pl.col("headcount").is_between(FEWEST, MOST)
        & (pl.col("state") == "operating")
    )
    shown = later.filter(
        able & (pl.col("declaration_type") == FIRST) & (pl.col("filed_on") >= FIRST_DAY)
    ).unique("unit", keep="first", maintain_order=True)
    silent = units.filter(
        able & (pl.col("section") == "C") & (pl.col("change") == "")
        & ~pl.col("unit").is_in(pl.concat([later["unit"], rows["unit"]]).unique().implode())
    )  # fmt: skip
    silent = silent.with_columns(filed_on=dice.child("silent").days(len(silent), FIRST_DAY, LAST_DAY))
    chosen = [
        frame.filter(pl.int_range(pl.len()).shuffle(seed=dice.one.randrange(10**6)).over("county") < most)
        for frame, most in ((shown, EACH_COUNTY), (silent, NEVER_SHOWN))
    ]
    return pl.concat(chosen, how="diagonal").sort("filed_on", "unit")


def _sheets(filers: pl.DataFrame, dice: Dice) -> list[Sheet]:
    """Each unit's document, wrong or sound; a wrong one mostly comes again; a sound one is sometimes followed by a change."""
    sheets: list[Sheet] = []
    for unit in filers.iter_rows(named=True):
        own = dice.child(unit["unit"])
        on = unit["filed_on"] - timedelta(days=own.one.randrange(3))
        sound = sound_first(_facts(unit, own), on, own.one)
        first = Sheet(on, unit["unit"], Filed(sound, on=on), unit["county"])
        again = on + timedelta(days=own.one.randint(9, 24))
        if own.one.random() < WRONG:
            sheets.append(first._replace(filed=_wrong(sound, on, own)))
            if own.one.random() < CORRECTED and again <= LAST_DAY:
                sheets.append(first._replace(on=again, corrects=len(sheets) - 1))
        else:
            sheets.append(first)
            if own.one.random() < CHANGED and (later := again + MONTH) <= LAST_DAY:
                sheets.append(_change(first, later, own))
    return sheets


def _wrong(sound: Document, on: date, dice: Dice) -> Filed:
    filed = Filed(json.loads(json.dumps(sound)), on=on)
    dice.one.choice(PLANTED).into(filed)
    return filed


def _change(first: Sheet, on: date, dice: Dice) -> Sheet:
    document: dict[str, Any] = dict(first.filed.document)
    event = on - timedelta(days=dice.one.randint(1, 15))
    document |= {"type": "变更申报", "year": on.year, "reason": "工艺变更", "event_on": event.isoformat()}
    return first._replace(on=on, filed=Filed(document, on=on))


def _facts(unit: dict[str, Any], dice: Dice) -> Document:
    """What the firm knows of itself. The form asks for a mobile phone, whatever number the lists have."""
    mobile = f"13{dice.one.randrange(10**9):09d}"
    return {
        "name": unit["name"], "credit_code": unit["code"], "is_branch": False, "county": unit["county"], "town": unit["town"],
        "registered_address": f"广西柳州市{unit['office_address']}", "workplace_address": f"广西柳州市{unit['address']}",
        "size": unit["size"], "industry": unit["industry"], "headcount": unit["headcount"], "phone": mobile,
    }  # fmt: skip
