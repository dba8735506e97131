"""F12: numbers of persons and of points are not negative, nor beyond what one workplace can hold."""

from collections.abc import Iterator

from models.form.monitoring import Points
from models.form.part import Part
from models.form.surveillance import Examined
from models.rules.checking import Case, Finding, must_fix
from models.rules.headcount import MOST

RULE = must_fix("E1612", "F12", f"人数、点数应在0到{MOST}之间")
BASICS = ("headcount", "outsourced", "exposed", "diseased", "trained")
POINTS = ("measured", "exceeding")
EXAMINED = tuple(name for name in Examined.model_fields if name != "of")


def check(case: Case) -> Iterator[Finding]:
    for path, number in _counts(case):
        if number is not None and not 0 <= number <= MOST:
            yield RULE.at(
                path, number, f"0–{MOST}", f"填的是{number}，应为0到{MOST}之间的整数，请核对后重填。"
            )


def _counts(case: Case) -> Iterator[tuple[str, int | None]]:
    form = case.form
    for name in BASICS:
        yield f"basics.{name}", getattr(form.basics, name)
    if form.hazards:
        for path, _, number in form.hazards.exposures():
            yield path, number
    yield from _table("monitoring", form.monitoring.rows if form.monitoring else (), POINTS)
    yield from _table("surveillance", form.surveillance.rows if form.surveillance else (), EXAMINED)


def _table(
    section: str, rows: tuple[Points, ...] | tuple[Examined, ...], names: tuple[str, ...]
) -> Iterator[tuple[str, int | None]]:
    row: Part
    for at, row in enumerate(rows):
        for name in names:
            yield f"{section}.rows.{at}.{name}", getattr(row, name)
