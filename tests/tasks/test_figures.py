"""The figures of any day as known at any instant: counts, lists, breakdowns (1.7, C17, C20, C22, C23)."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.code_corrections import match_unit
from models.actions.figure_properties import lay_properties
from models.campaign import Campaign
from models.database import reading, session
from models.fieldwork import Work
from models.filing import Level
from models.inbound import Kind
from models.notice_round import Notice, NoticeDelivery, NoticeRound
from models.queries.breakdowns import COUNTED, DIMENSIONS, breakdown, broken_down
from models.queries.figures import is_act
from models.rules.figures import Line
from models.rules.review import Actor
from models.target import SnapshotKind
from tasks.figures import figures, figures_by, lay_day, lay_figures, listed
from tasks.membership import add, move, remove
from tasks.snapshots import freeze_lists
from tests.make_fieldwork import do
from tests.make_filings import do as review
from tests.make_filings import make_declaration, make_registrant
from tests.make_targets import DAY, campaign_with, declare, list_on, make_known

LIUJIANG, LIUBEI, YUFENG = "450206", "450205", "450203"
SEPTEMBER = date(2024, 9, 30)
COLUMNS = ("r", "r_declared", "b", "a", "x", "n", "d", "p", "u", "undeclared")


def campaign() -> Campaign:
    extras = ({"county": YUFENG, "name": "医药制造", "codes": ("C27",)},)
    departments = ({"name": "工信局", "codes": ("C31",)}, {"name": "其他局", "codes": ("83",)})
    scope = {"catalogue_risks": (), "hazard_sources": ()}
    return campaign_with(extras=extras, departments=departments, scope=scope)


@pytest.fixture
def city(installation: Path) -> None:  # noqa: ARG001
    """Units of several kinds in two counties; both baselines of 9 August; then acts of September."""
    with session() as db:
        for name in ("甲厂", "乙厂", "丙厂", "丁厂"):
            make_known(db, name=name, name_key=name, town="拉堡镇", hazards="矽尘；噪声")
        make_known(db, name="北厂", name_key="北厂", county=LIUBEI, headcount=9)
        make_known(db, name="不明厂", name_key="不明厂", county=None)
        declare(db, make_known(db, name="早已申报", name_key="早已申报", parent_code="P"))
        named = make_known(db, name="名单厂", name_key="名单厂", industry="8310", parent_code="P")
        row = {"name": "名单厂", "programme": "assistance", "programme_year": 2024}
        list_on(db, Kind.PROGRAMME, named, row)
        make_known(db, name="增加领域", name_key="增加领域", industry="2710", county=YUFENG)
    for kind in SnapshotKind:
        freeze_lists(campaign(), kind, DAY, by="张三")
    with session() as db:
        units = {row.name: row for row in db.execute(text("SELECT id, name FROM employer"))}
        declare(db, units["甲厂"], from_on=date(2024, 9, 5))
        declare(db, units["乙厂"], from_on=None)
        make_known(db, name="新厂", name_key="新厂")
    remove(campaign(), "丙厂", reason="no_hazard", note=None, by="李四", on=date(2024, 9, 3))
    move(campaign(), "丁厂", to=LIUBEI, note=None, by="李四", on=date(2024, 9, 4))
    add(campaign(), "新厂", county=None, reason="found", note=None, by="李四", on=date(2024, 9, 6))
    do(Work.VISIT, "乙厂")
    do(Work.VISIT, "乙厂", done_on="2024-09-20", visitor="王医师")
    do(Work.TRAINING, "丁厂")
    do(Work.REASON, "北厂")


def shown(line: Line) -> tuple[int | None, ...]:
    return tuple(line[key] for key in COLUMNS)


@pytest.mark.usefixtures("city")
def test_the_table_of_a_month() -> None:
    found = figures(campaign(), SEPTEMBER)
    #                                      R dR B A X N D P U 未申报
    assert shown(found.line(LIUJIANG)) == (7, 2, 5, 1, 2, 4, 1, 1, 3, 2)
    assert shown(found.line(LIUBEI)) == (1, 0, 1, 1, 0, 2, 0, 0, 2, 2)
    assert shown(found.line("")) == (1, 0, 1, 0, 0, 1, 0, 0, 1, 1)
    assert shown(found.city) == (9, 2, 7, 2, 2, 7, 1, 1, 6, 5)
    here = found.line(LIUJIANG)
    assert [str(rate) for rate in (here.done, here.removed, here.worked)] == ["25.00%", "33.33%", "50.00%"]
    assert here.change == "+25.00"
    assert {line.county: line.rank for line in found.counties if line.rank} == {LIUJIANG: 1, LIUBEI: 2}
    assert [str(found.city.share(key)) for key in ("I1", "I2", "I3", "sector:metallurgy")] == [
        "25.00%",
        "0.00%",
        "28.57%",
        "25.00%",
    ]
    assert (found.line(YUFENG)["extra:医药制造"], found.line(YUFENG)["r"]) == (1, 0)
    assert [(one["group_key"], one["r"], one["r_declared"]) for one in found.groups] == [("P", 2, 1)]
    assert {
        key: found.city[f"work:{key}"] for key in ("visits", "visited", "trainings", "trained", "notified")
    } == {
        "visits": 2,
        "visited": 1,
        "trainings": 1,
        "trained": 1,
        "notified": 0,
    }
    assert (here["work:visits"], found.line(LIUBEI)["work:trained"], here["work:trainings"]) == (2, 1, 1)
    causes = {
        line.county: {str(one): n for one, n in (line.causes or {}).items() if n} for line in found.lines
    }
    assert causes[LIUJIANG] == {"added": 1, "approved": 1, "removed": 1, "moved_out": 1}
    assert causes[LIUBEI] == {"moved_in": 1}


@pytest.mark.usefixtures("city")
def test_every_printed_integer_is_the_length_of_its_list() -> None:
    with reading() as db:
        found = lay_figures(db, campaign(), SEPTEMBER)
        for line in found.lines[:-1]:
            causes = {f"cause:{cause}": units for cause, units in (line.causes or {}).items()}
            for key, units in {**line.counts, **causes}.items():
                members = listed(db, key, county=line.county)
                assert len(members) == (units or 0), (line.name, key)
                assert is_act(key) or all(member["county"] == line.county for member in members)
        for key, units in found.city.counts.items():
            assert len(listed(db, key)) == units == sum(line[key] or 0 for line in found.lines[:-1]), key


SEVERAL = ("programme", "indicator", "hazard")


@pytest.mark.usefixtures("city")
def test_every_breakdown_adds_up_and_lists_its_units() -> None:
    with reading() as db:
        city = lay_figures(db, campaign(), SEPTEMBER).city
        lay_properties(db, campaign())
        for dimension in DIMENSIONS:
            cells = breakdown(db, dimension)
            for key in COUNTED:
                whole = [cell for cell in cells if cell.county is None]
                if dimension not in SEVERAL:
                    assert sum(cell.counts[key] for cell in whole) == city[key], (dimension, key)
                assert_lists(db, dimension, key)


def assert_lists(db: Session, dimension: str, key: str) -> None:
    for cell in breakdown(db, dimension):
        units = broken_down(db, dimension, cell.value, key, county=cell.county)
        assert len(units) == cell.counts[key], (dimension, cell, key)


@pytest.mark.parametrize(
    ("dimension", "values"),
    [
        ("sector", {"metallurgy": 6, "": 1}),
        ("size", {"小": 6, "微": 1}),
        ("hazard", {"粉尘": 3, "物理因素": 3, "": 4}),
        ("reason", {"账号问题": 1, "": 6}),
        ("department", {"工信局": 6, "其他局": 1}),
        ("programme", {"assistance": 1, "": 6}),
        ("industry", {"31": 6, "83": 1}),
        ("town", {"拉堡镇": 3, "": 4}),
    ],
)
@pytest.mark.usefixtures("city")
def test_by_a_property(dimension: str, values: dict[str, int]) -> None:
    cells = figures_by(campaign(), dimension, SEPTEMBER)
    assert {
        cell.value: cell.counts["n"] for cell in cells if cell.county is None and cell.counts["n"]
    } == values


@pytest.mark.usefixtures("city")
def test_before_the_baseline_only_r_has_figures() -> None:
    found = figures(campaign(), date(2024, 7, 31))
    assert shown(found.line(LIUJIANG)) == (7, 1, *(None,) * 8)
    assert (found.city.done, found.city.rank, str(found.city.r_rate)) == (None, None, "11.11%")


@pytest.mark.usefixtures("city")
def test_what_is_entered_later_is_not_known_before() -> None:
    """Everything is told as it was known: removal, move, declarations, field work, own approvals."""
    with session() as db:
        known_at = db.execute(text("SELECT now()")).scalar_one()
    before = figures(campaign(), SEPTEMBER, known_at)
    with session() as db:
        units = {row.name: row for row in db.execute(text("SELECT id, name FROM employer"))}
        declare(db, units["北厂"], from_on=date(2024, 8, 20))
        db.execute(
            text("UPDATE link SET ended_at = now(), ended_by = '李四' WHERE employer_id = :id"),
            {"id": units["甲厂"].id},
        )
        db.execute(
            text("UPDATE visit SET withdrawn_at = now(), withdrawn_by = '李四', withdrawn_reason = '错'")
        )
        db.execute(
            text("UPDATE employer SET merged_into = :to WHERE name = '新厂'"), {"to": units["北厂"].id}
        )
        db.execute(
            text("UPDATE placement SET ended_at = now() WHERE employer_id = :id"), {"id": units["新厂"].id}
        )
    remove(campaign(), "不明厂", reason="注销", note=None, by="李四", on=date(2024, 9, 1))
    after = figures(campaign(), SEPTEMBER, known_at)
    assert after.lines == before.lines
    assert figures(campaign(), SEPTEMBER).lines != before.lines


@pytest.mark.usefixtures("city")
def test_a_lost_approval_stays_in_a_when_time_goes_on() -> None:
    """撤销后未申报 is a member like any other: standing still for long takes it out of R, not out of N (1.7)."""
    facts = {"state": "停产", "state_on": date(2024, 9, 15)}
    with session() as db:
        declare(db, make_known(db, name="撤销厂", name_key="撤销厂", **facts), to_on=date(2024, 9, 10))
        declare(
            db,
            make_known(db, name="早停厂", name_key="早停厂", state="停产", state_on=date(2023, 1, 1)),
            to_on=date(2024, 9, 10),
        )
    late = date(2025, 4, 30)
    with reading() as db:
        lay_day(db, campaign(), late)
        added = {row["name"] for row in listed(db, "a", county=LIUJIANG)}
        assert added == {"新厂", "撤销厂"}
        assert [row["name"] for row in listed(db, "recheck")] == ["撤销厂"]
    assert figures(campaign(), SEPTEMBER).line(LIUJIANG).causes["revoked"] == 1  # type: ignore[index]


@pytest.mark.usefixtures("city")
def test_our_own_approval_stands_apart_until_the_platform_shows_it() -> None:
    """Q1: a column of its own, never in D; as known then."""
    day = date(2024, 9, 12)
    with session() as db:
        unit = db.execute(text("SELECT id, name FROM employer WHERE name = '北厂'")).one()
        registrant = make_registrant(db, unit=unit.id, county=LIUBEI)
        other = Actor(Level.COUNTY, LIUBEI, "柳北 王五")
        filed = make_declaration(db, registrant.id, "提交", on=day)
        review(db, filed, "审核通过", on=day, actor=other)
    assert own() == (1, 0, 2)
    with session() as db:
        known_at = db.execute(text("SELECT now()")).scalar_one()
    with session() as db:
        declare(db, unit, from_on=date(2024, 9, 20))
    assert own() == (0, 1, 1)
    with session() as db:
        make_known(db, name=registrant.name, county=LIUBEI, credit_code=registrant.credit_code)
        assert match_unit(db, db.merge(registrant)) != unit.id
    assert own(known_at) == (1, 0, 2)


def own(known_at: datetime | None = None) -> tuple[int | None, ...]:
    line = figures(campaign(), SEPTEMBER, known_at).line(LIUBEI)
    return line["own"], line["d"], line["u"]


@pytest.mark.usefixtures("city")
def test_a_unit_is_notified_once_whatever_the_channels_and_rounds() -> None:
    with session() as db:
        unit = db.scalars(text("SELECT id FROM employer WHERE name = '丁厂'")).one()
        for number, state in enumerate(("delivered", "left", "refused"), 1):
            sent = NoticeRound(
                campaign=campaign().key, number=number, scope="everyone", state="sent", by="张三"
            )
            sent.planned_on = sent.sent_on = date(2024, 9, 1)
            db.add(sent)
            db.flush()
            letter = Notice(
                round_id=sent.id, employer_id=unit, number=f"N{number}", variant="申报", county=LIUJIANG
            )
            letter.content, letter.sample, letter.state = {}, False, state
            db.add(letter)
            db.flush()
            way = NoticeDelivery(notice_id=letter.id, channel="print", state=state, how="直接送达", by="张三")
            way.settled_on = date(2024, 9, 10 + number)
            db.add(way)
    found = figures(campaign(), SEPTEMBER)
    assert (found.city["work:notified"], found.line(LIUBEI)["work:notified"]) == (1, 1)
    assert figures(campaign(), date(2024, 9, 10)).city["work:notified"] == 0
