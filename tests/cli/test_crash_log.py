"""Unexpected errors: one line for the user, the traceback in the log."""

import os
import stat
import sys
import threading
from collections.abc import Callable

import pytest

from stretch_coach.cli import crash_log
from stretch_coach.cli.commands import log_stray_errors
from stretch_coach.cli.crash_log import log_crash
from stretch_coach.paths import Places
from tests.cli.conftest import CommandResult


@pytest.fixture
def broken_streak(monkeypatch: pytest.MonkeyPatch) -> None:
    """`streak` raises an error that nobody expected."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("stretch_coach.journal.summary.load_summary", fail)


@pytest.mark.usefixtures("broken_streak")
def test_unexpected_error_is_one_line_and_its_traceback_is_in_the_log(
    coach: Callable[..., CommandResult], places: Places
) -> None:
    ended = coach("streak")
    sentence = "an unexpected error ended the program (ZeroDivisionError). The log has the details:"
    assert (ended.code, ended.err) == (1, f"stretch-coach: {sentence} {places.log}\n")
    log = places.log.read_text(encoding="utf-8")
    assert "stretch-coach 0.1.0 ['streak']\nTraceback (most recent call last):" in log
    assert log.endswith("ZeroDivisionError: inside\n\n")


@pytest.mark.usefixtures("broken_streak")
def test_error_that_cannot_be_logged_is_still_one_line(coach: Callable[..., CommandResult], places: Places) -> None:
    places.log.mkdir(parents=True)
    ended = coach("streak")
    assert ended.code == 1
    assert ended.err.count("\n") == 1
    assert "It could not be written to the log: " in ended.err
    assert ".." not in ended.err


@pytest.mark.skipif(sys.platform == "win32", reason="Unix modes and pipes")
class TestFile:
    def test_log_is_private_under_any_umask(self, places: Places) -> None:
        umask = os.umask(0)
        try:
            log_crash(ZeroDivisionError())
        finally:
            os.umask(umask)
        assert stat.S_IMODE(places.log.stat().st_mode) == 0o600
        assert stat.S_IMODE(places.log.parent.stat().st_mode) == 0o700

    def test_pipe_in_its_place_is_not_waited_for(self, places: Places) -> None:
        places.state.mkdir()
        os.mkfifo(places.log)
        assert "It could not be written to the log" in log_crash(ZeroDivisionError())


def test_error_in_a_thread_is_logged_and_not_printed(
    places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    log_stray_errors()
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    assert capsys.readouterr().err == ""
    assert "ZeroDivisionError: division by zero" in places.log.read_text(encoding="utf-8")


def test_log_does_not_grow_for_ever(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash_log, "_MOST_BYTES", 1000)
    for number in range(50):
        log_crash(ValueError(f"error {number} {'x' * 100}"))
    logs = sorted(places.state.iterdir())
    assert [one.name for one in logs] == ["stretch-coach.log", "stretch-coach.log.1"]
    assert sum(one.stat().st_size for one in logs) < 3000
    assert "error 49" in places.log.read_text(encoding="utf-8")


def test_entry_is_bounded_and_safe_to_show(places: Places) -> None:
    log_crash(ValueError("\x1b[31m" + "x" * 1_000_000 + "\udce9"))
    log = places.log.read_text(encoding="utf-8")
    assert len(log) < 30_000
    assert "\x1b" not in log
    assert log.endswith("x\\udce9\n\n")
