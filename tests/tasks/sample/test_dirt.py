"""Single habits of clerks and of machines."""

import random
import re
from pathlib import Path

import polars as pl
import pytest

from tasks.sample.dice import Dice
from tasks.sample.dirt import cells, codes, foreign, names
from tasks.sample.dirt.places import by_hand
from tasks.sample.dirt.spoil import becomes, spoil

CODE = "91450200MA5KYL218E"


@pytest.mark.parametrize(
    ("recipe", "text", "spoilt"),
    [
        pytest.param(codes.full_width, "91A", "９１Ａ", id="full-width"),
        pytest.param(codes.as_float, "914502001270415551", "9.14502001270415E+17", id="digits-lost"),
        pytest.param(codes.organisation_code, CODE, "MA5KYL21-8", id="organisation-code"),
        pytest.param(names.without_prefix, "广西柳州市鑫鸿建材有限公司", "鑫鸿建材有限公司", id="no-region"),
        pytest.param(names.other_form, "鑫鸿建材有限责任公司", "鑫鸿建材有限公司", id="shorter-form"),
        pytest.param(names.other_form, "鑫鸿建材有限公司", "鑫鸿建材有限责任公司", id="longer-form"),
        pytest.param(names.half_marks, "鑫鸿（柳州）公司", "鑫鸿(柳州)公司", id="half-brackets"),
        pytest.param(names.no_branch, "鑫鸿有限公司柳江分公司", "鑫鸿有限公司", id="no-branch"),
        pytest.param(cells.full_width_persons, "25", "２５人", id="persons"),
        pytest.param(cells.as_decimal, "2411", "2411.0", id="industry-as-float"),
        pytest.param(cells.division, "2411", "24", id="division-only"),
        pytest.param(cells.dashed, "13812345678", "138-1234-5678", id="dashed-phone"),
    ],
)
def test_habit(recipe, text, spoilt):
    assert recipe(text, random.Random(1)) == spoilt


@pytest.mark.parametrize(
    "recipe", [codes.transposed, codes.truncated, codes.repeated_digit, codes.letter_for_digit]
)
def test_a_code_is_no_longer_itself(recipe):
    assert recipe("914502001270415550", random.Random(2)) != "914502001270415550"


def test_each_recipe_takes_its_share():
    column = pl.Series("x", ["a"] * 10_000)
    spoilt = spoil(column, [(0.1, becomes("b")), (0.2, becomes("c"))], Dice("share"))
    shares = {value: count / 10_000 for value, count in spoilt.value_counts().iter_rows()}
    assert shares == pytest.approx({"a": 0.7, "b": 0.1, "c": 0.2}, abs=0.02)


def test_an_address_keeps_its_street():
    part = ("柳江区", "拉堡镇", "柳堡路", "", 56, "2栋")
    written = {by_hand(part, random.Random(i)) for i in range(200)}
    assert all("柳堡路" in text for text in written)
    assert len(written) > 60


def test_the_channel_errs_per_character():
    column = pl.Series("x", ["柳州市鑫鸿建材有限公司"] * 2000)
    slips = (foreign.noisy(column, 0.05, Dice("noise")) != column).mean()
    assert slips == pytest.approx(1 - 0.95**11, abs=0.05)


def test_no_slip_without_noise():
    column = pl.Series("x", ["柳州", None, ""])
    assert foreign.noisy(column, 0.0, Dice("noise")).to_list() == ["柳州", None, ""]


def test_the_two_hands_share_no_dirt():
    """A linker that fits `city` must not thereby fit `foreign`."""
    source = Path(foreign.__file__).read_text(encoding="utf-8")
    imported = set(re.findall(r"from tasks\.sample\.dirt\.?(\w*) import", source))
    assert imported == {"lookalikes"}
