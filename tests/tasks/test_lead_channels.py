"""Five ways of finding an undeclared unit, and what happens to a sixth (C09)."""

import polars as pl
import pytest

from models.errors import InputRefused
from tasks.campaigns import open_campaign
from tasks.lead_channels import channel_named, with_known_channels

CAMPAIGN = open_campaign("liuzhou-2024-2025")
CELLS = [
    pytest.param("协管员", "协管员", id="its name"),
    pytest.param("双随机", "监督执法", id="another word for it"),
    pytest.param("路边看到", None, id="none of the five"),
    pytest.param(None, None, id="nothing said"),
]


@pytest.mark.parametrize(("written", "channel"), CELLS)
def test_a_cell_is_one_of_the_five_or_a_problem(written: str | None, channel: str | None) -> None:
    rows = pl.DataFrame({"row_no": [2], "channel": [written]}, {"row_no": pl.Int32, "channel": pl.String})
    found, problems = with_known_channels(rows, CAMPAIGN)
    assert found["channel"][0] == channel
    told = problems.select("row_no", "field", "code", "severity", "value").rows()
    assert told == ([] if channel else [(2, "channel", "E1181", "必须改正", written)])


def test_a_channel_named_for_the_whole_file() -> None:
    assert channel_named(" 检测机构", CAMPAIGN) == "技术服务机构"
    with pytest.raises(InputRefused, match=r"E1035.*专项治理、监督执法、监测、技术服务机构、协管员"):
        channel_named("路边看到", CAMPAIGN)
