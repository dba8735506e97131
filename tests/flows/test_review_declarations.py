"""The morning flow over declarations: checks once, work lists anew, ages what waits; rehearsed, resumed, told (2.1, M04)."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from deployments.catalogue import find_flow
from models.actions.notice_contacts import set_address
from models.database import session
from tests.make_filings import LIUBEI, LIUJIANG, make_declaration, make_registrant
from tests.make_forms import PARENT
from tests.make_targets import make_known
from tests.tasks.test_review_auto import submitted

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("installation")]
TUESDAY, SUNDAY, LATE = date(2024, 9, 3), date(2024, 9, 8), date(2024, 9, 20)  # submitted on Monday the 2nd
SHIPPED = Path("deployments/campaigns/liuzhou-2024-2025.toml")


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """The shipped file where 柳江区 switched automatic approval on."""
    shipped = SHIPPED.read_text("utf-8")
    made = tmp_path / "campaign.toml"
    made.write_text(shipped.replace("automatic = []", f'automatic = ["{LIUJIANG}"]'), "utf-8")
    return made


def run(campaign: Path, out: Path, day: date = TUESDAY, **changes: Any) -> Any:
    flow: Any = find_flow("review-declarations")
    return flow({"campaign": str(campaign), "as_of": day, "out": out, **changes}, return_state=True)


def states(engine: Engine) -> list[str]:
    with session(engine) as db:
        return list(db.scalars(text("SELECT state FROM filed_declaration ORDER BY id")))


def shown() -> tuple[str, list[dict[str, Any]]]:
    """Description and rows of the table that the last run left."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
    from prefect.client.schemas.sorting import ArtifactSort

    with get_client(sync_client=True) as client:
        found = client.read_artifacts(
            sort=ArtifactSort.CREATED_DESC,
            limit=1,
            artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=["reviews"])),
        )
    return str(found[0].description), json.loads(str(found[0].data))


def books(out: Path) -> list[str]:
    return sorted(path.name for path in out.glob("*.xlsx")) if out.exists() else []


def test_a_morning_is_done_once(campaign: Path, tmp_path: Path, engine: Engine) -> None:
    submitted()
    submitted(PARENT, LIUBEI)
    out = tmp_path / "out"
    assert run(campaign, out, dry_run=True).is_completed()
    assert (states(engine), books(out)) == (["待审核", "待审核"], [])
    assert shown()[0] == "演算，2024-09-03，自动检查 1 件，自动通过 1 件"
    assert run(campaign, out).is_completed()
    assert states(engine) == ["已审核", "待审核"]
    assert books(out) == ["柳北区_申报审核表_2024-09-03.xlsx"]
    said, (row,) = shown()
    assert said == "2024-09-03，自动检查 1 件，自动通过 1 件"
    assert (row["审核机关"], row["待审核"], row["逾期"]) == ("柳北区", 1, 0)
    with session(engine) as db:
        steps = db.scalar(text("SELECT count(*) FROM declaration_event"))
    assert run(campaign, out).is_completed()
    with session(engine) as db:
        assert db.scalar(text("SELECT count(*) FROM declaration_event")) == steps


def test_a_rejection_is_mailed_once(tmp_path: Path, engine: Engine) -> None:
    """The 补正告知 leaves with the morning, though nobody printed it."""
    with session(engine) as db:
        known = make_known(db, name="柳州市鑫鸿铸造有限公司").id
        set_address(db, known, "mail", "wei@xinhong.example.cn", by="李四")
        make_declaration(db, make_registrant(db, unit=known).id, "提交", "审核不通过")
    subjects = text("SELECT subject FROM message")
    assert run(SHIPPED, tmp_path / "out", dry_run=True).is_completed()
    with session(engine) as db:
        assert list(db.scalars(subjects)) == []
    for _ in range(2):
        assert run(SHIPPED, tmp_path / "out").is_completed()
    with session(engine) as db:
        (subject,) = db.scalars(subjects)
    assert "补正告知" in subject


def test_nobody_who_did_not_ask_gets_an_automatic_approval(tmp_path: Path, engine: Engine) -> None:
    submitted()
    assert run(SHIPPED, tmp_path / "out", LATE).is_completed()
    assert states(engine) == ["待审核"]
    said, (row,) = shown()
    assert said == "2024-09-20，自动检查 0 件，自动通过 0 件"
    assert (row["逾期"], row["最早期限"]) == (1, "2024-09-09")


def test_nothing_is_done_on_a_day_off(campaign: Path, tmp_path: Path, engine: Engine) -> None:
    submitted()
    assert run(campaign, tmp_path / "out", SUNDAY).is_completed()
    assert (states(engine), books(tmp_path / "out")) == (["待审核"], [])
    assert shown()[1] == [{"结果": "2024-09-08 是休息日，没有做"}]


def test_a_future_day_fails_and_decides_nothing(campaign: Path, tmp_path: Path, engine: Engine) -> None:
    submitted()
    assert run(campaign, tmp_path / "out", date(2999, 1, 2)).is_failed()
    assert states(engine) == ["待审核"]


def test_one_list_that_fails_holds_up_no_other_and_is_told(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect import task

    from flows import review_declarations

    submitted()
    submitted(PARENT, LIUBEI)
    real = review_declarations.issue_book

    def broken(*given: Any, county: str) -> Any:
        if county == LIUJIANG:
            raise OSError("disk full")
        return real(*given, county=county)

    monkeypatch.setattr(review_declarations, "write_list", task(name="write-work-list")(broken))
    assert run(SHIPPED, tmp_path / "out").is_failed()
    assert "柳北区_申报审核表_2024-09-03.xlsx" in books(tmp_path / "out")
    with session(engine) as db:
        assert db.scalar(text("SELECT count(*) FROM message WHERE subject LIKE '%review-declarations%'")) == 1
