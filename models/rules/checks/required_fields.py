"""F12: every field marked * is filled in; each missing one is named. A whole section missing is F25's to tell."""

from collections.abc import Iterator

from models.form.part import Part
from models.form.titles import fields_asked, title_of
from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1610", "F12", "必填项不得为空")
ASKED = tuple((path, path.split(".")) for path in fields_asked())


def check(case: Case) -> Iterator[Finding]:
    for path, (*above, name) in ASKED:
        part = _part(case.form, above)
        if part is not None and getattr(part, name) is None:
            yield RULE.at(path, None, "必填", f"“{title_of(path)}”是必填项，请填写。")


def _part(part: Part | None, steps: list[str]) -> Part | None:
    for step in steps:
        part = getattr(part, step) if part is not None else None
    return part
