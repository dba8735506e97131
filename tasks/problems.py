"""What was wrong with a list: as rows, and as the same sheet handed back with a column 错误说明."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from models.batch import Batch
from models.database import session
from models.errors import RuleRefused
from models.queries.problems import problems
from models.rules.headers import Header
from models.settings import get_settings
from notices.returned_sheet import ReturnedSheet, write_returned
from tasks.reading import Limits
from tasks.reading.table import Body, Grid, Plan
from tasks.reading.tables import bodies
from tasks.received import find_kept


def problems_of(
    batch: int | None, *, code: str | None = None, limit: int | None = None
) -> list[dict[str, Any]]:
    """Problems of one list, or of all."""
    with session() as db:
        return problems(db, None if batch is None else [batch], code=code, most=limit)


def hand_back(batch_ids: Sequence[int], target: Path) -> None:
    """Write the sheets of these batches, with what is wrong in each row, to the workbook `target`.

    Raises RuleRefused (E1270) when one of them does not exist; then nothing is written.
    """
    with session() as db:
        batches = list(db.scalars(select(Batch).where(Batch.id.in_(batch_ids)).order_by(Batch.id)))
        if unknown := sorted({*batch_ids} - {batch.id for batch in batches}):
            raise RuleRefused("E1270", f"没有批次 {'、'.join(map(str, unknown))}，没有写出任何文件。")
        notes = _notes(problems(db, batch_ids))
    write_returned(target, (sheet for batch in batches for sheet in _sheets(batch, notes[batch.id])))


def _notes(found: list[dict[str, Any]]) -> dict[int, dict[int, str]]:
    """Batch → row → everything wrong in it, each with the column's letter, so that it can be found."""
    notes: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        place = f"{one['column']}列" if one["column"] else one["field"]
        notes[one["batch_id"]][one["row_no"]].append(
            f"{place} {one['code']}（{one['severity']}）：{one['message']}"
        )
    joined = {batch: {row: "\n".join(texts) for row, texts in rows.items()} for batch, rows in notes.items()}
    return defaultdict(dict, joined)


def _sheets(batch: Batch, notes: dict[int, str]) -> Iterator[ReturnedSheet]:
    wanted = _Whole(batch.sheet)
    for body in bodies(find_kept(batch.file_sha256, get_settings().home), Limits(), wanted.choose):
        yield ReturnedSheet(batch.file_name, batch.header_row, _lines(body), body.grid.width, notes)


@dataclass(frozen=True)
class _Whole:
    """Every column of one sheet, whatever is in it."""

    sheet: str

    def choose(self, grid: Grid) -> Plan | None:
        if grid.sheet != self.sheet:
            return None
        nobody_knows = Header(0, 0, ("",) * grid.width, (None,) * grid.width)
        return Plan(nobody_knows, list(range(grid.width)), [])


def _lines(body: Body) -> Iterator[tuple[str | None, ...]]:
    """All lines from row 1 on; lines the reader passed over are empty."""
    columns = [f"c{number}" for number in range(body.grid.width)]
    expected = 1
    for row_no, *cells in body.frame.sort("row_no").select("row_no", *columns).iter_rows():
        while expected < row_no:
            yield ()
            expected += 1
        yield tuple(cells)
        expected += 1
