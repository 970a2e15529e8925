"""The app and its terminal: strange bytes, crashes, signals, and a terminal that is gone."""

import re
import signal
import sys
from collections.abc import Callable

import pytest
from textual.color import Color

from stretch_coach.paths import Places
from stretch_coach.tui.themes import LIGHT
from tests.e2e.processes import PATIENCE_SECONDS, Terminal, find_command, history
from tests.e2e.test_app import LONG, MODES_RESET, MODES_SET, begin
from tests.e2e.test_heard import no_children_left

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are made differently there", allow_module_level=True)

import termios

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("returning_user")]


class TestInput:
    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"\x1b[M\x23\x8e\x2a", id="mouse report beyond column 95"),
            pytest.param(b"\xe9", id="Latin-1 key"),
            pytest.param(b"\xff\xfe\x00\x80" * 2000, id="binary"),
            pytest.param(b"\x1b[99999999u\x1b[55357u", id="impossible characters"),
        ],
    )
    def test_bytes_that_are_no_text_do_not_end_a_session(
        self, terminal: Callable[..., Terminal], routine_file: Callable[..., str], data: bytes
    ) -> None:
        screen = terminal("start", routine_file(LONG), "--mute")
        begin(screen)
        screen.wait_for("hold")
        screen.send(data)
        screen.press("x")
        screen.wait_for("Stopped because it hurt")
        screen.press("\r")
        assert screen.finish() == 0
        [session] = history()
        assert (session["outcome"], session["segments_done"]) == ("stopped", 1)


SABOTAGE = """
import asyncio, os, threading
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.__main__ import run
from stretch_coach.tui.screens.coach import CoachScreen

def fail(*_):
    raise RuntimeError("sabotaged")

async def fail_later():
    fail()

def break_something(self):
    try:
        {}
    finally:
        os.write(2, b"SABOTAGED")

CoachScreen.action_mute = break_something
run()
"""


class TestCrash:
    @pytest.mark.parametrize(
        "sabotage",
        [
            pytest.param("fail()", id="handler"),
            pytest.param("self.run_worker(fail_later())", id="worker"),
            pytest.param("self.set_timer(0.01, fail)", id="timer"),
            pytest.param("threading.Thread(target=fail).start()", id="thread"),
            pytest.param("asyncio.get_running_loop().call_soon(fail)", id="callback"),
            pytest.param("KeyFooter.render_lines = fail; self.query_one(KeyFooter).refresh()", id="render"),
            pytest.param("self.app._driver.process_message = fail", id="input thread"),
        ],
    )
    def test_crash_is_one_line_and_keeps_what_was_done(
        self, terminal: Callable[..., Terminal], routine_file: Callable[..., str], places: Places, sabotage: str
    ) -> None:
        screen = terminal("-c", SABOTAGE.format(sabotage), "start", routine_file(LONG), program=sys.executable)
        begin(screen)
        screen.wait_for("hold")
        screen.press("m")
        screen.wait_for("SABOTAGED")
        screen.press("m")  # the thread that reads notices only now
        assert screen.finish() == 1
        assert termios.tcgetattr(screen.slave) == screen.modes
        [line] = re.sub(r"\x1b\[[0-9;?<]*[a-z]", "", screen.screen.rpartition(MODES_RESET)[2]).splitlines()
        assert "stretch-coach: an unexpected error ended the program (RuntimeError). The log has the details:" in line
        assert "Traceback" not in screen.screen
        log = places.log.read_text(encoding="utf-8")
        assert "Traceback" in log
        assert "RuntimeError: sabotaged" in log
        [session] = history()
        assert (session["outcome"], session["segments_done"]) == ("interrupted", 1)
        assert no_children_left()


class TestLostTerminal:
    """A terminal that is gone without a signal, as for a process that is not of its session."""

    def test_session_is_interrupted(self, terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
        screen = terminal("start", routine_file(LONG), controlling=False)
        begin(screen)
        screen.wait_for("hold")
        screen.hang_up()
        assert screen.process.wait(PATIENCE_SECONDS)
        [session] = history()
        assert (session["outcome"], session["segments_done"]) == ("interrupted", 1)
        assert session["ended_at"]
        assert no_children_left()

    def test_home_is_left(self, terminal: Callable[..., Terminal]) -> None:
        screen = terminal(controlling=False)
        screen.wait_for("Quit")
        screen.hang_up()
        assert screen.process.wait(PATIENCE_SECONDS) == 143

    def test_before_anything_is_shown(self, terminal: Callable[..., Terminal]) -> None:
        screen = terminal(controlling=False)
        screen.wait_for(MODES_SET)
        screen.hang_up()
        assert screen.process.wait(PATIENCE_SECONDS) == 143

    def test_ignored_hang_up(self, terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
        started = (
            "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
        )
        screen = terminal("-c", started, *find_command(), "start", routine_file(LONG), program=sys.executable)
        begin(screen)
        screen.wait_for("hold")
        screen.hang_up()
        assert screen.process.wait(PATIENCE_SECONDS)
        assert history()[0]["outcome"] == "interrupted"


class TestTheme:
    @pytest.mark.parametrize("names", ["coach-light", "no-such-theme, coach-light,nord"])
    def test_theme_of_the_environment(
        self, terminal: Callable[..., Terminal], monkeypatch: pytest.MonkeyPatch, names: str
    ) -> None:
        monkeypatch.setenv("TEXTUAL_THEME", names)
        screen = terminal()
        screen.wait_until(lambda: "Quit" in screen.screen, "home is shown")
        assert f"48;2;{';'.join(map(str, Color.parse(LIGHT.background or '').rgb))}m" in screen.screen
        screen.press("q")
        assert screen.finish() == 0


class TestSignals:
    @pytest.mark.parametrize(
        ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 143), (signal.SIGQUIT, 143), (signal.SIGINT, 130)]
    )
    def test_signal_while_loading_restores_the_terminal(
        self, terminal: Callable[..., Terminal], number: int, code: int
    ) -> None:
        screen = terminal()
        screen.wait_for(MODES_SET)
        screen.process.send_signal(number)
        assert screen.finish() == code
        assert termios.tcgetattr(screen.slave) == screen.modes
        assert MODES_RESET in screen.screen

    @pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 143), (signal.SIGINT, 130)])
    def test_signal_at_home_ends_the_app(self, terminal: Callable[..., Terminal], number: int, code: int) -> None:
        screen = terminal()
        screen.wait_for("Quit")
        screen.process.send_signal(number)
        assert screen.finish() == code
        assert MODES_RESET in screen.screen
