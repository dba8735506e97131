"""The child process that parses a workbook: a script of its own that knows nothing of the program.

A hostile file can make a parser take all memory or abort the process, so it runs here, under limits. The parent
sees the top lines of each sheet and answers which columns it wants; they go back as an Arrow file.
"""

import json
import resource
import sys
from typing import Any

import fastexcel
import pyarrow as pa

HEAD_LINES = 60
HEAD_CHARS = 300
MOST_ERRORS = 10_000
Sheet = tuple[Any, int, list[tuple[int, int, str]]]  # columns, number of the first one, cells with errors


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order = json.loads(sys.stdin.readline() or "null")  # comes while the libraries load
    if not order:
        return
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    try:
        reader = fastexcel.read_excel(order["path"])
        for name in reader.sheet_names:
            if name not in order["hidden"]:
                _serve(reader, name, bool(order["large"]), hidden_too=name in order["also"])
        _say({"end": True})
    except (fastexcel.FastExcelError, MemoryError) as fault:
        _say({"fault": f"{type(fault).__name__} {fault}"[:500]})


def _serve(reader: Any, name: str, large: bool, *, hidden_too: bool) -> None:
    """One sheet: show its head, hear which columns are wanted, write them."""
    loaded = _load_lean(reader, name) if large else _load(reader, name, hidden_too)
    if loaded is None:
        return
    batch, first, errors = loaded
    top = [[_short(text) for text in column.to_pylist()] for column in batch.slice(0, HEAD_LINES).columns]
    head = [list(line) for line in zip(*top, strict=True)]
    _say({"sheet": name, "head": head, "rows": batch.num_rows, "width": batch.num_columns, "first": first})
    wish = json.loads(sys.stdin.readline())
    if wish:
        _write(reader, name, batch, wish)
        _say({"errors": [error for error in errors if error[1] in set(wish["columns"])]})


def _load(reader: Any, name: str, hidden_too: bool) -> Sheet | None:
    """The sheet with its error cells (#N/A …), if it is visible."""
    sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    if sheet.visible != "visible" and not hidden_too:
        return None
    batch, found = sheet.to_arrow_with_errors()
    columns = sheet.available_columns()
    errors = found.errors[:MOST_ERRORS] if found else []
    cells = [(*error.offset_position, _error_name(error.detail)) for error in errors]
    return batch, columns[0].absolute_index if columns else 0, cells


def _load_lean(reader: Any, name: str) -> Sheet:
    """A large sheet in three quarters of the memory; its error cells are plain gaps."""
    seen: list[int] = []

    def keep(column: Any) -> bool:
        seen.append(column.absolute_index)
        return True

    batch = reader.load_sheet(
        name, header_row=None, skip_rows=0, dtypes="string", use_columns=keep, eager=True
    )
    return batch, min(seen, default=0), []


def _short(text: str | None) -> str | None:
    return None if text is None else text[:HEAD_CHARS]


def _error_name(detail: str) -> str:
    """`Expected string but got 'Error(NA)'` → `#NA`."""
    return "#" + detail.partition("Error(")[2].partition(")")[0].upper()


def _write(reader: Any, name: str, batch: Any, wish: dict[str, Any]) -> None:
    """The wanted columns as c0, c3 …; n3 tells which cells of a column of codes were numbers."""
    names = [f"c{i}" for i in wish["columns"]]
    arrays = [batch.column(i) for i in wish["columns"]]
    if wish["numeric"]:
        # a number is a truth value to the reader, a text is not
        flags = reader.load_sheet(
            name, header_row=None, skip_rows=0, dtypes="boolean", use_columns=wish["numeric_absolute"]
        )
        flags = flags.to_arrow()
        names += [f"n{i}" for i in wish["numeric"]]
        arrays += [column.is_valid() for column in flags.columns]
    table = pa.RecordBatch.from_arrays(arrays, names=names)
    with pa.OSFile(wish["path"], "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_batch(table)


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
