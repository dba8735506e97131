"""Workbooks (xlsx, xls, ods), parsed in a limited child process (design section 7)."""

import json
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl

from tasks.reading import refusals
from tasks.reading.formats import Format
from tasks.reading.limits import MIB, Limits
from tasks.reading.packages import check_contents, check_directory
from tasks.reading.table import NO_ERRORS, Body, Grid, Plan

CHILD = Path(__file__).with_name("sheet_child.py")
BASE_MEMORY = 768 * MIB
BASE_SECONDS, SECONDS_PER_MIB = 15.0, 0.25  # five to ten times what it takes here
SMALL = 16 * MIB  # unpacked; so much is looked through in a quarter of a second
LARGE = 256 * MIB  # unpacked; beyond, error cells are not told apart from gaps
UNPACKED_XLS = 8  # a cell of 10-14 bytes in the file is held in about a hundred


def read_sheets(
    path: Path,
    kind: Format,
    limits: Limits,
    choose: Callable[[Grid], Plan | None],
    *,
    also: Sequence[str] = (),
) -> Iterator[Body]:
    """Each visible sheet that `choose` wants, with the columns it wants; and of the hidden ones those in `also`."""
    with (
        tempfile.TemporaryDirectory(prefix="yingbao-") as folder,
        _child(path.name) as child,
        ThreadPoolExecutor(1) as aside,
    ):
        unpacked = path.stat().st_size * UNPACKED_XLS if kind is Format.XLS else check_directory(path, limits)
        check = aside.submit(_check_contents, path, kind, limits)
        check.add_done_callback(lambda done: child.process.kill() if done.exception() else None)
        if unpacked <= SMALL:
            check.result()
        named = Path(folder, f"workbook.{kind}")  # the reader goes by the ending, we by the content
        named.symlink_to(path.resolve())
        child.say(_order(named, kind, unpacked, limits, also))
        with _clock(child, min(limits.seconds, BASE_SECONDS + unpacked * SECONDS_PER_MIB / MIB)):
            yield from _sheets(child, check, limits, Path(folder), choose)


def _check_contents(path: Path, kind: Format, limits: Limits) -> bool:
    """Small files are looked through before they are parsed, large ones meanwhile: it takes a third of the time."""
    return kind is Format.XLS or check_contents(path, kind, limits)


def _order(path: Path, kind: Format, unpacked: int, limits: Limits, also: Sequence[str]) -> dict[str, Any]:
    """A small file gets little memory, so that a small hostile one cannot take much."""
    hidden = [name for name in hidden_sheets(path) if name not in also] if kind is Format.XLSX else []
    return {
        "path": str(path),
        "memory": min(limits.memory_bytes, BASE_MEMORY + unpacked * 5 // 2),
        "hidden": hidden,
        "also": list(also),
        "large": kind is Format.XLSX and unpacked > LARGE,
    }


def _sheets(
    child: "_Child", check: Future[bool], limits: Limits, folder: Path, choose: Callable[[Grid], Plan | None]
) -> Iterator[Body]:
    numbers = count()
    while "end" not in (message := _hear_checked(child, check)):
        grid = Grid(message["sheet"], message["head"], message["rows"], message["width"], message["first"])
        plan = choose(_checked(child.name, grid, limits)) if grid.rows else None
        if plan is None:
            child.say(None)
            continue
        target = folder / f"{next(numbers)}.arrow"  # a file once read may still be mapped
        child.say(_wish(grid, plan, plan.codes if check.result() else [], target))
        yield _body(grid, plan, child.hear()["errors"], target)


def _hear_checked(child: "_Child", check: Future[bool]) -> dict[str, Any]:
    """Nothing is taken from a file before it is looked through; what that finds says more than a dead child."""
    try:
        return child.hear()
    finally:
        check.result()


def hidden_sheets(path: Path) -> list[str]:
    """Hidden sheets are not read; ours (`_meta`) are very hidden."""
    with zipfile.ZipFile(path) as archive:
        workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    sheets = (element for element in workbook.iter() if element.tag.endswith("}sheet"))
    return [sheet.get("name", "") for sheet in sheets if sheet.get("state", "visible") != "visible"]


def _checked(name: str, grid: Grid, limits: Limits) -> Grid:
    if grid.rows > limits.rows:
        raise refusals.too_many_rows(name, grid.rows, limits.rows)
    if grid.width > limits.columns:
        raise refusals.too_many_columns(name, grid.width, limits.columns)
    return grid


def _wish(grid: Grid, plan: Plan, codes: list[int], target: Path) -> dict[str, Any]:
    absolute = [grid.first_column + column for column in codes]
    return {"path": str(target), "columns": plan.columns, "numeric": codes, "numeric_absolute": absolute}


def _body(grid: Grid, plan: Plan, errors: Sequence[tuple[int, int, str]], file: Path) -> Body:
    frame = pl.read_ipc(file)
    frame = frame.with_columns(row_no=pl.int_range(1, pl.len() + 1, dtype=pl.Int32))
    cells = [(row + 1, f"c{column}", text) for row, column, text in errors]
    return Body(grid, plan, frame, pl.DataFrame(cells, NO_ERRORS.schema, orient="row"))


@dataclass
class _Child:
    """The parser at the other end of two pipes."""

    name: str
    process: subprocess.Popen[str]
    late: threading.Event

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise refusals.reader_stopped(self.name, "用时过长" if self.late.is_set() else "内存超出上限")
        message: dict[str, Any] = json.loads(line)
        if "fault" in message:
            raise _refusal_of(self.name, message["fault"])
        return message

    def say(self, answer: dict[str, Any] | None) -> None:
        assert self.process.stdin
        with suppress(BrokenPipeError):  # the next hearing says what happened
            self.process.stdin.write(json.dumps(answer) + "\n")
            self.process.stdin.flush()


# what libraries say when they get no more memory: for data, for a mapped file, for a thread
OUT_OF_MEMORY = ("memory", "allocat", "failed to map", "os error 11", "os error 12", "thread")


def _refusal_of(name: str, fault: str) -> Exception:
    """What the reader's own words mean to the person who sent the file."""
    said = fault.casefold()
    if any(words in said for words in OUT_OF_MEMORY):
        return refusals.reader_stopped(name, "内存超出上限")
    if "cell limit" in said:
        return refusals.reader_stopped(name, "发现表格范围异常庞大")
    return refusals.encrypted(name) if "password" in said else refusals.damaged(name, "表格内容无法解析")


@contextmanager
def _child(name: str) -> Iterator[_Child]:
    with subprocess.Popen(
        [sys.executable, "-I", str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin
        try:
            yield _Child(name, process, threading.Event())
        finally:
            process.kill()
            with suppress(BrokenPipeError):
                process.stdin.close()


@contextmanager
def _clock(child: _Child, seconds: float) -> Iterator[None]:
    clock = threading.Timer(seconds, _stop, [child])
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _stop(child: _Child) -> None:
    child.late.set()
    child.process.kill()
