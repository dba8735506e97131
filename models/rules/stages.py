"""How far a unit came up the ladder, in a word (C17, C18)."""

from models.fieldwork import RUNGS, Rung


def stage(rung: int | None) -> str:
    return "未告知" if rung is None else RUNGS[Rung(rung)]
