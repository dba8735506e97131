"""The flows as Prefect runs them: typed parameters, dry runs, artifacts, and one failure that stops nobody."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from deployments.catalogue import FLOWS, READ_ONLY, find_flow
from deployments.flow_parameters import request_for
from models.batch import Batch
from models.database import session
from models.errors import UsageTrouble
from models.target import Target
from tests.campaign.files import FOUNDRY, QUARRY, REGISTRY, registry_row, write_csv

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.usefixtures("installation"),
]
ADDRESS = "柳州市柳江区拉堡镇柳堡路1号"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good lists and one that is no table."""
    write_csv(
        tmp_path / "名册/一.csv",
        REGISTRY,
        [registry_row(FOUNDRY, "柳州市鑫鸿铸造有限公司", ADDRESS, 行业代码="3110")],
    )
    (tmp_path / "名册/二.xlsx").write_bytes(b"%PDF-1.7 not a workbook")
    quarry = registry_row(QUARRY, "鹿寨县石山采石场", "鹿寨县中渡镇石山村", 行业代码="1011")
    write_csv(tmp_path / "名册/三.csv", REGISTRY, [quarry])
    return tmp_path / "名册"


def _ingest(folder: Path, **changes: Any) -> Any:
    request = {"place": str(folder), "kind": "registry", "data_date": date(2024, 6, 30), **changes}
    return find_flow("ingest-registry")(request, return_state=True)


def _batches(engine: Engine) -> list[str]:
    with session(engine) as db:
        return sorted(db.scalars(select(Batch.file_name)))


def test_a_refused_file_stops_nobody_and_the_run_ends_failed(folder: Path, engine: Engine) -> None:
    state = _ingest(folder)
    assert state.is_failed()
    assert _batches(engine) == ["一.csv", "三.csv"]


def test_a_dry_run_stores_nothing(folder: Path, engine: Engine) -> None:
    (folder / "二.xlsx").unlink()
    assert _ingest(folder, dry_run=True).is_completed()
    assert _batches(engine) == []


def test_targets_are_found_and_a_list_written_for_each_county(
    folder: Path, engine: Engine, tmp_path: Path
) -> None:
    _ingest(folder)
    flow: Any = find_flow("find_targets")
    assert flow(
        {"as_of": date(2024, 8, 9), "out": tmp_path / "dry", "dry_run": True}, return_state=True
    ).is_completed()
    assert not (tmp_path / "dry").exists()
    state = flow({"as_of": date(2024, 8, 9), "out": tmp_path / "out"}, return_state=True)
    assert state.is_completed()
    assert len(list((tmp_path / "out").glob("*_未申报单位清单.xlsx"))) == 10
    with session(engine) as db:
        assert set(db.scalars(select(Target.county).where(Target.in_r))) == {"450206", "450223"}


def test_a_checked_request_is_taken_as_it_is(folder: Path) -> None:
    (folder / "二.xlsx").unlink()
    given = {"place": str(folder), "kind": "registry", "data_date": "2024-06-30", "dry_run": True}
    assert find_flow("ingest-registry")(  # type: ignore[attr-defined]
        request_for("ingest-registry", given), return_state=True
    ).is_completed()


def test_a_mistyped_parameter_is_refused_by_the_flow_itself() -> None:
    from prefect.exceptions import ParameterTypeError

    with pytest.raises(ParameterTypeError, match="asof"):
        find_flow("find-targets")({"asof": "2024-08-09"})


def test_wrong_parameters_are_named_before_anything_runs() -> None:
    from prefect.exceptions import ParameterTypeError

    with pytest.raises(ParameterTypeError, match="kind"):
        find_flow("ingest-registry")({"place": "x", "kind": "nonsense"})


@pytest.mark.parametrize("name", FLOWS)
def test_every_parameter_has_a_chinese_title(name: str) -> None:
    """Prefect's form shows the titles of the request's fields."""
    fields = find_flow(name).parameters.definitions["Request"]["properties"]
    assert ("dry_run" in fields) != (name in READ_ONLY)
    for field, schema in fields.items():
        assert any("一" <= sign <= "鿿" for sign in schema["title"]), field


def test_an_unknown_flow_is_refused_with_the_list() -> None:
    with pytest.raises(UsageTrouble, match="find_targets"):
        find_flow("nothing")
