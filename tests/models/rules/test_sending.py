"""When a message is tried again."""

from datetime import timedelta

import pytest

from models.rules.sending import back_off, gives_up


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 60), (23, 60), (0, 1)]
)
def test_back_off(attempts: int, minutes: int) -> None:
    assert back_off(attempts) == timedelta(minutes=minutes)


def test_gives_up_after_about_a_day() -> None:
    tried = next(attempts for attempts in range(1, 100) if gives_up(attempts))
    spent = sum((back_off(attempts) for attempts in range(1, tried)), timedelta())
    assert timedelta(hours=18) < spent < timedelta(hours=30)
