"""A document handed in becomes a declaration: registered if new, saved, checked and, if asked for, submitted.

One document is one transaction: what went in before a stop is there, and the same files again change nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions import review
from models.actions.declaration_steps import lock_registrant
from models.database import writing
from models.declaration import DeclarationState
from models.errors import InputRefused, YingbaoError
from models.filing import DeclarationVersion, FiledDeclaration, Level, Source
from models.form.form import Form, content_hash, stored
from models.problem import Severity
from models.queries.registrant_of import editable_of
from models.queries.review_case import case_of, snapshot_of, unit_of
from models.rules.checking import Case, Finding
from models.rules.checks import run_checks, update_needs_prior
from models.rules.review import Actor
from tasks.code_lists import code_lists
from tasks.filing.documents import Document, documents_in
from tasks.filing.identity import registrant_for


class Outcome(StrEnum):
    SUBMITTED = "已提交"
    SAVED = "已暂存"
    WRONG = "须改正"  # saved, and not submitted
    SAME = "没有变动"
    REFUSED = "未接收"


@dataclass(frozen=True)
class Entered:
    """What became of one document, with everything that was found at once."""

    file: str
    position: int
    outcome: Outcome
    name: str | None = None
    credit_code: str | None = None
    registrant: int | None = None
    declaration: int | None = None
    version: int | None = None
    state: str | None = None
    registered: bool = False  # newly
    code: str | None = None
    message: str = ""
    unreadable: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        return self.outcome in (Outcome.REFUSED, Outcome.WRONG)


@dataclass(frozen=True)
class Way:
    """How documents are entered."""

    by: str
    on: date
    submit: bool = False
    rehearse: bool = False


def enter_files(paths: Sequence[Path], way: Way) -> list[Entered]:
    """One bad document does not stop the others."""
    return [enter(document, way) for document in documents_in(paths)]


def enter(document: Document, way: Way) -> Entered:
    if document.form is None:
        refusal = document.refusal or InputRefused("E1690", "申报表读不进来。")
        return replace(_blank(document), code=refusal.code, message=refusal.message, unreadable=True)
    try:
        with writing(rehearse=way.rehearse) as db:
            return _enter(db, document, document.form, way)
    except YingbaoError as refusal:
        unreadable = isinstance(refusal, InputRefused)
        told = replace(_blank(document), findings=_of_nobody(document, document.form, way.on))
        return replace(told, code=refusal.code, message=refusal.message, unreadable=unreadable)


def _enter(db: Session, document: Document, form: Form, way: Way) -> Entered:
    owner, registered = registrant_for(db, form.basics, document.meta, by=way.by, on=way.on)
    lock_registrant(db, owner.id)
    actor = Actor(Level.EMPLOYER, str(owner.id), way.by)
    known = _saved_before(db, owner.id, form)
    if known is not None:
        declaration, version = known
    else:
        declaration = _save(db, owner.id, form, actor, way.on)
        version = declaration.version
    case = case_of(db, owner, form, way.on, lists=code_lists(), declaration=declaration.id)
    findings = _found(document, case)
    told = replace(
        _blank(document),
        outcome=Outcome.SAME if known else Outcome.SAVED,
        registrant=owner.id,
        declaration=declaration.id,
        version=version,
        registered=registered,
        findings=findings,
    )
    in_force = version == declaration.version and declaration.state == DeclarationState.DRAFT
    if way.submit and (in_force or known is None):
        told = _submit(db, declaration, told, actor, way.on)
    return replace(told, state=declaration.state, message=_words(told, declaration))


def _submit(db: Session, declaration: FiledDeclaration, told: Entered, actor: Actor, on: date) -> Entered:
    if any(finding.must_fix for finding in told.findings):
        return replace(told, outcome=Outcome.WRONG)
    versions = code_lists().versions
    review.submit(db, declaration.id, told.findings, versions=versions, actor=actor, on=on)
    return replace(told, outcome=Outcome.SUBMITTED)


def _saved_before(db: Session, registrant: int, form: Form) -> tuple[FiledDeclaration, int] | None:
    """The version that says exactly this, the youngest if several do: it was handed in before."""
    version = DeclarationVersion
    found = db.execute(
        select(FiledDeclaration, version.number)
        .join(version, version.declaration_id == FiledDeclaration.id)
        .where(
            FiledDeclaration.registrant_id == registrant,
            FiledDeclaration.source != Source.PLATFORM,
            version.sha256 == content_hash(stored(form)),
        )
        .order_by(FiledDeclaration.id.desc(), version.number.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else None


def _save(db: Session, registrant: int, form: Form, actor: Actor, on: date) -> FiledDeclaration:
    """A new version of the one that is open, else a new one (F13 refuses while another waits)."""
    known = snapshot_of(unit_of(db, lock_registrant(db, registrant)))
    one = editable_of(db, registrant)
    if one is None:
        return review.save(db, registrant, form, actor=actor, on=on, unit_facts=known)
    return review.edit(db, one.id, form, actor=actor, on=on, unit_facts=known)


def _found(document: Document, case: Case) -> tuple[Finding, ...]:
    """A cell that could not be read is told as that, not as an empty one once more."""
    unread = {one.path for one in document.troubles}
    checked = (one for one in run_checks(case) if one.path not in unread)
    return (*_as_findings(document), *checked)


def _of_nobody(document: Document, form: Form, on: date) -> tuple[Finding, ...]:
    """What is wrong with the document itself, told with the refusal: all at once (F12), nothing that asks for its owner."""
    parent = form.basics.parent_code
    case = Case(form=form, on=on, lists=code_lists(), approved_principals={parent} if parent else ())
    asks_for_owner = update_needs_prior.RULE.code
    return tuple(one for one in _found(document, case) if one.must_fix and one.code != asks_for_owner)


def _as_findings(document: Document) -> tuple[Finding, ...]:
    """A cell that could not be read has to be put right like anything else."""
    return tuple(
        Finding(one.code, "2.3", Severity.MUST_FIX, one.field, one.path, one.found, "", one.message)
        for one in document.troubles
    )


def _words(told: Entered, declaration: FiledDeclaration) -> str:
    at = f"第{declaration.id}号申报第{told.version}版"
    wrong = sum(finding.must_fix for finding in told.findings)
    if told.outcome is Outcome.SUBMITTED:
        return f"{at}，已提交，等待县（区）审核。"
    if told.outcome is Outcome.WRONG:
        return f"{at}，有{wrong}处必须改正，改正后再提交。"
    if told.outcome is Outcome.SAME:
        return f"与{at}相同（{declaration.state}），没有变动。"
    return f"{at}，暂存，还没有提交{f'；有{wrong}处必须改正' if wrong else ''}。"


def _blank(document: Document) -> Entered:
    basics = document.form.basics if document.form else None
    return Entered(
        document.file,
        document.position,
        Outcome.REFUSED,
        name=basics.name if basics else None,
        credit_code=basics.credit_code if basics else None,
        findings=_as_findings(document),
    )
