"""A plain table as a file: for Excel and WPS, for statistics programs, for everything else."""

from pathlib import Path

import polars as pl
import xlsxwriter

from models.errors import InputRefused, UsageTrouble

ENDINGS = (".xlsx", ".csv", ".parquet")
MOST_ROWS = 1_048_575  # of a sheet, below its heading


def write_table(frame: pl.DataFrame, path: Path) -> Path:
    """By the ending of the name. Written beside it first, so that a half-written file never carries the name."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageTrouble("E1891", f"不会写“{path.suffix}”文件，可以写 {'、'.join(ENDINGS)}。")
    if ending == ".xlsx" and frame.height > MOST_ROWS:
        raise InputRefused(
            "E1892",
            f"有 {frame.height:,} 行，一个工作表放不下，请写成 .csv 或 .parquet，或只导出一个县（区）。",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    if ending == ".csv":
        frame.write_csv(unfinished, include_bom=True)  # without the mark Excel takes it for GB18030
    elif ending == ".parquet":
        frame.write_parquet(unfinished)
    else:
        _write_xlsx(frame, unfinished)
    return unfinished.replace(path)


def _write_xlsx(frame: pl.DataFrame, path: Path) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        frame.write_excel(
            book, "数据", autofilter=True, freeze_panes=(1, 0), dtype_formats={pl.Date: "yyyy-mm-dd"}
        )
