"""What a person is shown of a pair: the code as it was written, and how far it agrees."""

import pytest

from models.rules.link_explanation import explain_pair
from tasks.linking import link_model
from tests.link_worlds import CODE, frame, unit

SLIPPED = f"{CODE[:10]}9{CODE[11:]}"


@pytest.mark.parametrize(
    ("code", "damaged", "shown", "agreement"),
    [
        (CODE, None, CODE, "相同"),
        (None, SLIPPED, SLIPPED, "校验位不对，只差一两位"),
        (None, None, None, "一方没有"),
    ],
    ids=["right", "a digit wrong", "none"],
)
def test_the_code_is_shown_as_written(
    code: str | None, damaged: str | None, shown: str | None, agreement: str
) -> None:
    declared = frame("entry", [unit(credit_code=code, damaged_code=damaged)])
    sides = (side.with_columns(name="name_key") for side in (declared, frame("employer_id", [unit()])))
    lines = explain_pair(*sides, link_model())
    line = next(line for line in lines if line["field"] == "统一社会信用代码")
    assert (line["declared"], line["registered"], line["agreement"]) == (shown, CODE, agreement)
