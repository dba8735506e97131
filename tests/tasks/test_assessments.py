"""Published months: frozen once, proved whatever became known later, with today's knowledge beside them (C27, 1.7)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from models.database import session
from models.errors import RuleRefused
from models.target import SnapshotKind
from tasks.assessments import (
    freeze_month,
    month_by,
    month_units,
    published_months,
    revised_month,
    shown_month,
    verify_month,
)
from tasks.figure_explain import explain_figure, explain_place
from tasks.figures import figures
from tasks.membership import cancel, remove
from tasks.snapshots import freeze_lists
from tests.make_targets import DAY, campaign_on_file, campaign_with, declare, make_known

LIUJIANG = "450206"
CAMPAIGN = campaign_on_file()
SEPTEMBER, LATE = date(2024, 9, 30), date(2025, 1, 10)


@pytest.fixture
def city(installation: Path) -> None:  # noqa: ARG001
    """Four undeclared works, the baseline of 9 August, August published; then a declaration and a removal."""
    with session() as db:
        for name in ("甲厂", "乙厂", "丙厂", "丁厂"):
            make_known(db, name=name, name_key=name)
    for kind in SnapshotKind:
        freeze_lists(CAMPAIGN, kind, DAY, by="张三")
    freeze_month(CAMPAIGN, "2024-08", on=LATE, by="张三")
    declare_unit("甲厂", from_on=date(2024, 9, 5))
    remove(CAMPAIGN, "乙厂", reason="no_hazard", note=None, by="李四", on=date(2024, 9, 3))


def declare_unit(name: str, **how: object) -> None:
    with session() as db:
        unit = db.execute(text("SELECT id, name FROM employer WHERE name = :name"), {"name": name}).one()
        declare(db, unit, **how)  # type: ignore[arg-type]


@pytest.mark.usefixtures("city")
def test_a_published_month_is_proved_after_everything_changed() -> None:
    published = freeze_month(CAMPAIGN, "2024-09", on=LATE, by="张三", reason="九月调度")
    assert (published.city["n"], published.city["d"], published.city["u"]) == (3, 1, 2)
    assert published.previous is not None
    assert (published.previous.assessment, published.line(LIUJIANG).change) == (1, "+33.33")
    declare_unit("丙厂", from_on=date(2024, 8, 1))
    cancel(CAMPAIGN, "乙厂", reason="复产", by="李四", on=date(2024, 9, 20))
    with session() as db:
        db.execute(text("UPDATE employer SET industry = '8310' WHERE name = '丁厂'"))
        db.execute(text("UPDATE link SET ended_at = now(), ended_by = '李四' WHERE id = 1"))
    for month in ("2024-08", "2024-09"):
        proof = verify_month(CAMPAIGN, month)
        assert (proof.holds, proof.terms_changed, list(proof.differences)) == (True, False, [])
    assert shown_month(CAMPAIGN, "2024-09") == published
    revised = revised_month(CAMPAIGN, "2024-09")
    assert (revised.city["n"], revised.city["d"], revised.city["x"]) == (4, 1, 0)
    cells = month_by(CAMPAIGN, "2024-09", "sector", county=LIUJIANG)
    assert [(cell.value, cell.counts["n"], cell.counts["d"]) for cell in cells] == [("metallurgy", 3, 1)]
    assert [one.month for one in published_months(CAMPAIGN)] == ["2024-08", "2024-09"]


@pytest.mark.usefixtures("city")
def test_another_campaign_file_changes_no_published_month() -> None:
    scope = {"catalogue_risks": (), "hazard_sources": ()}
    other = campaign_with(scope=scope, stopped_months_limit=1, work_order=("age",))
    proof = verify_month(other, "2024-08")
    assert (proof.holds, proof.terms_changed) == (True, True)


@pytest.mark.usefixtures("city")
def test_a_link_found_later_that_predates_the_baseline_is_relinking() -> None:
    """Against the month as published; computed with one knowledge there is no change at all."""
    declare_unit("丙厂", from_on=date(2024, 7, 1))
    found = figures(CAMPAIGN, SEPTEMBER).line(LIUJIANG)
    assert {str(one): n for one, n in (found.causes or {}).items() if n} == {
        "approved": 1,
        "removed": 1,
        "relinked": 1,
    }
    assert found.u_change == -3
    plain = figures(CAMPAIGN, SEPTEMBER, against_published=False).line(LIUJIANG)
    assert {str(one): n for one, n in (plain.causes or {}).items() if n} == {"approved": 1, "removed": 1}
    assert plain.u_change == -2


@pytest.mark.parametrize(
    ("month", "on", "code"),
    [
        pytest.param("2024-08", LATE, "E1811", id="twice"),
        pytest.param("2024-07", LATE, "E1812", id="before a published one"),
        pytest.param("2024-09", SEPTEMBER, "E1810", id="on its last day"),
    ],
)
@pytest.mark.usefixtures("city")
def test_what_cannot_be_published(month: str, on: date, code: str) -> None:
    with pytest.raises(RuleRefused, match=code):
        freeze_month(CAMPAIGN, month, on=on, by="张三")


@pytest.mark.usefixtures("city")
def test_what_was_never_published_cannot_be_shown() -> None:
    with pytest.raises(RuleRefused, match="E1813"):
        verify_month(CAMPAIGN, "2024-10")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE assessment SET by = '别人'",
        "DELETE FROM assessment_unit",
        "TRUNCATE assessment_act",
        "UPDATE assessment_unit SET declared = true",
    ],
)
@pytest.mark.usefixtures("city")
def test_nobody_changes_a_published_month(change: str) -> None:
    with pytest.raises(DBAPIError, match="frozen"), session() as db:
        db.execute(text(change))


@pytest.mark.parametrize(
    ("change", "agree"),
    [
        pytest.param("UPDATE assessment_unit SET name = '改' WHERE id = 1", (False, True, True), id="a name"),
        pytest.param(
            "UPDATE assessment_unit SET declared = true WHERE population = 'N'",
            (False, False, True),
            id="a state",
        ),
        pytest.param(
            "UPDATE assessment SET figures = jsonb_set(figures, '{lines,4,counts,d}', '3')",
            (True, False, False),
            id="the table",
        ),
    ],
)
@pytest.mark.usefixtures("city")
def test_a_change_behind_the_triggers_back_shows(
    change: str, agree: tuple[bool, bool, bool], engine: Engine
) -> None:
    with engine.begin() as connection:
        for table in ("assessment", "assessment_unit"):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        connection.execute(text(change))
        for table in ("assessment", "assessment_unit"):
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
    proof = verify_month(CAMPAIGN, "2024-08")
    assert (proof.rows_agree, proof.table_agrees, proof.recomputed_agrees) == agree
    assert not proof.holds


@pytest.mark.usefixtures("city")
def test_a_record_changed_behind_the_historys_back_shows() -> None:
    with session() as db:
        db.execute(text("UPDATE record SET industry = '8310' WHERE name = '丁厂'"))
    proof = verify_month(CAMPAIGN, "2024-08")
    assert (proof.rows_agree, proof.table_agrees, proof.recomputed_agrees) == (True, True, False)
    told = [(one["what"], one["population"], one["name"]) for one in proof.differences]
    assert told == [("differing", "N", "丁厂"), ("missing", "R", "丁厂")]


@pytest.mark.usefixtures("city")
def test_a_figure_is_explained_by_its_units_and_their_events() -> None:
    freeze_month(CAMPAIGN, "2024-09", on=LATE, by="张三")
    cancel(CAMPAIGN, "乙厂", reason="复产", by="李四", on=date(2024, 9, 20))
    removed = explain_figure(CAMPAIGN, "x", month="2024-09", county=LIUJIANG)
    (unit,) = removed.units
    assert (removed.assessment, len(removed.units)) == (2, 1)
    assert unit["why"] == "列入基线；2024-09-03 核销（无危害）；未申报"
    assert [(str(one["on_day"]), one["told"], one["by"]) for one in unit["events"]][-1] == (
        "2024-09-03",
        "核销（无危害）",
        "李四",
    )
    assert [one["name"] for one in explain_figure(CAMPAIGN, "已申报 D", month="2024-09").units] == ["甲厂"]
    assert [one["name"] for one in explain_figure(CAMPAIGN, "cause:approved", month="2024-09").units] == [
        "甲厂"
    ]
    assert len(month_units(CAMPAIGN, "2024-09", "undeclared")) == 2
    assert explain_figure(CAMPAIGN, "待审核", month="2024-09").key == "p"
    assert explain_figure(CAMPAIGN, "x", as_of=SEPTEMBER).units == []
    (in_n, in_r) = explain_place(CAMPAIGN, "甲厂", as_of=SEPTEMBER)
    assert in_n["figures"] == ["b", "n", "d"]
    assert {"r", "r_declared", "I1", "I1/declared", "I3", "sector:metallurgy"} <= set(in_r["figures"])
    assert in_n["events"][-1]["told"].endswith("审核通过，确认为该单位（信用代码相同）")
