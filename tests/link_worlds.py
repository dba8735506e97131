"""Small worlds for linkage: units and declarations as frames, told only in what differs."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from models.inbound import NORMAL
from models.rules.likely_links import Thresholds
from models.rules.linking import COMPARED, WRITTEN, link
from tasks.linking import link_model
from tests.make import make_row

CODE, OTHER_CODE, THIRD_CODE = "91450200735148460A", "91450200MA5KQ8X51T", "91450206MA5L0AAA1X"
DEFAULTS = {"phone": "13800000001", "person_hash": "p1", "credit_code": CODE, "branch_part": ""}
Unit = Mapping[str, Any]


def unit(**changes: Any) -> dict[str, Any]:
    """A foundry in 柳江区 with a code, a phone and a legal representative, unless told otherwise."""
    row = make_row(**{**DEFAULTS, **changes})
    return {name: row.get(name) for name in (*COMPARED, *WRITTEN)}


def facts(**changes: Any) -> dict[str, Any]:
    """The same as an employer's facts hold it."""
    return {name: value for name, value in unit(**changes).items() if name in COMPARED}


def frame(key: str, units: Sequence[Unit]) -> pl.DataFrame:
    schema = {key: pl.Int64(), **{name: NORMAL[name] for name in COMPARED}} | dict.fromkeys(
        WRITTEN, pl.String()
    )
    return pl.DataFrame([{key: number, **one} for number, one in enumerate(units, start=1)], schema=schema)


def judged(
    declared: Unit | Sequence[Unit], units: Sequence[Unit], refused: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int, str, str]]:
    """(declaration, unit, verdict, method), both numbered from 1."""
    declarations = [declared] if isinstance(declared, Mapping) else declared
    said_no = pl.DataFrame(
        list(refused), schema={"entry": pl.Int64(), "employer_id": pl.Int64()}, orient="row"
    )
    found = link(
        frame("entry", declarations),
        frame("employer_id", units),
        link_model(),
        Thresholds(sure=6.63, unsure=0.0),
        said_no,
    )
    return sorted(found.select("entry", "employer_id", "verdict", "method").rows())
