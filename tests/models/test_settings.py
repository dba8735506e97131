"""Settings come from the environment, and a wrong one is named without its value."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.errors import EnvironmentTrouble
from models.settings import get_settings
from tests.make_messages import configure


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    get_settings.cache_clear()


def test_nothing_leaves_the_machine_unless_told() -> None:
    settings = get_settings()
    assert settings.deliver is False
    assert settings.outbox_folder == settings.home / "outbox"


def test_folder_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    configure(monkeypatch, outbox=tmp_path)
    assert get_settings().outbox_folder == tmp_path


@pytest.mark.parametrize(
    ("name", "value"),
    [("deliver", "maybe"), ("smtp_port", "hunter2"), ("smtp_security", "hunter2"), ("smtp_timeout", "-1")],
)
def test_a_wrong_value_is_named_not_shown(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    configure(monkeypatch, **{name: value})
    with pytest.raises(EnvironmentTrouble, match=f"E1439.*YINGBAO_{name.upper()}") as caught:
        get_settings()
    assert value not in str(caught.value)


def test_the_password_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, smtp_password="hunter2")
    assert "hunter2" not in repr(get_settings())
