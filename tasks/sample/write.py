"""Documents onto disk: xlsx, ods and csv."""

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import polars as pl
import xlsxwriter

from tasks.sample.paper import UNIT, Document, Table

CREATED = datetime(2024, 7, 1, tzinfo=UTC)
CHUNK = 50_000
TRUTH = {"file": pl.String, "sheet": pl.String, "row_no": pl.Int64, "kind": pl.String, "unit": pl.String}


def write_document(folder: Path, document: Document, formats: str) -> tuple[list[str], pl.DataFrame]:
    """Names of the files written and, per record, where it stands and whose it is."""
    form = "csv" if formats == "csv" else document.form
    if form == "csv":
        names = _csv_names(document)
        for name, table in zip(names, document.tables, strict=True):
            _write_csv(folder / name, table, document.encoding)
        return names, pl.concat(
            _truth(document, table, name, "") for name, table in zip(names, document.tables, strict=True)
        )
    name = f"{document.stem}.{form}"
    write = {"xlsx": _write_xlsx, "ods": _write_ods}[form]
    write(folder / name, document.tables)
    return [name], pl.concat(_truth(document, table, name, table.sheet) for table in document.tables)


def _csv_names(document: Document) -> list[str]:
    if len(document.tables) == 1:
        return [f"{document.stem}.csv"]
    return [f"{document.stem}_{table.sheet}.csv" for table in document.tables]


def _truth(document: Document, table: Table, name: str, sheet: str) -> pl.DataFrame:
    columns = {"row_no": table.row_numbers(), "unit": table.frame[UNIT]}
    frame = pl.DataFrame(columns).with_columns(
        file=pl.lit(name), sheet=pl.lit(sheet), kind=pl.lit(document.kind)
    )
    return frame.select(pl.col(c).cast(t) for c, t in TRUTH.items())


def _write_csv(path: Path, table: Table, encoding: str) -> None:
    """In chunks, so that a million rows never stand in memory as one text."""
    with path.open("wb") as file:
        for text in _csv_texts(table):
            file.write(text.encode(encoding))
            encoding = encoding.removesuffix("-sig")


def _csv_texts(table: Table) -> Iterable[str]:
    yield _lines(table.head())
    body, start = table.frame.drop(UNIT), 0
    for stop in [*sorted(table.junk), len(body)]:
        for first in range(start, stop, CHUNK):
            yield body[first : min(first + CHUNK, stop)].write_csv(include_header=False)
        if stop in table.junk:
            yield _lines([table.junk[stop]])
        start = stop


def _lines(rows: list[list[str]]) -> str:
    frame = pl.DataFrame(rows, schema=[f"c{i}" for i in range(len(rows[-1]))], orient="row")
    return frame.write_csv(include_header=False)


def _write_xlsx(path: Path, tables: Iterable[Table]) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        book.set_properties({"created": CREATED})
        bold = book.add_format({"bold": True, "align": "center"})
        for table in tables:
            _fill(book.add_worksheet(table.sheet), table, bold)


def _fill(sheet: xlsxwriter.worksheet.Worksheet, table: Table, bold: object) -> None:
    head = table.head()
    for row, cells in enumerate(head):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, bold)
    _merge(sheet, table, bold)
    numeric = [heading in table.numbers for heading in table.headings]
    for row, cells in enumerate(table.body(), start=len(head)):
        for column, cell in enumerate(cells):
            if cell and numeric[column] and _is_number(cell):
                sheet.write_number(row, column, float(cell))
            elif cell:
                sheet.write_string(row, column, cell)


def _merge(sheet: xlsxwriter.worksheet.Worksheet, table: Table, bold: object) -> None:
    row = 0
    if table.title:
        sheet.merge_range(0, 0, 0, len(table.headings) - 1, table.title, bold)
        row = 1
    first = 0
    for text, width in table.groups:
        if width > 1:
            sheet.merge_range(row, first, row, first + width - 1, text, bold)
        elif not text:
            sheet.merge_range(row, first, row + 1, first, table.headings[first], bold)
        first += width


def _is_number(cell: str) -> bool:
    """2411.0 and 9.145E+17 too; whole codes and telephones with a leading zero stay text."""
    plain = cell.replace(".", "", 1).replace("E+", "", 1)
    return plain.isascii() and plain.isdigit() and plain[0] != "0" and (len(cell) < 16 or "E+" in cell)


ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def _write_ods(path: Path, tables: Iterable[Table]) -> None:
    sheets = "".join(_ods_sheet(table) for table in tables)
    members = {
        "mimetype": ODS_TYPE,
        "content.xml": f"{ODS_HEAD}{sheets}</office:spreadsheet></office:body></office:document-content>",
        "META-INF/manifest.xml": ODS_MANIFEST,
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), text, compress_type=packing)


def _ods_sheet(table: Table) -> str:
    rows = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"
        for row in [*table.head(), *table.body()]
    )
    return f'<table:table table:name="{escape(table.sheet)}">{rows}</table:table>'


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
