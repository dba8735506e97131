"""Letters per second, kB a letter and memory: ours beside WeasyPrint used plainly, typst and reportlab.

    .venv/bin/python -m benchmarks.letters --letters 1000 --rounds 3
    .venv/bin/python -m benchmarks.letters --memory 1000 20000

All ways take turns in every round; each figure is the best round, as the machine is shared. Read the ratios.
"""

import argparse
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.letter_mix import city_letters, one_of_each_class
from benchmarks.letter_peers import Way, plain_weasyprint, reportlab_ways, typst_ways
from benchmarks.measure import measured
from notices.booklet import Booklet
from notices.letter import LetterData, printed_chars
from notices.letter_html import Layout, fixed_chars
from notices.letter_print import Outcome
from notices.letter_run import print_booklets, print_letters
from notices.pdf.faces import cut_faces
from tasks.notice_rounds.printing import TOGETHER

PLAIN = 20  # letters of the slow way
PLAIN_NAME = "WeasyPrint plain, single"


class Cost(NamedTuple):
    wall: float
    cpu: float  # of this process and its children: what a busy machine does not blur
    bytes: float


class Start:
    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), _cpu()

    def cost(self, size: int) -> Cost:
        return Cost(time.perf_counter() - self.wall, _cpu() - self.cpu, size)


def _cpu() -> float:
    return sum(os.times()[:4])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, nargs="*", default=[], help="only booklets of so many letters")
    parser.add_argument("--one-memory", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--draft", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.draft:
        _draft(int(options.draft[0]), Path(options.draft[1]))
    elif options.one_memory:
        _peak(options.one_memory)
    elif options.memory:
        for count in options.memory:  # a process each: nothing of the smaller run is left
            subprocess.run(
                [sys.executable, "-m", "benchmarks.letters", "--one-memory", str(count)], check=True
            )
    else:
        _compare(options.letters, options.rounds)


def _compare(count: int, rounds: int) -> None:
    letters = city_letters(count)
    say(
        f"{count} letters, {len(one_of_each_class(letters))} classes, {os.cpu_count()} cores, {rounds} rounds, the best told"
    )
    with TemporaryDirectory(prefix="yingbao-bench-") as held:
        folder = Path(held)
        ways = _ways(folder, letters)
        best: dict[str, Cost] = {}
        for _ in range(rounds):
            for name, (way, taken) in ways.items():
                cost = Cost(*(part / taken for part in way(letters[:taken])))
                before = best.get(name, cost)
                best[name] = Cost(min(before.wall, cost.wall), min(before.cpu, cost.cpu), cost.bytes)
    plain = best[PLAIN_NAME]
    say(
        f"{'':<28}{'ms wall':>9}{'ms cpu':>9}{'kB':>9}{'x wall':>9}{'x cpu':>9}   per letter; x: plain / this"
    )
    for name, cost in best.items():
        figures = f"{cost.wall * 1e3:>9.2f}{cost.cpu * 1e3:>9.2f}{cost.bytes / 1e3:>9.2f}"
        say(f"{name:<28}{figures}{plain.wall / cost.wall:>9.1f}{plain.cpu / cost.cpu:>9.1f}")


Timed = Callable[[Sequence[LetterData]], Cost]


def _ways(folder: Path, letters: Sequence[LetterData]) -> dict[str, tuple[Timed, int]]:
    count = len(letters)
    chars = fixed_chars(Layout()).union(*map(printed_chars, letters))
    faces = cut_faces(chars, chars, folder)
    ways: dict[str, tuple[Timed, int]] = {PLAIN_NAME: (_peer(plain_weasyprint), min(PLAIN, count))}
    for processes in (1, 2):
        ways[f"ours, single, {processes} proc."] = (_ours_single(folder, processes), count)
        ways[f"ours, booklet, {processes} proc."] = (_ours_bound(folder, processes), count)
    ways["bound of stamping"] = (_stamping_bound(folder, processes=1), count)
    peers = typst_ways(folder, faces, letters[0]) | reportlab_ways(faces, letters[0])
    return ways | {name: (_peer(way), count) for name, way in peers.items()}


def _peer(way: Way) -> Timed:
    def timed(letters: Sequence[LetterData]) -> Cost:
        start = Start()
        files = way(letters)
        return start.cost(sum(map(len, files)))

    return timed


def _ours_single(folder: Path, processes: int) -> Timed:
    """Everything counts: cutting faces, starting processes, writing files."""

    def timed(letters: Sequence[LetterData]) -> Cost:
        with TemporaryDirectory(dir=folder) as out:
            start = Start()
            _all_printed(print_letters(letters, Path(out), Layout(), processes=processes))
            return start.cost(_bytes(Path(out)))

    return timed


def _ours_bound(folder: Path, processes: int) -> Timed:
    def timed(letters: Sequence[LetterData]) -> Cost:
        with TemporaryDirectory(dir=folder) as out:
            start = Start()
            _all_printed(print_booklets(_by_county(letters), Path(out), Layout(), processes=processes))
            return start.cost(_bytes(Path(out)))

    return timed


def _all_printed(outcomes: Iterable[Outcome]) -> None:
    if stopped := [line for outcome in outcomes for line in outcome.stopped]:
        raise SystemExit(f"{len(stopped)} letters stopped, the first: {stopped[0]}")


def _stamping_bound(folder: Path, *, processes: int) -> Timed:
    """What stamping names into one page per class could not fall below: those pages, and nothing stamped yet."""
    bound = _ours_bound(folder, processes)
    return lambda letters: bound(one_of_each_class(letters))


def _by_county(letters: Sequence[LetterData]) -> list[Booklet]:
    counties = dict.fromkeys(letter.county for letter in letters)
    return [
        Booklet((county,), county, "2024年8月9日", tuple(one for one in letters if one.county == county))
        for county in counties
    ]


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*.pdf"))


def _peak(count: int) -> None:
    """As a round prints: the letters of a few towns at a time, drafted by somebody else."""
    with TemporaryDirectory(prefix="yingbao-bench-") as held:
        drafts, out = Path(held) / "drafts", Path(held) / "out"
        subprocess.run(
            [sys.executable, "-m", "benchmarks.letters", "--draft", str(count), str(drafts)], check=True
        )
        with measured(f"{count} letters in booklets") as result:
            for group in sorted(drafts.iterdir()):
                letters: list[LetterData] = pickle.loads(group.read_bytes())
                _all_printed(print_booklets(_by_county(letters), out, Layout(), processes=2))
    say(result.line())


def _draft(count: int, folder: Path) -> None:
    """In groups of the size that a round prints together, in the order of county and town."""
    folder.mkdir(parents=True)
    letters = city_letters(count)
    for number, start in enumerate(range(0, count, TOGETHER)):
        (folder / f"{number:05d}").write_bytes(pickle.dumps(letters[start : start + TOGETHER]))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
