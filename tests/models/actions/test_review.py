"""A declaration through the database: every act with its event, versions that stay, and one open at a time (F13)."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.actions import review
from models.errors import RuleRefused
from models.filing import DeclarationEvent, DeclarationVersion, FiledDeclaration, Registrant, Source
from models.queries.filings import chain_faults, open_conflicts
from models.rules.checking import Case
from models.rules.checks import run_checks
from models.rules.review import Actor
from tests.make_filings import (
    AT_CITY,
    AT_REGION,
    COUNTY,
    OTHER_COUNTY,
    do,
    employer,
    make_declaration,
    make_registrant,
)
from tests.make_forms import DAY, lists, make_form

APPROVED = ("提交", "审核通过")


@pytest.fixture
def owner(db: Session) -> Registrant:
    return make_registrant(db)


def events(db: Session, declaration: FiledDeclaration) -> list[DeclarationEvent]:
    mine = DeclarationEvent.declaration_id == declaration.id
    return list(db.scalars(select(DeclarationEvent).where(mine).order_by(DeclarationEvent.number)))


def test_the_whole_way_leaves_every_step(db: Session, owner: Registrant) -> None:
    made = make_declaration(db, owner.id, "提交", "审核不通过")
    review.edit(db, made.id, make_form({"basics.exposed": 22}), actor=employer(owner.id), on=DAY)
    for act in ("提交", "审核通过", "撤销", "审核不通过"):
        do(db, made, act)
    told = [(one.act, one.from_state, one.to_state, one.version) for one in events(db, made)]
    assert told == [
        ("暂存", None, "暂存", 1),
        ("提交", "暂存", "待审核", 1),
        ("审核不通过", "待审核", "已驳回", 1),
        ("修改", "已驳回", "已驳回", 2),
        ("提交", "已驳回", "待审核", 2),
        ("审核通过", "待审核", "已审核", 2),
        ("撤销", "已审核", "待审核", 2),
        ("审核不通过", "待审核", "已驳回", 2),
    ]
    assert made.state == "已驳回"
    assert chain_faults(db) == {}


def test_an_event_says_who_where_why_and_on_what(db: Session, owner: Registrant) -> None:
    made = make_declaration(db, owner.id, "提交", "审核不通过")
    last = events(db, made)[-1]
    assert (last.role, last.agency, last.by, last.reason) == (
        "本县（区）",
        "450206",
        "柳江 李四",
        "人数不符；缺检测报告",
    )
    version = db.get_one(DeclarationVersion, (made.id, 1))
    assert last.payload == {"form": version.sha256, "reasons": ["人数不符", "缺检测报告"]}
    assert events(db, made)[1].payload["lists"] == dict(lists().versions)


@pytest.mark.parametrize(
    ("actor", "code"),
    [(OTHER_COUNTY, "E1607"), (AT_CITY, "E1606"), (AT_REGION, "E1606")],
    ids=["别县区", "市级", "自治区"],
)
@pytest.mark.parametrize(("before", "act"), [(1, "审核通过"), (1, "审核不通过"), (2, "撤销")])
def test_only_the_county_decides(
    db: Session, owner: Registrant, before: int, act: str, actor: Actor, code: str
) -> None:
    made = make_declaration(db, owner.id, *APPROVED[:before])
    with pytest.raises(RuleRefused, match=code):
        do(db, made, act, actor=actor)
    assert len(events(db, made)) == before + 1


def test_a_refused_step_leaves_nothing(db: Session, owner: Registrant) -> None:
    made = make_declaration(db, owner.id)
    with pytest.raises(RuleRefused, match="E1602"):
        do(db, made, "审核通过")
    assert (made.state, len(events(db, made))) == ("暂存", 1)


@pytest.mark.parametrize(("act", "acts"), [("审核不通过", ("提交",)), ("撤销", APPROVED)])
def test_a_reason_is_needed(db: Session, owner: Registrant, act: str, acts: tuple[str, ...]) -> None:
    made = make_declaration(db, owner.id, *acts)
    decide = review.revoke if act == "撤销" else review.reject
    with pytest.raises(RuleRefused, match="E1608"):
        decide(db, made.id, "  ", actor=COUNTY, on=DAY)


def test_what_must_be_put_right_refuses_the_submission_with_all_of_it(db: Session, owner: Registrant) -> None:
    form = make_form({"basics.exposed": 14, "basics.phone": None})
    made = make_declaration(db, owner.id, form=form)
    findings = run_checks(Case(form=form, on=DAY, lists=lists()))
    with pytest.raises(review.ChecksRefused, match="有4处必须改正") as refused:
        review.submit(db, made.id, findings, versions={}, actor=employer(owner.id), on=DAY)
    assert {finding.code for finding in refused.value.findings} == {"E1610", "E1614"}
    assert made.state == "暂存"


def test_what_is_only_to_be_looked_at_goes_with_the_event(db: Session, owner: Registrant) -> None:
    form = make_form({"hazards.dust.factors.0.name": "月球尘"})
    made = make_declaration(db, owner.id, form=form)
    findings = run_checks(Case(form=form, on=DAY, lists=lists()))
    review.submit(db, made.id, findings, versions={}, actor=employer(owner.id), on=DAY)
    assert events(db, made)[-1].payload["findings"] == [
        {"code": "E1628", "path": "hazards.dust.factors.0.name"}
    ]


class TestOneOpenDeclaration:
    """F13."""

    @pytest.mark.parametrize(
        ("acts", "way_out"),
        [
            pytest.param((), "请编辑这一条后提交", id="暂存"),
            pytest.param(("提交",), "请联系县", id="待审核"),
            pytest.param(("提交", "审核不通过"), "请编辑这一条后提交", id="已驳回"),
            pytest.param((*APPROVED, "撤销"), "请联系县", id="已撤销"),
            pytest.param((*APPROVED, "撤销", "审核不通过"), "请编辑这一条后提交", id="撤销后驳回"),
        ],
    )
    def test_no_second_before_the_first_is_approved(
        self, db: Session, owner: Registrant, acts: tuple[str, ...], way_out: str
    ) -> None:
        make_declaration(db, owner.id, *acts)
        with pytest.raises(RuleRefused, match="存在未审批通过的数据") as refused:
            make_declaration(db, owner.id)
        assert way_out in refused.value.message

    def test_the_next_after_approval(self, db: Session, owner: Registrant) -> None:
        make_declaration(db, owner.id, *APPROVED)
        assert make_declaration(db, owner.id, changes={"type": "变更申报"}).state == "暂存"

    def test_revoking_is_always_possible_and_then_the_draft_waits(
        self, db: Session, owner: Registrant
    ) -> None:
        first = make_declaration(db, owner.id, *APPROVED)
        draft = make_declaration(db, owner.id)
        do(db, first, "撤销")
        with pytest.raises(RuleRefused, match="E1672"):
            do(db, draft, "提交")
        do(db, first, "审核不通过")
        with pytest.raises(RuleRefused, match="E1672"):
            do(db, draft, "提交")
        do(db, first, "提交")
        do(db, first, "审核通过")
        do(db, draft, "提交")
        assert (first.revoked, draft.state) == (False, "待审核")

    def test_the_database_forbids_it_too(self, db: Session, owner: Registrant) -> None:
        make_declaration(db, owner.id)
        with pytest.raises(IntegrityError, match="uq_filed_declaration_open"), db.begin_nested():
            db.execute(_raw(owner, Source.FILED, "暂存"))

    def test_imported_rows_that_break_the_rule_are_kept_and_listed(
        self, db: Session, owner: Registrant
    ) -> None:
        for key in ("A", "B"):
            db.execute(_raw(owner, Source.PLATFORM, "待审核", key))
        ((registrant, numbers),) = open_conflicts(db)
        assert (registrant, len(numbers)) == (owner.id, 2)


def _raw(owner: Registrant, source: Source, state: str, key: str | None = None):  # type: ignore[no-untyped-def]
    values = "(:owner, :source, :key, :state, 1, '2024-09-02', 1, '')"
    columns = "(registrant_id, source, source_key, state, version, filed_on, steps, head)"
    given = {"owner": owner.id, "source": source, "state": state, "key": key}
    return text(f"INSERT INTO filed_declaration {columns} VALUES {values}").bindparams(**given)
