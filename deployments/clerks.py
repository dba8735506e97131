"""The clerks of the demo's counties: they fill in the workbooks that were really issued, knowing the sample's truth."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import fastexcel
import polars as pl
from pypdf import PdfWriter

from deployments.replay_plan import Handing
from models.campaign import Campaign
from models.rules.verdicts import TITLES, Field, words
from notices.workbook import META
from tasks.sample.answers import clerk_answers, in_words, read_truth
from tasks.sample.dice import Dice
from tasks.sample.filled import fill_in, share_of
from tasks.verification.layout import CODE, CORRECTIONS, NAME, UNIT, UNITS, VERDICT

HEADINGS = {
    "finding": VERDICT,
    **{
        str(field): TITLES[field]
        for field in (Field.SINCE, Field.OTHER_COUNTY, Field.DECLARATION_NO, Field.NOTE)
    },
    **{fact: CORRECTIONS[fact] for fact in ("headcount", "phone")},
}


A4 = 595, 842  # points


def scan(path: Path) -> None:
    """What a clerk would scan or photograph: a page that opens, and shows nothing."""
    page = PdfWriter()
    page.add_blank_page(*A4)
    path.parent.mkdir(parents=True, exist_ok=True)
    page.write(path)


@dataclass(frozen=True)
class Clerks:
    campaign: Campaign
    sample: Path  # with the truth, month by month
    folder: Path
    dice: Dice

    def hand_back(self, issued: Path, county: str, handing: Handing) -> Path:
        """The workbook as the county sends it on that day."""
        dice = self.dice.child(county)
        asked = _asked(issued)
        answers = clerk_answers(
            asked.select("name", "code"), read_truth(self.sample, handing.day), county, handing.day, dice
        )
        said = in_words(
            answers, {str(key): word for key, word in words(self.campaign.stopped_months_limit).items()}
        )
        rows = share_of(
            pl.concat([asked.select("unit"), said], how="horizontal"), handing.share, dice.child("share")
        )
        return fill_in(
            issued,
            self.folder / f"{issued.stem}_{handing.day:%m%d}.xlsx",
            UNITS,
            {row["unit"]: _cells(row) for row in rows.iter_rows(named=True)},
            UNIT,
            habit=handing.habit,
            code=CODE,
            dice=dice.child("habit"),
        )

    def is_in(self, county: str, name: str, code: str | None, day: date) -> bool:
        """Whether the unit really is that county's: what its people find when they go there."""
        return county in self._found(name, code, day)["county"].to_list()

    def is_closed(self, name: str, code: str | None, day: date) -> bool:
        """Whether nobody of that name or code is left: the door is shut, the sign is gone."""
        states = self._found(name, code, day)["state"].to_list()
        return bool(states) and set(states) == {"deregistered"}

    def _found(self, name: str, code: str | None, day: date) -> pl.DataFrame:
        known = read_truth(self.sample, day)
        return known.filter((pl.col("name") == name) | (pl.col("code") == (code or "无")))


def about(issued: Path) -> dict[str, str]:
    """What the hidden sheet of a workbook says of it."""
    sheet = fastexcel.read_excel(issued).load_sheet(META, header_row=None, dtypes="string").to_polars()
    return dict(sheet.iter_rows())


def _asked(issued: Path) -> pl.DataFrame:
    sheet = fastexcel.read_excel(issued).load_sheet(UNITS, dtypes="string").to_polars()
    return sheet.select(unit=UNIT, name=NAME, code=CODE)


def _cells(row: Mapping[str, str | date | None]) -> dict[str, str | date | None]:
    return {heading: row[key] for key, heading in HEADINGS.items()}
