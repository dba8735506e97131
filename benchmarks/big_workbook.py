"""A csv as the workbook that Excel would make of it, strings shared between cells; by columns, since a million rows
of 31 cells take other writers half an hour.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import polars as pl
from xlsxwriter.utility import xl_col_to_name

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}
ROWS = 50_000  # written at a time


def write_big_workbook(csv: Path, target: Path) -> Path:
    frame = pl.read_csv(csv, infer_schema=False)
    named = pl.DataFrame([pl.Series(name, [name, *frame[name]], pl.String()) for name in frame.columns])
    shared = pl.concat([named[name].alias("text") for name in named.columns]).drop_nulls().unique()
    index = pl.DataFrame({"text": shared, "at": pl.int_range(shared.len(), eager=True)})
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in PARTS.items():
            package.writestr(name, HEAD + content)
        _write(package, "xl/sharedStrings.xml", _strings(index["text"]))
        _write(package, "xl/worksheets/sheet1.xml", _sheet(named, index))
    return target


def _write(package: zipfile.ZipFile, name: str, parts: Iterator[str]) -> None:
    with package.open(name, "w", force_zip64=True) as part:
        for text in parts:
            part.write(text.encode())


def _strings(texts: pl.Series) -> Iterator[str]:
    yield f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{texts.len()}">'
    for start in range(0, texts.len(), ROWS):
        yield "".join(
            f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts[start : start + ROWS]
        )
    yield "</sst>"


def _sheet(frame: pl.DataFrame, index: pl.DataFrame) -> Iterator[str]:
    last = f"{xl_col_to_name(frame.width - 1)}{frame.height}"
    yield f'{HEAD}<worksheet xmlns="{MAIN}"><dimension ref="A1:{last}"/><sheetData>'
    for start in range(0, frame.height, ROWS):
        part = frame[start : start + ROWS]
        number = pl.int_range(start + 1, start + 1 + part.height, eager=True).cast(pl.String()).alias("row")
        cells = [
            _cells(part[name], xl_col_to_name(at), number, index) for at, name in enumerate(part.columns)
        ]
        lines = pl.select(
            pl.concat_str(pl.lit('<row r="'), number, pl.lit('">'), *cells, pl.lit("</row>"))
        ).to_series()
        yield "".join(lines)
    yield "</sheetData></worksheet>"


def _cells(texts: pl.Series, letter: str, number: pl.Series, index: pl.DataFrame) -> pl.Series:
    found = pl.DataFrame({"text": texts}).join(index, on="text", how="left", maintain_order="left")["at"]
    told = pl.concat_str(
        pl.lit(f'<c r="{letter}'), number, pl.lit('" t="s"><v>'), found.cast(pl.String()), pl.lit("</v></c>")
    )
    return pl.select(told.fill_null("")).to_series().alias(letter)
