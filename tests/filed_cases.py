"""A sample declaration as the checks are given it."""

import json

from models.form.form import Form
from models.form.reading import read_form
from models.rules.checking import Case, Facts, Last, Registered
from models.rules.code_lists import CodeLists
from tasks.sample.filed.sound import Document, Filed


def case_of(filed: Filed, lists: CodeLists) -> Case:
    last = None
    if filed.last is not None and filed.last_on is not None:
        last = Last(filed.last_on, _form(filed.last))
    return Case(
        form=_form(filed.document),
        on=filed.on,
        lists=lists,
        registered=Registered(**filed.registered),
        unit=Facts(**filed.unit),
        last=last,
        approved_principals=filed.parents,
        other_principal=filed.principal,
    )


def _form(document: Document) -> Form:
    return read_form(json.dumps(document))
