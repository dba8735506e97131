"""A declaration field by field in people's words, beside what the database and the last approved one say (F08)."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from models.form.form import Form, stored
from models.form.hazards import HazardClass
from models.form.items import item_of
from models.form.titles import title_of
from models.rules.checking import said

WHOLE = "申报"
SECTIONS = list(Form.model_fields)
# what the database knows under another word than the form
IN_DATABASE = {
    "basics.name": "name",
    "basics.credit_code": "credit_code",
    "basics.county": "county",
    "basics.town": "town",
    "basics.registered_address": "registered_address",
    "basics.workplace_address": "address",
    "basics.size": "size",
    "basics.economic_type": "economic_type",
    "basics.industry": "industry",
    "basics.headcount": "headcount",
}


class Line(NamedTuple):
    section: str
    title: str
    path: str
    value: str | None
    database: str | None
    last: str | None

    @property
    def differs(self) -> bool:
        """Something is known that says otherwise."""
        return any(known not in (None, self.value) for known in (self.database, self.last))


def side_by_side(form: Form, last: Form | None, unit: Mapping[str, Any] | None) -> list[Line]:
    """Every field that has a value here; of the last one also those that have none any more."""
    own, before = _values(form), _values(last) if last else {}
    known = {
        path: said(unit[fact]) for path, fact in IN_DATABASE.items() if unit and unit.get(fact) is not None
    }
    paths = dict.fromkeys((*own, *known, *before))
    lines = (_line(path, own.get(path), known.get(path), before.get(path)) for path in paths)
    return sorted(lines, key=lambda line: SECTIONS.index(line.path.split(".")[0]))


def _line(path: str, value: str | None, database: str | None, last: str | None) -> Line:
    section, _, title = title_of(path).partition("·")
    if not title:  # a field of the form itself
        section, title = WHOLE, section
    return Line(section, title, path, value, database, last)


def _values(form: Form) -> dict[str, str]:
    """Path → value, as people read it."""
    content = {name: value for name, value in stored(form).items() if name != "format"}
    return {path: _words(path, value) for path, value in _leaves(content, "")}


def _words(path: str, value: Any) -> str:
    if isinstance(value, bool):
        yes, no = item_of(path).choices
        return yes if value else no
    if path.startswith("surveillance.") and path.endswith(".of"):
        return HazardClass(value).chinese
    return said(value)


def _leaves(value: Any, at: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, f"{at}{name}.")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{at}{number}.")
    else:
        yield at.rstrip("."), value
