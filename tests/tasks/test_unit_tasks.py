"""What the command line does with units and leads, in an installation of its own (Q10, C10)."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from deployments.cli.leads import app as leads_app
from deployments.cli.unit_words import conflict_in_words
from deployments.cli.units import app as units_app
from models.errors import RuleRefused, UsageTrouble
from models.inbound import Kind
from models.lead import LeadOutcome
from tasks.campaigns import open_campaign
from tasks.leads import judge_lead, list_leads, undo_lead
from tasks.units import (
    list_conflicts,
    list_suspects,
    merge_units,
    resettle_all,
    show_unit,
    split_unit,
    undo_unit_judgement,
)
from tests.make_units import CODE, OTHER_CODE, entry_of, list_of, row, units

CAMPAIGN = open_campaign("liuzhou-2024-2025")
SAID = {"by": "城区", "reason": "现场核实"}


@pytest.fixture
def town(installation: Path, engine: Engine) -> dict[str, int]:  # noqa: ARG001
    with Session(engine) as db, db.begin():
        list_of(
            db,
            row("a", credit_code=CODE, headcount=25),
            row("b", credit_code=OTHER_CODE, address="文昌路88号"),
        )
        list_of(db, row("r", credit_code=CODE, headcount=30), kind=Kind.REGISTRY)
        list_of(db, row("l", name="柳州市大桥纸箱厂", channel="协管员"), kind=Kind.LEAD)
    resettle_all(CAMPAIGN)
    with Session(engine) as db:
        return units(db)


def run(app: Any, *words: str) -> Any:
    result = CliRunner().invoke(app, [*words, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_merge_show_undo(town: dict[str, int]) -> None:
    low, high = sorted((town["a"], town["b"]))
    done = merge_units(CAMPAIGN, low, high, **SAID)
    assert done["units"] == [low]
    told = show_unit(CAMPAIGN, high)
    assert (told["unit"], len(told["lines"]), told["judgements"][0]["kind"]) == (low, 3, "merge")
    with pytest.raises(RuleRefused, match="E1221"):
        merge_units(CAMPAIGN, low, high, **SAID)
    assert undo_unit_judgement(CAMPAIGN, done["judgement"], **SAID)["units"] == [low, high]


def test_split(town: dict[str, int], engine: Engine) -> None:
    with Session(engine) as db:
        entry = entry_of(db, "r")
    done = split_unit(CAMPAIGN, entry, **SAID)
    assert done["records_moved"] == 1
    assert done["units"] != [town["a"]] or show_unit(CAMPAIGN, town["a"])["lines"][0]["entry"] == entry


def test_the_campaigns_order_of_sources_holds(town: dict[str, int]) -> None:
    """The campaign trusts the survey's headcount before the registry's (Q8)."""
    assert show_unit(CAMPAIGN, town["a"])["facts"]["headcount"] == 25
    assert [(one["field"], one["used"]) for one in list_conflicts(county=None, limit=9)] == [
        ("headcount", "25")
    ]


def test_nobody_is_found(town: dict[str, int]) -> None:
    with pytest.raises(RuleRefused, match="E1226"):
        show_unit(CAMPAIGN, max(town.values()) + 1)


def test_a_lead_that_is_no_employer(town: dict[str, int]) -> None:
    (lead,) = list_leads()
    assert (lead["unit"], lead["outcome"]) == (town["l"], "已采纳")
    judge_lead(CAMPAIGN, lead["entry"], LeadOutcome.NOT_EMPLOYER, **SAID)
    (judged,) = list_leads()
    assert (judged["unit"], judged["outcome"], judged["by"]) == (None, "非用人单位", "城区")
    undo_lead(CAMPAIGN, lead["entry"], **SAID)
    assert list_leads()[0]["unit"] == town["l"]


def test_a_lead_goes_by_the_number_of_its_list(town: dict[str, int], engine: Engine) -> None:  # noqa: ARG001
    judge_lead(CAMPAIGN, "l", LeadOutcome.NOT_EMPLOYER, **SAID)
    assert [(lead["number"], lead["outcome"]) for lead in list_leads()] == [("l", "非用人单位")]
    undo_lead(CAMPAIGN, "l", **SAID)
    with Session(engine) as db, db.begin():
        list_of(db, row("l", name="柳州市文昌家具厂"), kind=Kind.LEAD, source="另一份名单")
    both = sorted(lead["entry"] for lead in list_leads())
    with pytest.raises(RuleRefused, match=f"E1219.*{both[0]}、{both[1]}"):
        judge_lead(CAMPAIGN, "l", LeadOutcome.NOT_EMPLOYER, **SAID)
    with pytest.raises(RuleRefused, match="E1227"):
        undo_lead(CAMPAIGN, "没有", **SAID)


def test_the_table_of_leads_tells_what_the_list_told(town: dict[str, int], engine: Engine) -> None:  # noqa: ARG001
    told = {"town": "450202001", "reporter": "协管员甲", "found_on": date(2024, 6, 20)}
    with Session(engine) as db, db.begin():
        list_of(db, row("夜间有喷漆", name="柳州市文昌家具厂", **told), kind=Kind.LEAD, source="另一份名单")
    resettle_all(CAMPAIGN)
    shown = "".join(CliRunner().invoke(leads_app, ["list"], env={"COLUMNS": "400"}).stdout.split())
    for word in ("系统编号", "城中街道", "协管员甲", "2024-06-20", "夜间有喷漆"):
        assert word in shown


def test_an_unknown_kind_of_suspect_is_refused_with_the_kinds() -> None:
    with pytest.raises(UsageTrouble, match=r"E1218.*foo.*疑似多场所、同码异名") as refused:
        list_suspects(county=None, kind="foo", limit=9)
    assert refused.value.exit_code == 2


def test_command_line(town: dict[str, int]) -> None:
    low, high = sorted((town["a"], town["b"]))
    assert [one["kind"] for one in run(units_app, "suspects")] == ["同名同县"]
    assert list_suspects(county="450226", kind=None, limit=9) == []
    done = run(units_app, "merge", str(low), str(high), "--reason", "同一家", "--by", "城区")
    assert run(units_app, "show", str(high), "--as-of", "2024-07-31")["facts"]["id"] == low
    assert run(units_app, "undo", str(done["judgement"]), "--reason", "看错了")["units"] == [low, high]
    assert [one["field"] for one in run(units_app, "conflicts")] == ["headcount"]
    assert run(units_app, "settle")["records_moved"] == 0
    (lead,) = run(leads_app, "list", "--outcome", "已采纳")
    run(leads_app, "judge", str(lead["entry"]), "非用人单位", "--reason", "住户")
    assert run(leads_app, "list", "--as-of", "2024-06-30") == []
    run(leads_app, "undo", str(lead["entry"]), "--reason", "看错了")


def table(*words: str) -> str:
    return "".join(CliRunner().invoke(units_app, words, catch_exceptions=False).stdout.split())


def test_tables_for_people(town: dict[str, int]) -> None:
    shown = table("show", str(town["a"]))
    for word in ("从业人数", "每个值的出处", "市场监管名单", "现状调查", "生产经营地", "柳江区"):
        assert word in shown
    for word in ("registry", "survey", "workplace", "450206"):
        assert word not in shown


def test_conflicts_tell_who_said_what(town: dict[str, int]) -> None:  # noqa: ARG001
    ((conflict),) = list_conflicts(county=None, limit=9)
    said = {(one["value"], one["kind"], one["source"], one["data_date"]) for one in conflict["said"]}
    assert said == {
        ("25", "survey", "survey", "2024-07-01"),
        ("30", "registry", "registry", "2024-07-01"),
    }
    told = conflict_in_words(conflict)["said"]
    assert told == ["30（市场监管名单“registry” 2024-07-01）", "25（现状调查“survey” 2024-07-01）"]
    assert "谁怎么说" in table("conflicts")


def test_a_row_that_left_and_came_back_is_shown_once(town: dict[str, int]) -> None:
    judge_lead(CAMPAIGN, "l", LeadOutcome.NOT_EMPLOYER, **SAID)
    undo_lead(CAMPAIGN, "l", **SAID)
    assert [line["current"] for line in show_unit(CAMPAIGN, town["l"])["lines"]] == [True]


def test_the_mark_of_a_person_is_not_shown(town: dict[str, int], engine: Engine) -> None:
    with Session(engine) as db, db.begin():
        list_of(db, row("p", credit_code=CODE, person_hash="5eed5eed"), kind=Kind.ASSOCIATION)
    resettle_all(CAMPAIGN)
    assert "5eed5eed" not in table("show", str(town["a"]))
    assert "5eed5eed" not in json.dumps(run(units_app, "show", str(town["a"])))
