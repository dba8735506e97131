"""A city to try the system on: dirty files as offices send them, and the truth beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import polars as pl

from tasks.sample import list_files
from tasks.sample.declaration_file import declaration_document
from tasks.sample.declared import EXPORT_DAY, approved_numbers, approved_units, declarations
from tasks.sample.dice import Dice
from tasks.sample.dirt import city, foreign
from tasks.sample.later import a_month_later
from tasks.sample.measure import Dirt, measure
from tasks.sample.membership import with_membership
from tasks.sample.months.make import make_months
from tasks.sample.paper import Document
from tasks.sample.places import county_names
from tasks.sample.registry_files import registry_documents
from tasks.sample.style import Style
from tasks.sample.truth import truth_units
from tasks.sample.units import build_city
from tasks.sample.write import write_document

Formats = Literal["mixed", "csv"]
STYLES: dict[str, Style] = {"city": city, "foreign": foreign}


@dataclass(frozen=True)
class SampleReport:
    """What was written and how dirty it is."""

    out: Path
    employers: int
    declarations: int
    targets: int
    files: tuple[str, ...]
    dirt: Dirt


def make_sample(
    out: Path,
    *,
    employers: int,
    seed: int,
    style: str = "city",
    formats: Formats = "mixed",
    declarations_share: float = 0.3,
    months: bool = False,
) -> SampleReport:
    """Same numbers, same files, to the byte. `months`: not one later list, but the platform's every month of the campaign."""
    dice = Dice(seed, employers)
    units = with_membership(build_city(employers, dice.child("city")), dice.child("lists"))
    rows = declarations(units, int(employers * declarations_share), dice.child("declared"))
    soil, hand = dice.child("dirt", style), STYLES[style]
    lists = _employer_lists(units, approved_units(rows), hand, soil)
    export = declaration_document(rows, hand, soil.child("declarations"), EXPORT_DAY)
    counts = list_files.platform_counts(rows, EXPORT_DAY)
    truth = truth_units(units, approved_units(rows))
    numbered = truth.join(approved_numbers(rows), on="unit", how="left", maintain_order="left")
    files = write_folder(out, [*lists, export, counts], numbered, formats)
    dirt = measure(units, lists, export, county_names())
    if months:
        write = partial(write_folder, formats=formats)
        files += make_months(out, units, rows, lists[3:], export, hand, dice.child("months", style), write)
    else:
        later = a_month_later(units, rows, lists[:3], export, hand, soil.child("later"))
        files += [
            f"later/{name}" for name in write_folder(out / "later", later.documents, later.truth, formats)
        ]
    targets = truth["should_be_target"].sum()
    return SampleReport(out, len(units), len(rows), int(targets), tuple(files), dirt)


def _employer_lists(units: pl.DataFrame, declared: pl.Series, hand: Style, dice: Dice) -> list[Document]:
    return [
        *registry_documents(units, hand, dice.child("registry")),
        list_files.survey(units, hand, dice.child("survey")),
        *list_files.programmes(units, hand, dice.child("programmes")),
        list_files.associations(units, hand, dice.child("associations")),
        list_files.leads(units, declared, hand, dice.child("leads")),
    ]


def write_folder(
    out: Path, documents: Iterable[Document], truth: pl.DataFrame, formats: Formats
) -> list[str]:
    """The files, what a clerk must say of each, and the answers."""
    out.mkdir(parents=True, exist_ok=True)
    manifest, answers = [], []
    for document in documents:
        names, places = write_document(out, document, formats)
        answers.append(places)
        day, full = document.data_date.isoformat(), "y" if document.full else "n"
        manifest += [(name, document.kind, day, document.source, full) for name in names]
    columns = ["file", "kind", "data_date", "source", "full"]
    pl.DataFrame(manifest, schema=columns, orient="row").write_csv(out / "manifest.csv")
    pl.concat(answers).filter(pl.col("kind") != "platform-counts").write_csv(out / "truth.csv")
    truth.write_csv(out / "truth_units.csv")
    return [name for name, *_ in manifest]
