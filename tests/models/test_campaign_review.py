"""The [review] section of a campaign file: read strictly, each mistake at its line and key."""

from pathlib import Path

import pytest

from models.campaign import load_campaign
from models.campaign_file import CampaignRefused
from tasks.campaigns import CAMPAIGNS

SHIPPED = (CAMPAIGNS / "liuzhou-2024-2025.toml").read_text("utf-8")
START = SHIPPED.index("[review]\n")
END = SHIPPED.index("\n\n", START)


def written(folder: Path, section: str) -> Path:
    path = folder / "c.toml"
    path.write_text(SHIPPED[:START] + section + SHIPPED[END:], "utf-8")
    return path


def test_as_shipped_no_county_approves_by_itself() -> None:
    review = load_campaign(CAMPAIGNS / "liuzhou-2024-2025.toml").review
    assert (review.automatic, review.second_look, review.objection_working_days) == ((), 0.1, 5)


def test_without_the_section_nothing_runs_by_itself(tmp_path: Path) -> None:
    assert load_campaign(written(tmp_path, "")).review.automatic == ()


def test_a_county_switches_it_on(tmp_path: Path) -> None:
    section = '[review]\nautomatic = ["450206"]\nsecond_look = 1.0\nobjection_working_days = 3'
    review = load_campaign(written(tmp_path, section)).review
    assert (review.automatic, review.second_look, review.objection_working_days) == (("450206",), 1.0, 3)


@pytest.mark.parametrize(
    ("section", "line", "key"),
    [
        pytest.param('automatic = ["450206", "450101"]', 1, "review.automatic[2]", id="别市的县"),
        pytest.param('automatic = ["柳江区"]', 1, "review.automatic[1]", id="不是代码"),
        pytest.param('automatic = ["450206", "450206"]', 1, "review.automatic[2]", id="重复"),
        pytest.param("automatic = []\nsecond_look = 1.5", 2, "review.second_look", id="大于1"),
        pytest.param("second_look = -0.1", 1, "review.second_look", id="小于0"),
        pytest.param('second_look = "10%"', 1, "review.second_look", id="百分数"),
        pytest.param("objection_working_days = 0", 1, "review.objection_working_days", id="零天"),
        pytest.param("objection_days = 5", 1, "review.objection_days", id="没有这一项"),
    ],
)
def test_mistakes_have_line_and_key(tmp_path: Path, section: str, line: int, key: str) -> None:
    with pytest.raises(CampaignRefused) as refused:
        load_campaign(written(tmp_path, f"[review]\n{section}"))
    (mistake,) = refused.value.mistakes
    assert (mistake.line - SHIPPED[:START].count("\n") - 1, mistake.key) == (line, key)
