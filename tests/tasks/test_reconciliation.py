"""What the platform counts, led line by line to our D; every line is as long as its list (C28)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from models.database import session
from models.inbound import Kind
from models.rules.reconciliation import APART, CLASSES, Reconciled
from models.target import SnapshotKind
from tasks.order import Order
from tasks.platform_counts import ingest_counts
from tasks.reconciliation import reconcile, reconciled_units
from tasks.snapshots import freeze_lists
from tests.campaign.files import write_csv
from tests.make_targets import DAY, campaign_on_file, declare, make_known

LIUJIANG, LIUBEI = "450206", "450205"
OCTOBER = date(2024, 10, 31)


@pytest.fixture
def city(installation: Path, tmp_path: Path) -> None:  # noqa: ARG001
    """Approvals of every class in 柳江区, one filed in the wrong county; the platform counts one more than it exports."""
    with session() as db:
        units = {name: make_known(db, name=name, name_key=name) for name in ("甲厂", "乙厂", "疑厂", "早厂")}
        units["异地"] = make_known(db, name="异地", name_key="异地")
        units["外行"] = make_known(db, name="外行", name_key="外行", industry="6510")
        declare(db, units["早厂"], county=LIUJIANG)
    for kind in SnapshotKind:
        freeze_lists(campaign_on_file(), kind, DAY, by="张三")
    with session() as db:
        approved = {"from_on": date(2024, 9, 5), "filed_on": date(2024, 9, 1), "county": LIUJIANG}
        declare(db, units["甲厂"], **approved)
        declare(db, units["甲厂"], **approved)  # a change of the same year: one employer
        declare(db, units["乙厂"], from_on=None, county=LIUJIANG)
        declare(db, units["疑厂"], verdict="unsure", **approved)
        declare(db, units["外行"], **approved)
        declare(
            db, units["外行"], from_on=None, filed_on=date(2024, 10, 1), county=LIUJIANG
        )  # filed anew since
        national = make_known(db, name="国家平台", name_key="国家平台", industry="6510")
        declare(db, national, platform="国家", **approved)
        declare(db, units["异地"], from_on=date(2024, 9, 6), county=LIUBEI)
        lost = declare(db, make_known(db, name="无主", name_key="无主", county="450203"), **approved)
        db.execute(
            text("UPDATE link SET ended_at = now(), ended_by = '李四' WHERE entry = :entry"), {"entry": lost}
        )
    counts = write_csv(
        tmp_path / "统计.csv", ("县区", "已审核", "待审核"), [["柳江区", "5", "1"], ["柳北区", "1", "0"]]
    )
    ingest_counts(Order(counts, Kind.PLATFORM_COUNTS, "平台", data_date=OCTOBER), campaign_on_file())


@pytest.mark.usefixtures("city")
def test_the_platforms_count_is_led_to_d() -> None:
    found = reconcile(campaign_on_file(), OCTOBER)
    assert (found.counted_on, found.heading) == (OCTOBER, "已审核")
    lines = {line.county: line for line in found.lines}
    here = {
        "in_d": 1,
        "before": 1,
        "outside": 2,
        "unsure": 1,
        "unlinked": 1,
        "other_platform": 1,
        "newer_open": 1,
    }
    assert told(lines[LIUJIANG]) == (5, here, 6, 1, 1, 2)
    assert told(lines[LIUBEI]) == (1, {"elsewhere": 1}, 1, 0, 0, 0)
    whole = found.lines[-1]
    assert (whole.platform, whole.exported, whole.unexplained, whole.d) == (6, 7, 1, 2)
    for line in found.lines[:-1]:
        for key in (*CLASSES, *APART, "filed_elsewhere"):
            units = reconciled_units(campaign_on_file(), key, OCTOBER, county=line.county)
            assert len(units) == line.as_row()[key], (line.name, key)


def told(line: Reconciled) -> tuple[object, ...]:
    """Platform, classes, exported, unexplained, filed elsewhere, D; and D is what its lines say."""
    classes = {key: units for key, units in line.classes.items() if units}
    assert line.d == line.classes.get("in_d", 0) + line.filed_elsewhere
    return line.platform, classes, line.exported, line.unexplained, line.filed_elsewhere, line.d


@pytest.mark.usefixtures("city")
def test_without_a_table_of_counts_the_exports_are_reconciled_alone() -> None:
    found = reconcile(campaign_on_file(), date(2024, 9, 30))
    assert (found.counted_on, found.heading) == (None, None)
    assert [(line.platform, line.unexplained) for line in found.lines if line.d] == [(None, None)] * 2
