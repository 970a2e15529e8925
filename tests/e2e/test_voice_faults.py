"""Speech engines and sound systems that fail: the session ends on time, is recorded, and leaves nothing running."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.processes import Coach, Terminal, history, run
from tests.e2e.test_heard import no_children_left

pytestmark = pytest.mark.e2e

NOISE = "import os, sys\nprint('noise'); os.write(1, b'\\xff\\x00 more noise {\\n'); os.write(2, b'and on stderr\\n')\n"
ENGINE = """
class Engine:
    def connect(self, *_): pass
    def setProperty(self, *_): pass
    def getProperty(self, _): return []
    def save_to_file(self, text, file): {save}
    def runAndWait(self): {wait}
def init(): return Engine()
"""
FAULTS = {
    "hangs while starting": NOISE + "import time\ndef init(): time.sleep(1000)",
    "ends the process while starting": NOISE + "def init(): os._exit(1)",
    "raises while starting": NOISE + "def init(): raise RuntimeError('no \\x1b[31mengine')",
    "cannot be imported": "raise ImportError('broken')",
    "hangs at a text": NOISE + "import time" + ENGINE.format(save="pass", wait="time.sleep(1000)"),
    "ends the process at a text": NOISE + ENGINE.format(save="os._exit(3)", wait="pass"),
    "writes garbage": NOISE + ENGINE.format(save="open(file, 'wb').write(b'no sound at all' * 99)", wait="pass"),
}
STEPS = [{"exercise": "posture-reset", "prepare": 1, "hold": 2}, {"rest": 1}]


@pytest.fixture(params=list(FAULTS))
def broken_engine(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a speech engine with a fault in the place of the real one."""
    package = tmp_path / "fakes" / "pyttsx3"
    (package / "drivers").mkdir(parents=True)
    (package / "__init__.py").write_text(FAULTS[request.param], encoding="utf-8")
    (package / "drivers" / "__init__.py").write_text("", encoding="utf-8")
    (package / "drivers" / "_espeak.py").write_text("def IsPlaying(): return 1\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "fakes"))


@pytest.mark.usefixtures("broken_engine")
def test_a_broken_engine_delays_nothing(routine_file: Callable[..., str]) -> None:
    ended = run("start", routine_file(*STEPS), "--json")
    events = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.returncode == 0
    assert [event["at"] for event in events if event["event"] == "segment"] == [0.0, 1.0, 3.0]
    assert events[-1]["outcome"] == "completed"
    assert not any(event["spoken"] for event in events if event["event"] == "cue")
    assert len([event for event in events if event["event"] == "warning"]) <= 1
    assert "noise" not in ended.stdout + ended.stderr
    assert "\x1b" not in ended.stdout + ended.stderr
    [session] = history()
    assert (session["outcome"], session["done_seconds"]) == ("completed", 4)
    assert no_children_left()


def test_without_sound_one_sentence_says_so_and_the_routine_runs_as_written(
    started: Callable[..., Coach], routine_file: Callable[..., str]
) -> None:
    coach = started("start", routine_file(*STEPS), "--json")
    code, out, err = coach.finish()
    events = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    [warning] = [event["text"] for event in events if event["event"] == "warning"]
    assert warning == "No sound device: the screen shows the cues. See `stretch-coach doctor`."
    assert events[0]["total"] == 4.0
    assert "ALSA" not in err + out


def test_a_cache_that_cannot_be_written_costs_nothing(own_home: Path, routine_file: Callable[..., str]) -> None:
    own_home.mkdir()
    (own_home / "cache").write_text("a file where a folder should be", encoding="utf-8")
    ended = run("start", routine_file(*STEPS), "--json")
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr
    assert history()[0]["outcome"] == "completed"


@pytest.mark.usefixtures("broken_engine", "returning_user")
def test_quitting_waits_for_no_engine(terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
    screen = terminal("start", "--plain", routine_file({"exercise": "posture-reset", "prepare": 30, "hold": 5}))
    screen.wait_for("get ready")
    screen.press("qq")
    assert screen.finish() == 0
    assert "noise" not in screen.screen
    assert no_children_left()
