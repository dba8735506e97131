"""One row of the review workbook: the work list's line, what the check found, the figures side by side (M04)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.form.form import Form
from models.queries.filings import find_declaration, find_registrant, form_of
from models.queries.review_case import case_of
from models.queries.review_list import ReviewLine
from models.reference.words import industry_text
from models.rules.checking import Case, Finding
from models.rules.checks import run_checks
from models.rules.review_words import issued
from tasks.code_lists import code_lists
from tasks.review_books.layout import COMPARED

SECRET, NOTHING, NONE = "涉密", "无", "—"


def row_of(db: Session, campaign: Campaign, line: ReviewLine) -> dict[str, Any]:
    held = find_declaration(db, line.declaration)
    owner, form = find_registrant(db, held.registrant_id), form_of(db, held)
    case = case_of(db, owner, form, line.filed_on, lists=code_lists(), declaration=held.id)
    return {
        "key": issued(held.id, held.version, held.steps, held.head).key,
        "number": held.id,
        "name": line.name,
        "county": campaign.county_names.get(line.county, line.county),
        "code": form.basics.credit_code,
        "type": line.type,
        "filed_on": line.filed_on,
        "state": str(line.state),
        "operations": "·".join(line.operations),
        "due_on": line.due_on,
        "days_late": line.days_late,
        "findings": finding_words(run_checks(case)),
        **_figures(case),
        "hazards": _hazards(form),
        "products": _products(form),
    }


def finding_words(findings: Sequence[Finding]) -> str:
    told = (
        f"{at}.【{one.severity}】{one.field}：申报“{one.found}”，对照“{one.against}”。{one.message}"
        for at, one in enumerate(findings, start=1)
    )
    return " ".join(told) or "无"


def _figures(case: Case) -> dict[str, str]:
    """Declared, in the database, in the last approved one; what nobody knows is a dash."""
    last = case.last.form.basics if case.last and case.last.form else None
    beside = {"申报": case.form.basics, "数据库": case.unit, "上次": last}
    return {key: _compared(key, beside) for key in COMPARED}


def _compared(key: str, beside: Mapping[str, Any]) -> str:
    """The database knows nothing of exposed persons, so it is not shown there."""
    told = {whose: getattr(facts, key, None) for whose, facts in beside.items()}
    if key == "exposed":
        del told["数据库"]
    return "；".join(f"{whose} {_said(key, value)}" for whose, value in told.items())


def _said(key: str, value: Any) -> str:
    if value is None:
        return NONE
    return industry_text(value) if key == "industry" else str(value)


def _hazards(form: Form) -> str:
    classes = form.hazards.classes() if form.hazards else ()
    return "、".join(kind.chinese for kind, exposure in classes if exposure.present) or NONE


def _products(form: Form) -> str:
    """Never which: a secret one's list must not hang on whoever wrote this row."""
    products = form.products
    if products is None:
        return NONE
    if products.secret:
        return SECRET
    return NOTHING if [row.name for row in products.rows] == [NOTHING] else f"{len(products.rows)}种"
