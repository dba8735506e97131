"""From the columns of a sheet to a table of rows: gaps, lines that are no rows, fields by name."""

import polars as pl

from models.rules.headers import Header, is_column_numbers
from tasks.reading.table import PROBES, Body, Dropped, Table, column_letter

# what databases and people write where nothing is known
NOTHING = (
    "",
    "\\N",
    "\\n",
    "NULL",
    "null",
    "Null",
    "None",
    "NaN",
    "nan",
    "N/A",
    "无数据",
    "(null)",
    "（空）",
)
ERRORS = ("#N/A", "#NA", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
DAYS = ("state_on", "stopped_on", "established_on", "found_on", "filed_on", "approved_on")
YES_NO = ("is_branch", "ownership", "park", "hazards")
SUBTOTAL = r"^.{0,12}(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计)\s*[:：]?\s*[\d,]*\s*[户家个条]?$"
SIGNATURE = (
    r"^[（(]?\s*(?:填\s*表|填\s*报|审\s*核|制\s*表|复\s*核|经\s*办|负\s*责|联\s*系|统\s*计|报\s*送|签\s*字|盖\s*章|打\s*印|导\s*出"
    r"|单位负责|主管|备\s*注|说\s*明|注|日\s*期|数据来源|电\s*话)[^，。]{0,12}[:：]"
)
PLACES = ("name", "county", "town")
DROPPED_SCHEMA = {"row_no": pl.Int32, "reason": pl.String}


def table_of(file_name: str, body: Body) -> Table:
    header, grid = body.plan.header, body.grid
    frame = body.frame.with_columns(filled(column) for column in body.plan.columns)
    lines = frame.filter(pl.col("row_no") > header.last + 1)
    junk = _junk(lines, header, grid.head)
    kept = lines.filter(~pl.col("row_no").is_in(junk["row_no"].implode())) if junk.height else lines
    return Table(
        file_name=file_name,
        sheet=grid.sheet,
        header_row=header.last + 1,
        columns={f: column_letter(grid.first_column + header.columns_of(f)[0]) for f in header.fields},
        headings={f: header.headings[header.columns_of(f)[0]] for f in header.fields},
        unmapped=header.unknown,
        titles=tuple(text for line in grid.head[: header.first] for text in line if text),
        frame=kept.select("row_no", *(_field(field, header) for field in header.fields)),
        dropped=pl.concat([_above(body), _inner(junk, kept)]),
        numeric=_numeric(kept, header),
        errors=_errors(body),
    )


def filled(column: int) -> pl.Expr:
    """The text as people see it, or null where nothing is said."""
    text = pl.col(f"c{column}").str.strip_chars()
    return pl.when(~text.is_in([*NOTHING, *ERRORS])).then(text).alias(f"c{column}")


def _field(field: str, header: Header) -> pl.Expr:
    """The leading column of the field; the others fill its gaps."""
    value = pl.coalesce(f"c{column}" for column in header.columns_of(field))
    if field in DAYS:
        value = value.str.strip_suffix(" 00:00:00")
    if field in YES_NO:
        value = value.replace({"true": "是", "false": "否", "TRUE": "是", "FALSE": "否"})
    return value.alias(field)


def _above(body: Body) -> pl.DataFrame:
    """Title and header lines; empty ones among them are nothing to speak of."""
    header = body.plan.header
    found = [
        (number, Dropped.TITLE if number <= header.first else Dropped.HEADER)
        for number, line in enumerate(body.grid.head[: header.last + 1], 1)
        if any(text and text.strip() for text in line)
    ]
    return pl.DataFrame(found, DROPPED_SCHEMA, orient="row")


def _junk(lines: pl.DataFrame, header: Header, head: list[list[str | None]]) -> pl.DataFrame:
    """row_no and reason of the lines that are no rows; a line with a code of its own is never one of them."""
    name = pl.col(f"c{header.columns_of('name')[0]}")
    code = _any_code(header)
    numbering = pl.col("row_no").is_in(_numbering(header, head))
    suspects = lines.filter(code.is_null() | name.is_null() | _repeats("name", header) | numbering)
    code = pl.when(~code.str.contains(SIGNATURE)).then(code)
    columns = [name for name in lines.columns if name.startswith("c")]
    mapped = [f"c{c}" for c, meaning in enumerate(header.meanings) if meaning and meaning.field]
    places = list(
        dict.fromkeys([*columns[:PROBES], *(f"c{c}" for f in PLACES for c in header.columns_of(f))])
    )
    opening = pl.coalesce(columns)
    reason = (
        pl.when(_repeats("name", header) | numbering)
        .then(pl.lit(Dropped.HEADER.value))
        .when(code.is_null() & pl.any_horizontal(pl.col(places).str.contains(SUBTOTAL)))
        .then(pl.lit(Dropped.SUBTOTAL.value))
        .when(code.is_null() & (name.is_null() | (name == opening)) & opening.str.contains(SIGNATURE))
        .then(pl.lit(Dropped.SIGNATURE.value))
        .when(pl.all_horizontal(pl.col(mapped).is_null()))
        .then(pl.lit(Dropped.BLANK.value))
    )
    return suspects.select("row_no", reason=reason).drop_nulls("reason")


def _any_code(header: Header) -> pl.Expr:
    columns = [c for field in ("credit_code", "legacy_code") for c in header.columns_of(field)]
    return pl.coalesce(f"c{c}" for c in columns) if columns else pl.lit(None, pl.String)


def _repeats(field: str, header: Header) -> pl.Expr:
    """The header printed again on every page of the sheet."""
    column = header.columns_of(field)[0]
    return pl.col(f"c{column}").is_in([header.headings[column]]).fill_null(False)


def _numbering(header: Header, head: list[list[str | None]]) -> list[int]:
    below = header.last + 1
    return [below + 1] if below < len(head) and is_column_numbers(head[below]) else []


def _inner(junk: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Blank lines below the last line that says anything are not part of the table."""
    blank = pl.col("reason") == Dropped.BLANK.value
    spoken = pl.concat([kept["row_no"], junk.filter(~blank)["row_no"]]).max()
    return junk.filter(~blank | (pl.col("row_no") < pl.lit(spoken, pl.Int32))).sort("row_no")


def _numeric(kept: pl.DataFrame, header: Header) -> dict[str, pl.Series]:
    flags = {field: f"n{header.columns_of(field)[0]}" for field in header.fields}
    return {field: kept[flag].alias(field) for field, flag in flags.items() if flag in kept.columns}


def _errors(body: Body) -> pl.DataFrame:
    """Cells that hold an error, by field; cells beyond the header belong to none."""
    header = body.plan.header
    fields = {f"c{c}": field for field in header.fields for c in header.columns_of(field)}
    known = pl.col("column").is_in([*fields, f"c{len(header.meanings)}"])
    below = body.errors.filter(known, pl.col("row_no") > header.last + 1)
    field = pl.col("column").replace_strict(fields, default=None, return_dtype=pl.String)
    return below.select("row_no", field=field, text="text")
