"""One row of the review workbook: the work list's line, what the check found, the figures side by side (M04)."""

from collections.abc import Sequence
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


def _figures(case: Case) -> dict[str, Any]:
    """Declared, in the database, in the last approved one; what nobody knows is a dash."""
    now, unit = case.form.basics, case.unit
    last = case.last.form.basics if case.last and case.last.form else None
    found: dict[str, Any] = {}
    for name in ("industry", "size", "headcount"):
        for whose, facts in (("declared", now), ("known", unit), ("last", last)):
            value = getattr(facts, name, None)
            told = industry_text(value) if name == "industry" and value else value
            found[f"{name}_{whose}"] = NONE if told is None else told
    found["exposed_declared"] = NONE if now.exposed is None else now.exposed
    found["exposed_last"] = NONE if last is None or last.exposed is None else last.exposed
    return found


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
