"""What rows become before they are stored."""

import polars as pl

from tasks.normal_rows import with_parents

SHEET = pl.DataFrame(
    {
        "row_no": [2, 3, 4],
        "source_key": ["450200000001", "450200000002", "450200000003"],
        "credit_code": ["91450200735148460A", None, None],
        "parent_code": [None, "450200000001", "91450221735167944N"],
    }
)


def test_a_parent_named_by_the_regulators_number_is_found_by_its_code() -> None:
    assert with_parents(SHEET, SHEET)["parent_code"].to_list() == [
        None,
        "91450200735148460A",
        "91450221735167944N",
    ]


def test_a_parent_that_the_sheet_does_not_list_stays_as_written() -> None:
    assert with_parents(SHEET[1:], SHEET[1:])["parent_code"][0] == "450200000001"


def test_a_sheet_without_parents_is_left_alone() -> None:
    bare = SHEET.drop("parent_code")
    assert with_parents(bare, bare).equals(bare)
