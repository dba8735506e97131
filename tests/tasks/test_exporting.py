"""What analysts take away: every unit of the day, in each kind of file, text staying text (ACT12)."""

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from models.database import session
from models.errors import InputRefused, UsageTrouble
from notices import table_file
from notices.table_file import write_table
from tasks.exporting import export_units
from tests.make_targets import DAY, campaign_with, declare, make_employer

LIUJIANG, LIUBEI = "450206", "450205"


@pytest.fixture
def city(installation: Path) -> Path:
    with session() as db:
        declare(db, make_employer(db, name="柳州钢厂", credit_code="91450200735148460A"))
        make_employer(db, name="=1+1铸造厂", county=LIUBEI, headcount=None)
        make_employer(db, name="倒闭厂", state="注销", state_on=DAY)
    return installation


def read(path: Path) -> pl.DataFrame:
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    if path.suffix == ".csv":
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        return pl.read_csv(path, infer_schema=False)
    return pl.read_excel(path, infer_schema_length=0)


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".parquet"])
def test_every_unit_with_why_it_is_in_or_out(city: Path, ending: str) -> None:
    path = city / f"单位{ending}"
    assert export_units(campaign_with(), DAY, path) == 3
    found = {row["name"]: row for row in read(path).iter_rows(named=True)}
    assert found["柳州钢厂"]["credit_code"] == "91450200735148460A"
    assert str(found["柳州钢厂"]["declared"]).lower() == "true"
    assert found["=1+1铸造厂"]["headcount"] in (None, "")
    assert found["倒闭厂"]["rule"] == "deregistered"
    assert not list(city.glob(".*part"))


def test_one_county(city: Path) -> None:
    assert export_units(campaign_with(), DAY, city / "a.parquet", county=LIUBEI) == 1


def test_before_the_first_list_nobody_is_known(city: Path) -> None:
    path = city / "a.parquet"
    assert export_units(campaign_with(), date(2023, 1, 1), path) == 0
    assert pl.read_parquet(path).columns[0] == "unit"


def test_a_name_is_no_formula(city: Path) -> None:
    path = city / "a.xlsx"
    export_units(campaign_with(), DAY, path)
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert next(cell for cell in cells if cell.value == "=1+1铸造厂").data_type != "f"


def test_a_sheet_holds_only_so_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_file, "MOST_ROWS", 2)
    with pytest.raises(InputRefused, match="放不下"):
        write_table(pl.DataFrame({"a": [1, 2, 3]}), tmp_path / "a.xlsx")


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageTrouble, match=r"\.docx"):
        write_table(pl.DataFrame({"a": [1]}), tmp_path / "a.docx")
