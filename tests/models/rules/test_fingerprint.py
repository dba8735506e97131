"""The hash of a frozen list depends on members and facts, on nothing else."""

import pytest

from models.rules.fingerprint import fingerprint

LIST = [(1, {"name": "甲厂", "size": None}), (2, {"name": "乙厂", "size": "小"})]


def test_key_order_does_not_matter() -> None:
    assert fingerprint(LIST) == fingerprint([(1, {"size": None, "name": "甲厂"}), LIST[1]])


def test_it_is_what_sha256sum_says_of_the_lines() -> None:
    assert fingerprint(LIST) == "05bea0a949e418cc6fa56d1148336c68e34aa7347210d95612101e0d2c602ad9"


@pytest.mark.parametrize(
    "other",
    [
        LIST[:1],
        [LIST[1], LIST[0]],
        [(3, LIST[0][1]), LIST[1]],
        [(1, {"name": "甲厂", "size": "微"}), LIST[1]],
    ],
    ids=["one less", "other order", "other unit", "other fact"],
)
def test_any_difference_shows(other: list[tuple[int, dict[str, str | None]]]) -> None:
    assert fingerprint(other) != fingerprint(LIST)
