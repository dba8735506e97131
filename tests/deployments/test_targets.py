"""`yingbao targets` as an office uses it: issued list, baseline, a removal, the proof; JSON is one document."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from deployments.cli.targets import app, parse_instant
from models.database import session
from models.errors import YingbaoError
from tasks.campaigns import open_campaign
from tests.make_targets import declare, make_known

pytestmark = pytest.mark.usefixtures("units")
DAY = "2024-08-09"


def run(*words: str) -> Any:
    answer = CliRunner().invoke(app, [*words, "--json"])
    if answer.exception:
        raise answer.exception
    return json.loads(answer.stdout)


@pytest.fixture
def units(installation: Path) -> dict[str, int]:  # noqa: ARG001
    with session() as db:
        made = {name: make_known(db, name=name, name_key=name).id for name in ("甲厂", "乙厂")}
        last = make_known(db, name="丙厂", credit_code="91450200735148460A")
        declare(db, last)
        return made | {"丙厂": last.id}


def test_from_computing_to_the_proof(tmp_path: Path) -> None:
    city = run("compute", "--as-of", DAY)[-1]
    assert (city["r"], city["declared"], city["undeclared"], city["rate"], city["I1"]) == (
        3,
        1,
        2,
        "33.33%",
        "1/3",
    )
    assert len(run("freeze", "--kind", "issued", "--as-of", DAY, "--by", "张三")) == 11
    assert (
        len(
            run("freeze", "--kind", "baseline", "--as-of", "2024-08-20", "--county", "柳江区", "--by", "张三")
        )
        == 1
    )
    run("remove", "甲厂", "--reason", "注销", "--on", "2024-09-01", "--by", "李四")
    (line,) = run("membership", "--as-of", "2024-09-30", "--county", "柳江区")
    assert (line["b"], line["x"], line["n"], line["done"], line["removed"]) == (2, 1, 1, "0.00%", "50.00%")
    assert all(proof["holds"] for proof in run("verify"))
    assert len(run("frozen")) == 12
    assert len(run("export", "--as-of", DAY, "--out", str(tmp_path))["files"]) == 11


def test_list_filters_and_words() -> None:
    assert [unit["name"] for unit in run("list", "--as-of", DAY, "--undeclared", "--county", "柳江区")] == [
        "乙厂",
        "甲厂",
    ]
    assert [unit["name"] for unit in run("list", "--as-of", DAY, "--declared")] == ["丙厂"]
    assert run("list", "--as-of", DAY, "--rule", "deregistered") == []
    shown = CliRunner().invoke(app, ["list", "--as-of", DAY, "--undeclared"], terminal_width=200)
    assert "2 个单位" in shown.stdout


def test_undeclared_leaves_out_what_awaits_approval() -> None:
    with session() as db:
        declare(db, make_known(db, name="待审厂"), from_on=None)
    city = run("totals", "--as-of", DAY)[-1]
    listed = {word: len(run("list", "--as-of", DAY, word)) for word in ("--undeclared", "--pending")}
    assert listed == {"--undeclared": city["undeclared"], "--pending": city["pending"]}
    assert list(listed.values()) == [2, 1]


def test_a_presumed_day_of_approval_says_so() -> None:
    with session() as db:
        db.execute(text("UPDATE standing SET presumed = true"))
        declare(db, make_known(db, name="丁厂", name_key="丁厂"))
    listed = {unit["name"]: unit["declared_day"] for unit in run("list", "--as-of", DAY, "--declared")}
    assert listed == {"丙厂": "2024-07-01（推定）", "丁厂": "2024-07-01"}
    assert run("explain", "丙厂", "--as-of", DAY)["answer"].endswith("已于 2024-07-01（推定） 申报。")
    assert "2024-07-01（推定）" in CliRunner().invoke(app, ["explain", "丙厂", "--as-of", DAY]).stdout


def test_the_list_tells_a_removal() -> None:
    for kind in ("issued", "baseline"):
        run("freeze", "--kind", kind, "--as-of", DAY, "--by", "张三")
    run("remove", "甲厂", "--reason", "no_hazard", "--on", "2024-09-01", "--by", "李四")
    listed = {unit["name"]: unit["changed"] for unit in run("list", "--as-of", "2024-09-30", "--undeclared")}
    assert listed == {"甲厂": "2024-09-01 从柳江区核销（无危害）", "乙厂": ""}


@pytest.mark.parametrize(
    ("known_at", "expected"), [("2024-01-01", 0), ("2024-01-01T08:00", 0), ("2999-01-01T08:00+08:00", 3)]
)
def test_what_was_known_at_an_instant(known_at: str, expected: int) -> None:
    assert run("totals", "--as-of", DAY, "--known-at", known_at)[-1]["r"] == expected
    assert len(run("list", "--as-of", DAY, "--known-at", known_at)) == expected


@pytest.mark.parametrize(
    ("words", "instant"),
    [
        ("2024-08-09", "2024-08-10T00:00:00+08:00"),
        ("2024-08-09T17:30", "2024-08-09T17:30:00+08:00"),
        ("2024-08-09T09:30+00:00", "2024-08-09T09:30:00+00:00"),
    ],
)
def test_an_instant_is_shanghais_and_a_day_ends_at_midnight(words: str, instant: str) -> None:
    assert parse_instant(words).isoformat() == instant


def test_rules_add_up() -> None:
    told = run("rules", "--as-of", DAY)
    assert [(row["told"], row["units"], row["declared"]) for row in told] == [("属职业病危害严重行业", 3, 1)]


@pytest.mark.parametrize("words", ["丙厂", "91450200735148460a"])
def test_explain(units: dict[str, int], words: str) -> None:
    told = run("explain", words, "--as-of", DAY)
    assert told["employer_id"] == units["丙厂"]
    assert told["answer"] == "应申报（属职业病危害严重行业），已于 2024-07-01 申报。"
    assert [link["verdict"] for link in told["links"]] == ["sure"]
    assert {value["field"] for value in told["provenance"]} >= {"name", "county", "industry"}
    assert CliRunner().invoke(app, ["explain", words, "--as-of", DAY]).exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (["list", "--county", "南宁市"], "E1230", 2),
        (["remove", "甲厂", "--reason", "注销"], "E1235", 4),
        (["freeze", "--kind", "baseline", "--as-of", DAY], "E1243", 4),
        (["verify", "99"], "E1245", 4),
        (["explain", "没有这家"], "E1246", 4),
        (["totals", "--known-at", "昨天"], "E1049", 2),
        (["remove", "甲厂", "--reason", "注销", "--on", "2999-01-01"], "E1261", 4),
        (["add", "甲厂", "--reason", "found", "--on", "2999-01-01"], "E1261", 4),
        (["move", "甲厂", "--to", "柳北区", "--on", "2999-01-01"], "E1261", 4),
        (["export", "--as-of", DAY, "--out", "/dev/null/里面"], "E1421", 5),
    ],
)
def test_refused_with_a_code(words: list[str], code: str, exit_code: int) -> None:
    with pytest.raises(YingbaoError) as refused:
        run(*words)
    assert (refused.value.code, refused.value.exit_code) == (code, exit_code)


@pytest.mark.parametrize("command", ["remove", "add"])
def test_help_names_every_reason_of_the_campaign(command: str) -> None:
    campaign = open_campaign("liuzhou-2024-2025")
    reasons = {"remove": campaign.removal_reasons, "add": campaign.addition_reasons}[command]
    told = CliRunner().invoke(app, [command, "--help"], terminal_width=200).stdout
    told = re.sub(r"[\s│]", "", told)
    assert [one.key for one in reasons if f"{one.key}{one.name}" not in told] == []
