"""`breaks install` and `uninstall`, in a home of the test's own."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import CommandResult

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the files of Linux")


@pytest.fixture(autouse=True)
def user_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home, without a running systemd."""
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return tmp_path / "user"


def test_printing_writes_nothing(coach: Callable[..., CommandResult], user_home: Path) -> None:
    assert "stretch_coach" in coach("breaks", "install", "--print").out
    assert "ExecStart=" in coach("breaks", "install", "--print", "--systemd").out
    assert not user_home.exists()


def test_dependence_on_a_checkout_is_said(coach: Callable[..., CommandResult], monkeypatch: pytest.MonkeyPatch) -> None:
    ended = coach("breaks", "install")
    assert f"It runs from the checkout {Path(__file__).parents[2]}, and stops working when" in ended.out
    monkeypatch.setattr("stretch_coach.paths.find_checkout", lambda: None)
    assert "It runs from the checkout" not in coach("breaks", "install").out


def test_what_is_installed_is_removed_again(coach: Callable[..., CommandResult], user_home: Path) -> None:
    assert coach("breaks", "install").out.startswith("Installed: XDG autostart")
    assert coach("breaks", "install").out.startswith("Already installed: XDG autostart")
    assert "stretch-coach.desktop" in coach("breaks", "uninstall", "--print").out
    assert coach("breaks", "uninstall").out.startswith("Removed: XDG autostart")
    assert coach("breaks", "uninstall").out == "Nothing was installed.\n"
    assert not [file for file in user_home.rglob("*") if file.is_file()]
