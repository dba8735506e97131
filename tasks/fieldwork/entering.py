"""Enter field work: a workbook with an answer for every row, or one act by command."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from models.campaign import Campaign
from models.database import writing
from models.errors import RuleRefused, YingbaoError
from models.fieldwork import Work
from models.rules.fieldwork_forms import FORMS, Form
from models.rules.fieldwork_rows import Cells, is_blank, read_cells, span_of
from tasks.fieldwork.assignments import take_assignments
from tasks.fieldwork.checks import take_checks
from tasks.fieldwork.desk import Answer, Desk, Entry, Outcome
from tasks.fieldwork.ladder import take_steps
from tasks.fieldwork.plain import take_publicity, take_reasons, take_visits
from tasks.fieldwork.reading import read_form
from tasks.fieldwork.trainings import take_trainings
from tasks.fieldwork.units import asked_of, known_units_of, unit_of
from tasks.membership import one_employer
from tasks.reading import sha256_of

TAKERS: Mapping[Work, Callable[[Desk, Sequence[Entry]], Iterator[Answer]]] = {
    Work.TRAINING: take_trainings,
    Work.GUIDANCE: take_assignments,
    Work.VISIT: take_visits,
    Work.CHECK: take_checks,
    Work.PUBLICITY: take_publicity,
    Work.REASON: take_reasons,
    Work.ESCALATE: take_steps,
}
NO_UNIT = "E1572"


@dataclass
class Entered:
    """What became of every row of a file, in its order."""

    form: Form
    file: str
    sha256: str
    rehearsed: bool
    rows: list[Answer] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)


def import_form(campaign: Campaign, path: Path, as_of: date, *, by: str, rehearse: bool = False) -> Entered:
    """A refused row does not stop the others; the same file again changes nothing."""
    filled = read_form(path, campaign.key)
    result = Entered(filled.form, path.name, sha256_of(path), rehearse)
    with writing(rehearse=rehearse) as db:
        desk = Desk(db, campaign, as_of, by, folder=path.parent, rehearse=rehearse)
        entries = list(_entries(desk, filled.form, filled.rows, result.rows))
        result.rows += TAKERS[filled.form.work](desk, entries)
    result.rows.sort(key=lambda row: row.row_no)
    return result


def enter(
    campaign: Campaign,
    work: Work,
    unit: str | None,
    cells: Cells,
    as_of: date,
    *,
    by: str,
    folder: Path = Path(),
) -> Answer:
    """One act by hand. Raises RuleRefused where it is not taken."""
    form = FORMS[work]
    with writing() as db:
        desk = Desk(db, campaign, as_of, by, folder=folder, by_hand=True)
        number = one_employer(db, unit) if unit else None
        given = read_cells(form, cells, campaign, span_of(campaign, as_of))
        (answer,) = TAKERS[work](desk, [Entry(1, number, unit or "", given)])
        if answer.outcome is Outcome.REFUSED:
            raise RuleRefused(answer.code or NO_UNIT, answer.words)
        return answer


def _entries(desk: Desk, form: Form, rows: Mapping[int, Cells], answers: list[Answer]) -> Iterator[Entry]:
    """The rows that can be understood; the others are answered."""
    asked = {number: asked_of(cells) for number, cells in rows.items()}
    known = known_units_of(desk.db, list(asked.values()))
    span = span_of(desk.campaign, desk.as_of)
    for number, cells in rows.items():
        name = cells.get("name") or ""
        if is_blank(form, cells):
            answers.append(Answer(number, name, Outcome.BLANK))
            continue
        try:
            unit = None
            if form.units and (form.unit_needed or not asked[number].silent):
                unit = unit_of(asked[number], known)
            given = read_cells(form, cells, desk.campaign, span)
        except YingbaoError as wrong:
            answers.append(Answer(number, name, Outcome.REFUSED, wrong.message, wrong.code))
            continue
        yield Entry(number, unit, known.units[unit].name if unit else name, given)
