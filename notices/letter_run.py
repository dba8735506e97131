"""A whole run of letters: the faces cut once, the work shared by processes, what cannot be printed told (C11)."""

import multiprocessing
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from notices.booklet import Booklet, print_booklet, volumes
from notices.letter import LetterData, printed_chars, title_chars
from notices.letter_html import STYLE, Layout, fixed_chars
from notices.letter_print import Outcome, part_printable, print_singles
from notices.pdf.faces import Faces, cut_faces
from notices.pdf.press import Press

TOGETHER = 50  # letters set at once: about a second of work
WORTH_A_PROCESS = 120  # letters from which starting processes pays


@dataclass(frozen=True)
class Singles:
    letters: tuple[LetterData, ...]

    def chars(self) -> frozenset[str]:
        return frozenset[str]().union(*map(printed_chars, self.letters))

    def titles(self) -> frozenset[str]:
        return frozenset[str]().union(*map(title_chars, self.letters))

    def run(self, press: Press, layout: Layout, folder: Path) -> Outcome:
        return print_singles(press, self.letters, layout, folder)


@dataclass(frozen=True)
class Volume:
    booklet: Booklet

    @property
    def letters(self) -> tuple[LetterData, ...]:
        return self.booklet.letters

    def chars(self) -> frozenset[str]:
        return self.booklet.chars()

    def titles(self) -> frozenset[str]:
        return self.booklet.title_chars()

    def run(self, press: Press, layout: Layout, folder: Path) -> Outcome:
        return print_booklet(press, self.booklet, layout, folder)


Job = Singles | Volume


def print_letters(
    letters: Sequence[LetterData], folder: Path, layout: Layout, *, processes: int = 1
) -> Iterator[Outcome]:
    """One PDF per employer into `folder`. Outcomes come as they are done: batches of a second or so."""
    fit, stopped = part_printable(letters)
    yield Outcome((), tuple(stopped))
    jobs = [Singles(tuple(fit[at : at + TOGETHER])) for at in range(0, len(fit), TOGETHER)]
    yield from _run(jobs, folder, layout, processes)


def print_booklets(
    booklets: Sequence[Booklet], folder: Path, layout: Layout, *, processes: int = 1
) -> Iterator[Outcome]:
    """Booklets in volumes into `folder`."""
    jobs: list[Volume] = []
    for booklet in booklets:
        fit, stopped = part_printable(booklet.letters)
        yield Outcome((), tuple(stopped))
        jobs += [Volume(one) for one in volumes(booklet.without(stopped, fit))]
    yield from _run(jobs, folder, layout, processes)


def _run(jobs: Sequence[Job], folder: Path, layout: Layout, processes: int) -> Iterator[Outcome]:
    if not jobs:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="yingbao-faces-") as held:
        text = frozenset[str]().union(*(job.chars() for job in jobs))
        titles = fixed_chars(layout).union(*(job.titles() for job in jobs))
        faces = cut_faces(text, titles, Path(held))
        if processes > 1 and sum(len(job.letters) for job in jobs) >= WORTH_A_PROCESS:
            yield from _in_processes(jobs, faces, folder, layout, processes, Path(held))
        else:
            press = Press(faces, STYLE)
            yield from (job.run(press, layout, folder) for job in jobs)


def _in_processes(
    jobs: Sequence[Job], faces: Faces, folder: Path, layout: Layout, processes: int, scratch: Path
) -> Iterator[Outcome]:
    """Fresh processes: a copy of a flow's threads and connections is nothing to print with."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, fresh, _open_press, (faces, scratch)) as pool:
        futures = [pool.submit(_run_here, job, layout, folder) for job in jobs]
        yield from (future.result() for future in futures)


_press: Press | None = None


def _open_press(faces: Faces, scratch: Path) -> None:
    """Once a process: style sheet and fonts cost as much as ten letters.

    WeasyPrint removes its folder of fonts when Python ends in good order, which processes of a pool never do.
    """
    global _press
    tempfile.tempdir = str(scratch)
    _press = Press(faces, STYLE)


def _run_here(job: Job, layout: Layout, folder: Path) -> Outcome:
    assert _press is not None
    return job.run(_press, layout, folder)
