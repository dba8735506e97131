"""The main promise of intake: whatever the order and however often files come in, the campaign's database is the same."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from models.database import session
from models.inbound import Kind
from tasks.campaigns import open_campaign
from tasks.intake import ingest
from tasks.linking import link_declarations
from tasks.order import Order
from tasks.targets import find_targets
from tests.campaign.files import (
    DECLARATIONS,
    FOUNDRY,
    PARENT,
    PROGRAMME,
    QUARRY,
    REGISTRY,
    SURVEY,
    registry_row,
    write_csv,
)
from tests.conftest import empty
from tests.dump import dump

CAMPAIGN = open_campaign("liuzhou-2024-2025")
AS_OF = date(2024, 8, 9)
ADDRESS = "广西柳州市柳江区拉堡镇柳堡路1号"


def _orders(folder: Path) -> list[Order]:
    """Two versions of the registry (a new address, a closure, one line gone), a survey, a programme, two exports."""
    foundry = registry_row(FOUNDRY, "柳州市鑫鸿铸造有限公司", ADDRESS)
    quarry = registry_row(QUARRY, "鹿寨县石山采石场", "鹿寨县中渡镇石山村", 行业代码="1011")
    branch = registry_row(
        PARENT, "柳州市宏达水泥有限公司柳城分公司", "柳城县大埔镇白阳路8号", 行业代码="3011"
    )
    parent = registry_row(PARENT, "柳州市宏达水泥有限公司", "柳北区石碑坪镇工业路9号", 行业代码="3011")
    uncoded = registry_row(
        "", "三江县老堡砖厂", "三江侗族自治县老堡乡老堡街3号", 行业代码="3031", 从业人数="８人"
    )
    moved = registry_row(FOUNDRY, "柳州市鑫鸿铸造有限公司", "柳州市柳江区拉堡镇塘头路20号")
    closed = registry_row(QUARRY, "鹿寨县石山采石场", "鹿寨县中渡镇石山村", 行业代码="1011", 登记状态="注销")
    write = partial(_write, folder)
    return [
        write(Kind.REGISTRY, "2024-06-30", REGISTRY, [foundry, quarry, branch, parent, uncoded], full=True),
        write(Kind.REGISTRY, "2024-07-31", REGISTRY, [moved, closed, parent, uncoded], full=True),
        write(Kind.REGISTRY, "2024-07-15", REGISTRY, [foundry, quarry]),
        write(
            Kind.SURVEY,
            "2024-05-31",
            SURVEY,
            [
                ["柳州市鑫鸿铸造有限公司", FOUNDRY, "柳江区", ADDRESS, "28人", "矽尘"],
                ["老堡砖厂", "", "三江县", "", "9", "煤尘"],
            ],
        ),
        write(
            Kind.PROGRAMME,
            "2024-04-30",
            PROGRAMME,
            [["宏达水泥有限公司柳城分公司", PARENT, "柳城县", "专项治理", "2024", "第一批"]],
        ),
        write(
            Kind.DECLARATIONS,
            "2024-07-10",
            DECLARATIONS,
            [
                _declared("D1", "柳州市鑫鸿铸造有限公司", FOUNDRY, "柳江区", "已审核", "2024-03-02"),
                _declared("D2", "柳州市宏达水泥有限公司", PARENT, "柳北区", "待审核", ""),
            ],
            full=True,
        ),
        write(
            Kind.DECLARATIONS,
            "2024-08-05",
            DECLARATIONS,
            [
                _declared("D1", "柳州市鑫鸿铸造有限公司", FOUNDRY, "柳江区", "待审核", ""),
                _declared("D2", "柳州市宏达水泥有限公司", PARENT, "柳北区", "已审核", ""),
            ],
            full=True,
        ),
    ]


def _declared(number: str, name: str, code: str, county: str, state: str, approved: str) -> list[str]:
    return [
        number,
        name,
        code,
        f"广西壮族自治区/柳州市/{county}",
        "",
        "初次申报",
        "2024-02-20",
        state,
        approved,
    ]


def _write(
    folder: Path, kind: Kind, day: str, header: tuple[str, ...], rows: list[list[str]], *, full: bool = False
) -> Order:
    path = write_csv(folder / f"{kind}-{day}.csv", header, rows)
    return Order(path, kind, "test", data_date=date.fromisoformat(day), full=full)


def _campaign_after(orders: list[Order], engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    empty(engine)
    for order in orders:
        ingest(order, CAMPAIGN)
    link_declarations(CAMPAIGN)
    find_targets(CAMPAIGN, AS_OF)
    with session(engine) as db:
        return dump(db)


@pytest.fixture
def orders(tmp_path: Path) -> list[Order]:
    return _orders(tmp_path)


@pytest.mark.usefixtures("installation")
def test_any_order_and_any_repetition_end_in_the_same_database(orders: list[Order], engine: Engine) -> None:
    straight = _campaign_after(orders, engine)
    assert straight["employer"]
    assert straight["standing"]
    assert straight["missing"]

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.permutations(orders), st.lists(st.sampled_from(orders), max_size=3))
    def same(shuffled: list[Order], again: list[Order]) -> None:
        _assert_same(_campaign_after([*shuffled, *again], engine), straight)

    same()


def _assert_same(found: dict[str, list[Any]], expected: dict[str, list[Any]]) -> None:
    for noun, rows in expected.items():
        assert found[noun] == rows, noun


@pytest.mark.usefixtures("installation")
def test_the_same_file_again_changes_nothing_and_says_so(orders: list[Order]) -> None:
    first, second = ingest(orders[0], CAMPAIGN)[0], ingest(orders[0], CAMPAIGN)[0]
    assert (first.new, first.seen_before) == (5, False)
    assert (second.new, second.changed, second.seen_before) == (0, 0, True)


@pytest.mark.usefixtures("installation")
def test_a_corrected_file_brings_only_the_differences(orders: list[Order]) -> None:
    ingest(orders[0], CAMPAIGN)
    corrected = ingest(orders[1], CAMPAIGN)[0]
    assert (corrected.rows, corrected.new) == (4, 2)


@pytest.mark.usefixtures("installation")
def test_a_later_list_counts_the_problems_of_known_rows_and_what_went_back(tmp_path: Path) -> None:
    """`changed` is `new` for a first list, 0 for the same rows on a later day, 1 where a line goes back."""
    wrong = registry_row("", "柳州市宏达铸造有限公司", ADDRESS, 从业人数="约很多")
    nobody = registry_row("", "", ADDRESS)
    first, moved = (
        registry_row(FOUNDRY, "柳州市鑫鸿铸造有限公司", place) for place in (ADDRESS, ADDRESS + "5")
    )
    told = []
    for day, foundry in (("06-30", first), ("07-31", first), ("08-31", moved), ("09-30", first)):
        order = _write(tmp_path, Kind.REGISTRY, f"2024-{day}", REGISTRY, [foundry, wrong, nobody])
        (receipt,) = ingest(order, CAMPAIGN)
        told.append((receipt.new, receipt.changed, receipt.problems))
    problems = told[0][2]
    assert problems >= 2
    assert told == [(3, 3, problems), (0, 0, problems), (1, 1, problems), (0, 1, problems)]


@pytest.mark.usefixtures("installation")
def test_a_rehearsal_leaves_nothing(orders: list[Order], engine: Engine, installation: Path) -> None:
    rehearsed = ingest(Order(**{**vars(orders[0]), "rehearse": True}), CAMPAIGN)[0]
    with session(engine) as db:
        assert all(not rows for rows in dump(db).values())
    assert not (installation / "received").exists()
    assert ingest(orders[0], CAMPAIGN)[0].new == rehearsed.new
