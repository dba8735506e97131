"""The files as offices send them, and where the truth says each record stands."""

import csv
import hashlib
import unicodedata
from pathlib import Path

import fastexcel
import openpyxl
import polars as pl
import pytest

from tasks.sample import make_sample


def digest(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_same_numbers_same_bytes(tmp_path):
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        make_sample(tmp_path / name, employers=400, seed=seed)
    first, again, other = (digest(tmp_path / name) for name in "abc")
    assert first == again
    assert first != other


def test_the_manifest_names_every_file(sample):
    out = sample(formats="mixed").out
    manifest = pl.read_csv(out / "manifest.csv")
    own = {"manifest.csv", "truth.csv", "truth_units.csv"}
    assert set(manifest["file"]) == {p.name for p in out.iterdir() if p.is_file()} - own
    assert set(manifest["kind"]) == {
        "registry",
        "survey",
        "programme",
        "association",
        "lead",
        "declarations",
        "platform-counts",
    }


def normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().upper()


def cells_of(path: Path, sheet: str) -> list[list[str]]:
    """Every row of a sheet as text, read by other means than ours."""
    if path.suffix == ".csv":
        encoding = "gb18030" if "各县" in path.name else "utf-8-sig"
        return list(csv.reader(path.read_text(encoding=encoding).splitlines()))
    if path.suffix == ".ods":
        frame = fastexcel.read_excel(path).load_sheet(sheet, header_row=None, dtypes="string").to_polars()
        return [[c or "" for c in row] for row in frame.iter_rows()]
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [["" if c is None else str(c) for c in row] for row in rows]


@pytest.mark.parametrize("formats", ["mixed", "csv"])
def test_the_truth_points_at_the_right_rows(sample, formats):
    out = sample(formats=formats).out
    truth = pl.read_csv(out / "truth.csv", infer_schema=False)
    codes = dict(pl.read_csv(out / "truth_units.csv", infer_schema=False).select("unit", "code").iter_rows())
    for (file, sheet), rows in truth.group_by("file", "sheet"):
        lines = cells_of(out / str(file), str(sheet))
        pointed = [
            (lines[int(r) - 1], codes.get(unit or ""))
            for r, unit in rows.select("row_no", "unit").iter_rows()
        ]
        known = [code in map(normal, line) for line, code in pointed if code]
        assert sum(known) / len(known) > (0.1 if "线索" in str(file) or "协会" in str(file) else 0.55), file
        assert not any(
            "小计" in "".join(line) or "合计" in line or "填表人" in "".join(line) for line, _ in pointed
        )


def test_the_dump_has_the_regulators_columns_and_its_empties(sample):
    path = next(sample(formats="mixed").out.glob("市监局_各县*.csv"))
    lines = list(csv.reader(path.read_text(encoding="gb18030").splitlines()))
    assert len(lines[0]) == 31
    assert lines[0][4] == "uni_social_crd_cd"
    assert all(line[11 + 10] == "\\n" for line in lines[1:])
    assert any(line[16] == "9999-9-9" for line in lines)
    assert any(line[17].startswith("450221") for line in lines)


def test_the_districts_sheet_has_a_title_and_two_header_lines(sample):
    path = next(sample(formats="mixed").out.glob("市监局_市区*.xlsx"))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["A1"].value == "柳州市企业登记信息（数据截至2024年6月30日）"
    assert {"A1:P1", "B2:I2", "A2:A3"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert sheet["B3"].value == "统一社会信用代码"


def test_the_survey_has_subtotals_and_a_signature(sample):
    path = next(sample(formats="mixed").out.glob("*现状调查*.xlsx"))
    second = [str(row[1]) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)]
    assert sum("小计" in text for text in second) == 10
    assert openpyxl.load_workbook(path).worksheets[0].cell(len(second), 1).value.startswith("填表人")


def read(folder: Path, pattern: str) -> pl.DataFrame:
    return pl.read_csv(next(folder.glob(pattern)), infer_schema=False)


def test_a_month_later_some_two_per_cent_differ(sample):
    """What did not change is the same to the letter, dirt and all."""
    out = sample().out
    before, after = (
        {line[0]: line for line in cells_of(next(p.glob("市监局_各县*.csv")), "")}
        for p in (out, out / "later")
    )
    both = before.keys() & after.keys()
    assert 0.003 < sum(before[key] != after[key] for key in both) / len(both) < 0.03
    assert before.keys() - after.keys()
    assert after.keys() - before.keys()


def test_a_month_later_some_are_approved_some_revoked_some_gone(sample):
    out = sample().out
    before, after = read(out, "*申报导出*.csv"), read(out / "later", "*申报导出*.csv")
    both = before.join(after, on="申报编号", suffix="_after")
    moves = set(both.filter(pl.col("状态") != pl.col("状态_after")).select("状态", "状态_after").iter_rows())
    assert moves == {("待审核", "已审核"), ("已审核", "待审核")}
    assert len(both) < len(before)
    assert len(after) > len(both)


def test_declarations_are_a_third_of_the_employers_and_clear_some_of_the_severe(sample):
    report = sample()
    assert report.declarations == pytest.approx(900, rel=0.05)
    units = pl.read_csv(report.out / "truth_units.csv", infer_schema_length=None)
    in_scope = units.filter("in_scope")
    assert 0.3 < in_scope["declared"].mean() < 0.5
    assert report.targets == in_scope["should_be_target"].sum()
