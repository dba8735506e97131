"""2,000 sample declarations through the files they come in: what was planted is found, what is sound is taken (F10–F26)."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from models.actions.registrants import decide_registration, register
from models.database import session, writing
from models.employer import Employer
from models.filing import DeclarationVersion, FiledDeclaration, Level, Registrant, Registration
from models.form.form import Form, stored
from models.form.reading import read_form
from models.rules.checks import run_checks
from models.rules.company_name import name_key
from models.rules.registration import Entry
from models.rules.review import Actor
from tasks.filing.documents import documents_in
from tasks.filing.entering import Entered, Outcome, Way, enter_files
from tasks.filing.platform_import import import_platform
from tasks.sample.filed.errors import make_filed
from tasks.sample.filed.sound import Filed
from tests.filed_cases import case_of
from tests.make_exports import details, main_row, write_export
from tests.make_filings import do, make_declaration
from tests.make_forms import lists
from tests.make_targets import campaign_on_file

COUNT, SEED = 2_000, 20240902
# whose a document is must be right before it is anybody's: these are refused, not found (test_entering)
IDENTITY = frozenset({"E1615", "E1616", "E1617", "E1626", "E1647", "E1648"})


@pytest.fixture(scope="module")
def sample() -> list[Filed]:
    return make_filed(COUNT, SEED)


def as_file(path: Path, sample: Sequence[Filed]) -> Path:
    path.write_text(json.dumps([filed.document for filed in sample], ensure_ascii=False), "utf-8")
    return path


def compare(filed: Filed, form: Form) -> None:
    """Every planted error is found by its rule; on a sound one nothing is."""
    found = {finding.code for finding in run_checks(replace(case_of(filed, lists()), form=form))}
    assert filed.planted <= found
    assert filed.planted or not found


def test_from_json(sample: list[Filed], tmp_path: Path) -> None:
    documents = list(documents_in([as_file(tmp_path / "all.json", sample)]))
    assert len(documents) == COUNT
    for filed, document in zip(sample, documents, strict=True):
        assert document.form is not None
        compare(filed, document.form)


@pytest.mark.usefixtures("installation")
def test_from_the_platforms_export(sample: list[Filed], tmp_path: Path) -> None:
    """The same through a workbook of five sheets, the database and back."""
    forms = [read_form(json.dumps(filed.document)) for filed in sample]
    rows = [main_row(f"GX-{at}", form) for at, form in enumerate(forms)]
    path = write_export(
        tmp_path / "e.xlsx", rows, [details(f"GX-{at}", form) for at, form in enumerate(forms)]
    )
    done = import_platform(
        path, campaign_on_file(), by="导入员", today=date(2025, 1, 1), data_date=date(2024, 9, 30)
    )
    foreign = {f"GX-{at}" for at, filed in enumerate(sample) if "E1626" in filed.planted}
    assert {(one.declaration_no, one.code) for one in done.problems} == {(key, "E1743") for key in foreign}
    held = dict(stored_forms())
    assert len(held) == COUNT - len(foreign)
    for at, (filed, form) in enumerate(zip(sample, forms, strict=True)):
        if f"GX-{at}" in held:
            assert stored(held[f"GX-{at}"]) == stored(form)
            compare(filed, held[f"GX-{at}"])


def stored_forms() -> Iterator[tuple[str, Form]]:
    with session() as db:
        rows = db.execute(
            select(FiledDeclaration.source_key, DeclarationVersion.form).join(
                DeclarationVersion, DeclarationVersion.declaration_id == FiledDeclaration.id
            )
        )
        return iter([(str(key), Form.model_validate(form)) for key, form in rows])


@pytest.mark.usefixtures("installation")
def test_the_whole_way_in(tmp_path: Path) -> None:
    """Units, registrations and last approvals in the database; filed as one file, and once more."""
    sample = [filed for filed in make_filed(60, SEED) if not filed.planted & IDENTITY]
    for filed in sample:
        known_before(filed)
    path, way = as_file(tmp_path / "all.json", sample), Way("受理员", sample[0].on, submit=True)
    entered = enter_files([path], way)
    for filed, one in zip(sample, entered, strict=True):
        told(filed, one)
    assert {one.outcome for one in enter_files([path], way)} <= {Outcome.SAME, Outcome.WRONG}


def known_before(filed: Filed) -> None:
    """What the sample says is known of the unit, brought into the database by the ways it comes there."""
    basics = filed.document["basics"]
    with writing() as db:
        unit = Employer(
            **filed.unit, name_key=name_key(filed.unit["name"]), credit_code=basics["credit_code"]
        )
        unit.county = filed.registered["county"]
        db.add(unit)
        db.flush()
        entry = Entry(basics["name"], parent_code=None, **filed.registered)
        owner = register(db, entry, by="韦一", on=filed.on.replace(year=2022), employer_id=unit.id)
        county = Actor(Level.COUNTY, owner.reviewer, "县")
        decide_registration(db, owner.id, Registration.APPROVED, actor=county, on=owner_day(filed))
        if filed.last is not None and filed.last_on is not None:
            last = read_form(json.dumps(filed.last | {"year": filed.last_on.year}))
            made = make_declaration(db, owner.id, "提交", form=last, on=filed.last_on)
            do(db, made, "审核通过", on=filed.last_on, actor=county)


def owner_day(filed: Filed) -> date:
    return filed.on.replace(year=2022)


def told(filed: Filed, one: Entered) -> None:
    found = {finding.code for finding in one.findings}
    assert filed.planted <= found, (filed.planted, found)
    assert filed.planted or not found, found
    wrong = any(finding.must_fix for finding in one.findings)
    assert one.outcome is (Outcome.WRONG if wrong else Outcome.SUBMITTED)
    with session() as db:
        assert db.get_one(Registrant, one.registrant).credit_code == filed.registered["credit_code"]
