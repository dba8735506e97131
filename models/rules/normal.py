"""RAW text columns → NORMAL typed columns and everything that is wrong with the cells, all at once (Q4, design 7).

Each normal form has its own file; this one only says which form reads which field. A column the file lacks yields
nulls and no problems: that is a matter of the file, not of its rows.
"""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from models import reference
from models.inbound import NORMAL, RAW
from models.problem import PROBLEMS, Severity
from models.rules.address import AddressForms, address_keys
from models.rules.amount import read_amounts
from models.rules.blank import given_column
from models.rules.branch import read_branch
from models.rules.cell import CellCode, Reading
from models.rules.columns import FINDINGS, Column, read_column
from models.rules.company_name import NameForms, name_keys, name_parts
from models.rules.credit_code import read_credit_codes, read_either_codes, read_parent_codes
from models.rules.day import read_days, read_years
from models.rules.declaration_state import (
    read_declaration_state,
    read_declaration_type,
    read_ownership,
    read_platform,
)
from models.rules.hazards import read_hazards
from models.rules.headcount import read_headcounts
from models.rules.industry import Industries, read_industries
from models.rules.name_and_code import MOVED, parted
from models.rules.person import person_hashes
from models.rules.phone import read_phones
from models.rules.programme import read_programme, year_in_programme
from models.rules.region import Gazetteer
from models.rules.size import read_size, sizes_of
from models.rules.state import NO_DAY, STOPPED, read_state, settled_state
from models.rules.workplace import EVIDENCE, workplaces
from models.state import State

AS_WRITTEN = [
    "source_key",
    "name",
    "address",
    "registered_address",
    "economic_type",
    "parent_name",
    "group_name",
    "park",
    "programme_batch",
    "channel",
    "reporter",
    "evidence",
    "declaration_no",
]
READERS: dict[str, Callable[[pl.Series], Column]] = {
    "headcount": read_headcounts,
    "outsourced": read_headcounts,
    "exposed": read_headcounts,
    "established_on": read_days,
    "found_on": read_days,
    "filed_on": read_days,
    "approved_on": read_days,
    "programme_year": read_years,
    "phone": read_phones,
}
RULES: dict[str, Callable[[str], Reading[Any]]] = {
    "is_branch": read_branch,
    "declaration_state": read_declaration_state,
    "declaration_type": read_declaration_type,
    "platform": read_platform,
    "ownership": read_ownership,
    "hazards": read_hazards,
}


def normalise(
    frame: pl.DataFrame, *, gazetteer: Gazetteer, programmes: Mapping[str, str], person_key: bytes
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`frame` holds row_no and any of the RAW columns. Returns (row_no + NORMAL, PROBLEMS)."""
    sheet = Sheet(frame)
    _plain_fields(sheet)
    _cells_run_together(sheet)
    _names(sheet, NameForms.of(gazetteer))
    _codes(sheet)
    _places(sheet, gazetteer)
    _industries(sheet)
    _size(sheet)
    _state(sheet)
    _programme(sheet, programmes)
    if sheet.has("legal_representative"):
        sheet.put("person_hash", person_hashes(sheet.text("legal_representative"), person_key))
    return sheet.normal(), sheet.problems()


class Sheet:
    """The columns of one file on their way from text to normal form."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.row_no = frame["row_no"].cast(PROBLEMS["row_no"])
        self.given = pl.DataFrame([given_column(frame[name]) for name in RAW if name in frame.columns])
        self.values: dict[str, pl.Series] = {}
        self.findings: list[pl.DataFrame] = []

    def has(self, *names: str) -> bool:
        return any(name in self.given.columns for name in names)

    def text(self, name: str) -> pl.Series:
        return self.given[name] if self.has(name) else self.nothing(pl.String())

    def nothing(self, dtype: pl.DataType) -> pl.Series:
        return pl.repeat(None, len(self.row_no), dtype=dtype, eager=True)

    def put(self, name: str, values: pl.Series) -> None:
        self.values[name] = values

    def read(self, name: str, reader: Callable[[pl.Series], Column]) -> pl.Series:
        """The values of a field; what is wrong with it is noted."""
        if not self.has(name):
            return self.nothing(NORMAL.get(name, pl.String()))
        column = reader(self.text(name))
        self.note(name, column.findings)
        return column.values

    def note(self, field: str, findings: pl.DataFrame) -> None:
        self.findings.append(findings.select(pl.lit(field).alias("field"), *FINDINGS))

    def tell(self, field: str, where: pl.Series, code: str, severity: str, message: str) -> None:
        at = where.fill_null(False).arg_true()
        told = pl.DataFrame({"at": at, "value": self.text(field).gather(at)})
        self.note(
            field, told.with_columns(code=pl.lit(code), severity=pl.lit(severity), message=pl.lit(message))
        )

    def normal(self) -> pl.DataFrame:
        columns = [self.values.get(name, self.nothing(dtype)).alias(name) for name, dtype in NORMAL.items()]
        return pl.DataFrame([self.row_no, *columns])

    def problems(self) -> pl.DataFrame:
        if not self.findings:
            return pl.DataFrame(schema=PROBLEMS)
        told = pl.concat(self.findings)
        order = {field: place for place, field in enumerate(RAW)}
        told = told.with_columns(
            row_no=self.row_no.gather(told["at"]),
            place=pl.col("field").replace_strict(order, return_dtype=pl.UInt8),
        )
        return told.sort("row_no", "place", "code").select(list(PROBLEMS))


def _plain_fields(sheet: Sheet) -> None:
    for name in AS_WRITTEN:
        if sheet.has(name):
            sheet.put(name, sheet.text(name))
    for name, reader in READERS.items():
        sheet.put(name, sheet.read(name, reader))
    for name, rule in RULES.items():
        sheet.put(name, sheet.read(name, _by(rule, NORMAL[name])))


def _by(rule: Callable[[str], Reading[Any]], dtype: pl.DataType) -> Callable[[pl.Series], Column]:
    return lambda texts: read_column(texts, rule, dtype)


def _cells_run_together(sheet: Sheet) -> None:
    """A code typed behind the name goes to its own empty cell; `name` stays as written."""
    if not sheet.has("name"):
        return
    names, codes = parted(sheet.text("name"), sheet.text("credit_code"))
    moved = (names != sheet.text("name")).fill_null(False)
    if not moved.any():
        return
    sheet.tell("name", moved, CellCode.CREDIT_CODE_REPAIRED, Severity.REPAIRED, MOVED)
    sheet.given = sheet.given.with_columns(names.alias("name"), codes.alias("credit_code"))


def _names(sheet: Sheet, forms: NameForms) -> None:
    if not sheet.has("name"):
        return
    keys = name_keys(sheet.text("name"))
    sheet.put("name_key", keys)
    for column in name_parts(keys, forms):
        sheet.put(column.name, column)
    missing = sheet.text("name").is_null()
    sheet.tell("name", missing, CellCode.NAME_MISSING, Severity.MUST_FIX, "缺少单位名称，请补。")


def _codes(sheet: Sheet) -> None:
    """A legacy number in the credit code's place, and a credit code in the legacy number's, go where they belong."""
    first = sheet.read("credit_code", read_credit_codes)
    second = sheet.read("legacy_code", read_either_codes)
    sheet.put("credit_code", pl.select(pl.coalesce(_eighteen(first), _eighteen(second))).to_series())
    sheet.put("legacy_code", pl.select(pl.coalesce(_shorter(second), _shorter(first))).to_series())
    sheet.put("parent_code", sheet.read("parent_code", read_parent_codes))


def _eighteen(codes: pl.Series) -> pl.Series:
    return (
        codes.to_frame("code").select(pl.when(pl.col("code").str.len_bytes() == 18).then("code")).to_series()
    )


def _shorter(codes: pl.Series) -> pl.Series:
    return (
        codes.to_frame("code").select(pl.when(pl.col("code").str.len_bytes() < 18).then("code")).to_series()
    )


def _places(sheet: Sheet, gazetteer: Gazetteer) -> None:
    if sheet.has("address"):
        sheet.put("address_key", address_keys(sheet.text("address"), AddressForms.of(gazetteer)))
    if sheet.has(*EVIDENCE):
        found = workplaces(pl.DataFrame({name: sheet.text(name) for name in EVIDENCE}), gazetteer)
        for column in found.columns:
            sheet.put(column.name, column)
        sheet.findings.append(found.findings)


def _industries(sheet: Sheet) -> None:
    if not sheet.has("industry_code", "industry_name"):
        return
    codes, names = sheet.text("industry_code"), sheet.text("industry_name")
    column = read_industries(codes, names, Industries.build(reference.industries()))
    sheet.put("industry", column.values)
    written = pl.select(pl.coalesce(codes, names)).to_series()
    sheet.put("industry_raw", written.zip_with(column.values.is_null(), sheet.nothing(pl.String())))
    sheet.note("industry_code" if sheet.has("industry_code") else "industry_name", column.findings)


def _size(sheet: Sheet) -> None:
    """As written; only where nothing readable is written, worked out from the figures."""
    written = sheet.read("size", _by(read_size, pl.String()))
    revenue, assets = (sheet.read(name, read_amounts).cast(pl.Float64) for name in ("revenue", "assets"))
    industry = sheet.values.get("industry", sheet.nothing(pl.String()))
    worked_out = sizes_of(industry, sheet.values["headcount"], revenue, assets)
    sheet.put("size", pl.select(pl.coalesce(written, worked_out)).to_series())


def _state(sheet: Sheet) -> None:
    state = sheet.read("state", _by(read_state, pl.String()))
    days = {name: sheet.read(name, read_days).cast(pl.Date) for name in ("state_on", "stopped_on")}
    rows = pl.DataFrame({"said": state, **days}).with_columns(
        state=settled_state(pl.col("said"), pl.col("stopped_on"))
    )
    stopped = pl.col("state") == State.SUSPENDED.value
    contradiction = stopped & (pl.col("said") == State.OPERATING.value)
    # the day of the licence's state is no stop day where the licence is in order
    begun = (
        pl.when(stopped)
        .then(pl.coalesce("stopped_on", pl.when(~contradiction).then("state_on")))
        .otherwise("state_on")
    )
    rows = rows.with_columns(state_on=begun, contradiction=contradiction)
    sheet.put("state", rows["state"])
    sheet.put("state_on", rows["state_on"])
    sheet.tell("state", rows["contradiction"], *map(str, STOPPED))
    if sheet.has("state_on", "stopped_on"):
        undated = rows.select(stopped & pl.col("state_on").is_null()).to_series()
        sheet.tell("stopped_on", undated, *map(str, NO_DAY))


def _programme(sheet: Sheet, programmes: Mapping[str, str]) -> None:
    sheet.put(
        "programme", sheet.read("programme", _by(lambda text: read_programme(text, programmes), pl.String()))
    )
    if sheet.has("programme"):
        in_name = read_column(sheet.text("programme"), year_in_programme, pl.Int32()).values
        sheet.put(
            "programme_year", pl.select(pl.coalesce(sheet.values["programme_year"], in_name)).to_series()
        )
