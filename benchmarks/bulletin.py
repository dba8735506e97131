"""Seconds of a bulletin of ten counties as PDF, docx and xlsx, lists of units included.

    .venv/bin/python -m benchmarks.bulletin --units 60 300 1000

`units`: lines of the printed list; the workbook has six member lists as long beside it. The first line of each is a
fresh process's, libraries and faces loaded; processor time is what a busy machine does not blur.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from notices.bulletin.book.write import write_book
from notices.bulletin.content import Annex, Paper
from notices.bulletin.pdf import print_paper
from notices.bulletin.word.fill import write_word
from tests.notices.bulletin.make_paper import listing, paper

MEMBERS = 6


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, nargs="+", default=[60, 300, 1000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        _print_one(options.one)
        return
    for units in options.units:
        subprocess.run([sys.executable, "-m", "benchmarks.bulletin", "--one", str(units)], check=True)


def _print_one(units: int) -> None:
    made = _bulletin(units)
    with TemporaryDirectory() as folder:
        for turn in ("first", "again"):
            forms = {"pdf": print_paper, "docx": write_word, "xlsx": write_book}
            costs = [_cost(form, made, Path(folder) / f"a.{ending}") for ending, form in forms.items()]
            walls, cpus = (sum(column) for column in zip(*costs, strict=True))
            parts = "  ".join(
                f"{name} {wall:.2f}/{cpu:.2f}" for name, (wall, cpu) in zip(forms, costs, strict=True)
            )
            sys.stdout.write(f"{units:>6} units {turn}  wall {walls:.2f}  cpu {cpus:.2f}  ({parts})\n")


def _cost(form: Callable[[Paper, Path], object], made: Paper, path: Path) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    form(made, path)
    return time.perf_counter() - wall, time.process_time() - cpu


def _bulletin(units: int) -> Paper:
    annexes = (*paper().annexes[:2], Annex(title="未申报用人单位名单", blocks=(listing(units),)))
    return paper(annexes=annexes, members=tuple(listing(units, f"成员{at}") for at in range(MEMBERS)))


if __name__ == "__main__":
    main()
