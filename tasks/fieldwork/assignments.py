"""Assignments of guidance: at most one open for a unit, closed with a result (C14)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from models.actions.fieldwork import close_guidance
from models.errors import RuleRefused
from models.guidance import Guidance
from models.queries.fieldwork_held import held_acts
from tasks.fieldwork.desk import OTHERWISE, WITHDRAWN, Answer, Desk, Entry, Outcome, refused, units_in

HALF_TOLD, OPEN, NONE_OPEN, DUE_BEFORE = "E1573", "E1575", "E1578", "E1579"
TERMS = ("assigned_on", "agency", "assignee", "programme", "due_on", "note")


def take_assignments(desk: Desk, entries: Sequence[Entry]) -> Iterator[Answer]:
    held: dict[int, list[Guidance]] = defaultdict(list)
    for unit, act in held_acts(desk.db, Guidance, desk.campaign, units_in(entries)):
        held[unit].append(act)
    for entry in entries:
        assert entry.unit is not None
        try:
            words = _take(desk, entry, held[entry.unit])
        except RuleRefused as wrong:
            yield refused(entry, wrong)
            continue
        yield Answer(entry.row_no, entry.name, Outcome.NEW if words else Outcome.SAME, words)


def _take(desk: Desk, entry: Entry, acts: list[Guidance]) -> str:
    """What is new of the row; nothing where all of it is known."""
    given, told = entry.given, []
    if (given["closed_on"] is None) != (given["result"] is None):
        raise RuleRefused(HALF_TOLD, "“办结日期”和“办理结果”要同时填。")
    if given["closed_on"] and given["assigned_on"] and given["closed_on"] < given["assigned_on"]:
        raise RuleRefused(NONE_OPEN, f"办结日期 {given['closed_on']} 早于指派日期 {given['assigned_on']}。")
    standing = [act for act in acts if act.withdrawn_at is None]
    found = _same(standing, entry) if given["assigned_on"] else _to_close(standing, entry)
    if found is None:
        found = _assign(desk, entry, standing, acts)
        acts.append(found)
        told.append("已指派")
    if given["closed_on"] and _close(desk, entry, found):
        told.append("已办结")
    return "，".join(told)


def _same(standing: Sequence[Guidance], entry: Entry) -> Guidance | None:
    """The assignment that this row tells of again."""
    found = next((act for act in standing if act.assigned_on == entry.given["assigned_on"]), None)
    if found and any(getattr(found, name) != entry.given[name] for name in TERMS):
        raise RuleRefused(OTHERWISE, f"{found.assigned_on} 已指派给{found.assignee}，内容与这一行不同。")
    return found


def _to_close(standing: Sequence[Guidance], entry: Entry) -> Guidance:
    """A row that only closes: the open assignment, or the one it closed before."""
    word = (entry.given["closed_on"], entry.given["result"])
    for act in reversed(standing):
        if act.closed_on is None or (act.closed_on, act.result) == word:
            return act
    raise RuleRefused(NONE_OPEN, "该单位没有未办结的指派。")


def _assign(desk: Desk, entry: Entry, standing: Sequence[Guidance], acts: Sequence[Guidance]) -> Guidance:
    given = entry.given
    if given["due_on"] < given["assigned_on"]:
        raise RuleRefused(DUE_BEFORE, f"指导期限 {given['due_on']} 早于指派日期 {given['assigned_on']}。")
    if held := next((act for act in standing if act.closed_on is None), None):
        raise RuleRefused(
            OPEN, f"{held.assigned_on} 已指派给{held.agency}（{held.assignee}），办结以后才能再指派。"
        )
    for act in acts:
        told = all(getattr(act, name) == given[name] for name in TERMS)
        if act.withdrawn_at is not None and told and not desk.by_hand:
            raise RuleRefused(WITHDRAWN, f"这一行登记过，已撤回（{act.withdrawn_reason}），没有再登记。")
    made = Guidance(campaign=desk.campaign.key, employer_id=entry.unit, by=desk.by)
    for name in TERMS:
        setattr(made, name, given[name])
    desk.db.add(made)
    desk.db.flush()
    return made


def _close(desk: Desk, entry: Entry, found: Guidance) -> bool:
    on, result = entry.given["closed_on"], entry.given["result"]
    if found.closed_on is not None:
        if (found.closed_on, found.result) == (on, result):
            return False
        raise RuleRefused(OTHERWISE, f"该指派已于 {found.closed_on} 办结（{found.result}），与这一行不同。")
    if on < found.assigned_on:
        raise RuleRefused(NONE_OPEN, f"办结日期 {on} 早于指派日期 {found.assigned_on}。")
    close_guidance(desk.db, found, result, on=on, by=desk.by)
    return True
