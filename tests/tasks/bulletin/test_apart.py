"""Beside the counties: responsible authorities, groups with 2 of 3 shown, county extras, only where there are any."""

from pathlib import Path

import pytest

from models.campaign import Campaign
from models.database import reading, session
from models.target import SnapshotKind
from notices.bulletin.content import Annex, FigureTable, Listing
from notices.bulletin.figure_rows import figure_rows
from tasks.bulletin.apart import apart_annex, departments_of
from tasks.figures import lay_figures
from tasks.snapshots import freeze_lists
from tests.make_targets import DAY, campaign_with, declare, make_known

YUFENG = "450203"


def campaign(**changes: object) -> Campaign:
    scope = {"catalogue_risks": (), "hazard_sources": ()}
    return campaign_with(scope=scope, **changes)


OWN = {
    "extras": ({"county": YUFENG, "name": "医药制造", "codes": ("C27",)},),
    "departments": ({"name": "工信局", "codes": ("C31",)}, {"name": "住建局", "codes": ("C30",)}),
}


@pytest.fixture
def city(installation: Path) -> None:  # noqa: ARG001
    """Three works of one group, two of them declared; one kiln; one maker of drugs in 鱼峰区."""
    with session() as db:
        for name in ("集团一厂", "集团二厂"):
            declare(db, make_known(db, name=name, name_key=name, parent_code="P"))
        make_known(db, name="集团三厂", name_key="集团三厂", parent_code="P")
        make_known(db, name="砖厂", name_key="砖厂", industry="3031")
        make_known(db, name="药厂", name_key="药厂", industry="2710", county=YUFENG)
    for kind in SnapshotKind:
        freeze_lists(campaign(), kind, DAY, by="张三")


def annexes(used: Campaign) -> list[Annex]:
    with reading() as db:
        figures = lay_figures(db, used, DAY)
        return list(apart_annex(used, figures, departments_of(db, used)))


def texts(table: FigureTable) -> dict[str, tuple[str, ...]]:
    return {line.row.name: line.texts[1:] for line in figure_rows(table)}


@pytest.mark.usefixtures("city")
def test_all_three_with_their_numbers() -> None:
    (annex,) = annexes(campaign(**OWN))
    departments, groups, extras = annex.blocks
    assert isinstance(departments, FigureTable)
    # R, declared, rate, N, D, P, left, X
    assert texts(departments) == {
        "工信局": ("3", "2", "66.67", "1", "0", "0", "1", "0"),
        "住建局": ("1", "0", "0.00", "1", "0", "0", "1", "0"),
        "合计": ("4", "2", "50.00", "2", "0", "0", "2", "0"),
    }
    assert isinstance(groups, Listing)
    assert groups.rows == (("P", 3, 2, "2/3", 1, 0),)
    assert isinstance(extras, FigureTable)
    assert texts(extras)["鱼峰区 医药制造"] == ("1", "0", "1", "0.00")


@pytest.mark.usefixtures("city")
def test_what_the_campaign_does_not_name_is_not_there() -> None:
    (annex,) = annexes(campaign())
    assert [block.name for block in annex.blocks if isinstance(block, Listing)] == ["企业集团"]
    assert (annex.title, len(annex.blocks)) == ("企业集团申报情况", 1)
