"""The app in a real terminal: a whole session, whatever ends it, and a terminal left as it was."""

import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from stretch_coach.paths import Places
from tests.e2e.processes import PATIENCE_SECONDS, Terminal, history, run
from tests.e2e.sound import NullSink, is_missing
from tests.e2e.test_heard import no_children_left
from tests.tui.hostile import CONTROLS, SHOWN, write

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are made differently there", allow_module_level=True)

import termios

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("returning_user")]

WHOLE = "STRETCH_COACH_TEST_LONG"
"""Where this is set, a whole three-minute session is waited for."""

SHORT = [
    {"exercise": "posture-reset", "prepare": 2, "hold": 3},
    {"exercise": "upper-trap-stretch", "side": "left", "prepare": 2, "hold": 2, "reps": 1},
    {"rest": 3},
]
LONG = {"exercise": "upper-trap-stretch", "prepare": 1, "hold": 120, "reps": 1}
MODES_SET, MODES_RESET = "\x1b[?1049h", "\x1b[?1049l"


@pytest.fixture
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where sound can be made, there is a device that takes it."""
    if is_missing():
        yield
        return
    sink = NullSink(tmp_path)
    for name, value in sink.environment.items():
        monkeypatch.setenv(name, value)
    sink.start()
    yield
    sink.stop()


def begin(screen: Terminal) -> None:
    """Begin as soon as the session is ready."""
    screen.wait_for("Start")
    screen.wait_until(lambda: re.search(r"\d steps? · ", screen.screen) is not None, "it is ready")
    screen.press("\r")
    screen.wait_for("get ready")


def late_by_seconds(session: dict[str, str]) -> float:
    """Return how long after its timeline the session ended, by the wall clock."""
    started, ended = (datetime.fromisoformat(session[key]) for key in ("started_at", "ended_at"))
    return (ended - started).total_seconds() - float(session["planned_seconds"])


def lead(screen: Terminal, seconds: float) -> None:
    """Run a whole session, from its start to the history."""
    begin(screen)
    screen.wait_for("Well done", patience=seconds + 30)
    screen.wait_until(lambda: "1-day streak" in screen.screen, "the streak is shown")
    screen.press("\r")
    assert screen.finish() == 0
    assert termios.tcgetattr(screen.slave) == screen.modes
    assert MODES_RESET in screen.screen
    assert "Traceback" not in screen.screen
    [session] = history()
    assert (session["outcome"], session["done_seconds"]) == ("completed", session["planned_seconds"])
    assert late_by_seconds(session) >= -0.02  # how late it is depends on the machine, and tests/bench measures it
    assert json.loads(run("streak", "--json").stdout)["current"] == 1
    assert no_children_left()


@pytest.mark.usefixtures("sound")
def test_app_session_from_its_start_to_the_history(
    terminal: Callable[..., Terminal], routine_file: Callable[..., str]
) -> None:
    lead(terminal("start", routine_file(*SHORT)), 12)


@pytest.mark.skipif(
    not os.environ.get(WHOLE) and not os.environ.get("STRETCH_COACH_TEST_NO_SKIPS"), reason=f"{WHOLE} is not set"
)
@pytest.mark.timeout(400)
@pytest.mark.usefixtures("sound")
def test_app_runs_a_whole_screen_break(terminal: Callable[..., Terminal]) -> None:
    lead(terminal("start", "screen-break"), 180)


@pytest.mark.parametrize(
    ("number", "outcome", "code"),
    [(signal.SIGHUP, "interrupted", 143), (signal.SIGTERM, "interrupted", 143), (signal.SIGINT, "partial", 130)],
)
def test_signal_keeps_what_was_done(
    terminal: Callable[..., Terminal], routine_file: Callable[..., str], number: int, outcome: str, code: int
) -> None:
    screen = terminal("start", routine_file(LONG))
    begin(screen)
    screen.wait_for("hold")
    screen.process.send_signal(number)
    assert screen.finish() == code
    assert termios.tcgetattr(screen.slave) == screen.modes
    assert MODES_RESET in screen.screen
    assert "Traceback" not in screen.screen
    [session] = history()
    assert (session["outcome"], session["segments_done"]) == (outcome, 1)
    assert no_children_left()


@pytest.mark.parametrize("how", ["kill -9", "closed terminal"])
def test_interrupted_session_is_offered_at_home(
    terminal: Callable[..., Terminal], places: Places, routine_file: Callable[..., str], how: str
) -> None:
    file = Path(routine_file(LONG))
    places.routines.mkdir(parents=True, exist_ok=True)
    own = places.routines / "own.json"
    own.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    screen = terminal("start", "own")
    begin(screen)
    screen.wait_for("hold")
    if how == "kill -9":
        screen.process.kill()
    else:
        screen.hang_up()
    screen.process.wait(PATIENCE_SECONDS)
    [session] = history()
    assert (session["outcome"], session["segments_done"]) == ("interrupted", 1)
    assert no_children_left()
    home = terminal()
    home.wait_for("Press c to continue")
    home.press("c")
    home.wait_for("Resuming at step 1 of")
    home.press("\r")
    home.wait_for("get ready")
    home.wait_for("hold")
    home.press("x")
    home.wait_for("Stopped because it hurt")
    home.press("\r")
    home.wait_for("You stopped because it hurt. Rest for today.")
    home.press("q")
    assert home.finish() == 0
    [again] = history()
    assert (again["id"], again["outcome"]) == (session["id"], "stopped")


def test_the_first_key_after_the_start_works(terminal: Callable[..., Terminal]) -> None:
    screen = terminal()
    screen.wait_for("Quit")
    screen.press("q")
    assert screen.finish() == 0
    assert MODES_RESET in screen.screen


def test_pictures_are_sent_once_the_terminal_answered_and_removed_at_the_end(
    terminal: Callable[..., Terminal], routine_file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-kitty")
    screen = terminal("start", routine_file(LONG))
    screen.wait_for("a=q")
    screen.press("\x1b_Gi=1571000;OK\x1b\\")
    begin(screen)
    screen.wait_for("a=p,")
    screen.press("x")
    screen.wait_until(lambda: "Stopped because it hurt" in screen.screen, "the session ended")
    screen.press("\r")
    assert screen.finish() == 0
    assert "a=d,d=I," in screen.screen.partition(MODES_RESET)[0]


def test_text_from_files_never_controls_the_terminal(terminal: Callable[..., Terminal], places: Places) -> None:
    titles = [*SHOWN, "\x1b]0;owned\x07title", "\x9b31mowned", "owned\u202etxt"]
    write(places.routines, titles)
    screen = terminal()
    screen.wait_until(lambda: "Quit" in screen.screen and "press me[/]" in screen.screen, "they are listed")
    before = screen.screen.count("press me[/]")
    screen.press("/press me\r")
    screen.wait_until(lambda: screen.screen.count("press me[/]") > before, "it is found")
    screen.press("\x11")
    assert screen.finish() == 0
    seen = screen.screen
    assert "]0;owned" not in seen
    assert not [one for one in CONTROLS if one not in "\x1b\r\n\t\x07\x08\x0e\x0f" and one in seen]
    titles_set = re.findall(r"\x1b\]([0-9]+);([^\x07\x1b]*)", seen)
    assert all("owned" not in words for _, words in titles_set)
    assert "\x1b]8;" not in seen, "nothing in a file became a link"


def test_crash_is_one_sentence(terminal: Callable[..., Terminal], places: Places) -> None:
    for file in places.history.parent.glob("history*"):
        file.unlink()
    places.history.mkdir()
    screen = terminal()
    assert screen.finish() == 1
    assert "is not a file. Move it away" in screen.screen.replace("\r\n", " ")
    assert "Traceback" not in screen.screen
