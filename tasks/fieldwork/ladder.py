"""The ladder: steps that people record, and those that recorded acts prove by themselves (C18, Q17)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.actions.fieldwork import add_acts
from models.campaign import Campaign
from models.database import writing
from models.errors import RuleRefused
from models.fieldwork import Rung
from models.guidance import Escalation
from models.queries.fieldwork_held import held_acts
from models.queries.ladder_acts import proved_acts, served_on
from models.queries.undeclared import how_they_stand
from models.rules.escalation import Climb, Owing, Step, check_climb, steps_shown
from tasks.fieldwork.desk import WITHDRAWN, Answer, Desk, Entry, Outcome, refused, units_in
from tasks.targets import see_targets

NOBODY_KNOWN = Owing(target=False, declared=False, pending=False, unsure=False)


@dataclass
class Climbed:
    """How many units reached which rung by this run. Run again, it finds none."""

    as_of: date
    steps: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.steps.values())


def take_steps(desk: Desk, entries: Sequence[Entry]) -> Iterator[Answer]:
    units = units_in(entries)
    steps, withdrawn = _held(desk, units)
    owing = _owing(desk, units)
    rows: list[dict[str, Any]] = []
    for entry in entries:
        assert entry.unit is not None
        given = entry.given
        climb = Climb(given["rung"], given["done_on"], given["reason"], given["decided_by"])
        try:
            new = check_climb(steps[entry.unit], climb, owing.get(entry.unit, NOBODY_KNOWN))
            if new and (entry.unit, *climb[:2]) in withdrawn and not desk.by_hand:
                raise RuleRefused(WITHDRAWN, "这一行登记过，已撤回，没有再登记。")
        except RuleRefused as wrong:
            yield refused(entry, wrong)
            continue
        if new:
            steps[entry.unit].append(Step(climb.rung, climb.on))
            rows.append({"employer_id": entry.unit, **given})
        yield Answer(entry.row_no, entry.name, Outcome.NEW if new else Outcome.SAME)
    add_acts(desk.db, Escalation, desk.campaign, rows, by=desk.by)


def climb_by_acts(campaign: Campaign, as_of: date, *, by: str, rehearse: bool = False) -> Climbed:
    """Record the steps that delivered notices, trainings and visits prove, of the units that still have to declare.

    It skips no rung, and the last one is no act's to prove.
    """
    result = Climbed(as_of)
    with writing(rehearse=rehearse) as db:
        desk = Desk(db, campaign, as_of, by)
        acts = proved_acts(db, campaign, as_of)
        owing = _owing(desk, acts)
        units = [unit for unit in sorted(acts) if _still_owes(owing.get(unit))]
        held, _ = _held(desk, units)
        rows = []
        for unit in units:
            for rung, on in steps_shown(held[unit], acts[unit]):
                rows.append({"employer_id": unit, "rung": rung, "done_on": on})
                result.steps[rung.words] = result.steps.get(rung.words, 0) + 1
        add_acts(db, Escalation, campaign, rows, by=by)
    return result


def _still_owes(owing: Owing | None) -> bool:
    return owing is not None and owing.target and not owing.declared


def _held(desk: Desk, units: Collection[int]) -> tuple[dict[int, list[Step]], set[tuple[int, Rung, date]]]:
    steps: dict[int, list[Step]] = defaultdict(list)
    withdrawn = set()
    for unit, act in held_acts(desk.db, Escalation, desk.campaign, units):
        if act.withdrawn_at is None:
            steps[unit].append(Step(Rung(act.rung), act.done_on))
        else:
            withdrawn.add((unit, Rung(act.rung), act.done_on))
    return steps, withdrawn


def _owing(desk: Desk, units: Collection[int]) -> dict[int, Owing]:
    if not units:
        return {}
    see_targets(desk.db, desk.campaign, desk.as_of)
    found = how_they_stand(desk.db, desk.campaign, desk.as_of, units)
    served = served_on(desk.db, desk.campaign, units)
    return {unit: Owing(**standing, served=served.get(unit)) for unit, standing in found.items()}
