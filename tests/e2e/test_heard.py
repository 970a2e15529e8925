"""What is heard of the voice: real sessions on a real sound system, recorded."""

import importlib.util
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.paths import Places
from stretch_coach.session.prepare import voice_request
from stretch_coach.settings.load import load_settings
from stretch_coach.voice.renderer import make_renderers
from tests.e2e.processes import PATIENCE_SECONDS, Coach, Terminal, history, run
from tests.e2e.sound import NullSink, Recorder, is_missing

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(is_missing(), reason="needs pulseaudio and pulseaudio-utils")]

WITHIN_SECONDS = 0.15
"""How far from its instant a cue may be heard here. How far it is really heard is measured in tests/bench/speech.py."""

SHORT_PAUSE_SECONDS = 0.05
"""The silence between two cues is longer than this, even where one follows another as closely as it may."""

STEPS = [
    {"exercise": "posture-reset", "prepare": 4, "hold": 8},
    {"exercise": "upper-trap-stretch", "side": "left", "prepare": 4, "hold": 9, "reps": 1},
    {"rest": 5, "say": "Shake out your arms."},
]


@pytest.fixture
def sink(tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NullSink]:
    """Start a sound system, in a home where no instructions are added."""
    own_home.mkdir()
    (own_home / "config.toml").write_text('[voice]\nexplain = "never"\n', encoding="utf-8")
    sink = NullSink(tmp_path)
    for name, value in sink.environment.items():
        monkeypatch.setenv(name, value)
    sink.start()
    yield sink
    sink.stop()


def listen(coach: Coach) -> tuple[float, list[dict[str, Any]]]:
    """Return the instant of `time.monotonic()` at which a session started, and all its events."""
    events = []
    zeros = []
    assert coach.process.stdout
    for line in coach.process.stdout:
        event = json.loads(line)
        events.append(event)
        if "t" in event:
            zeros.append(time.monotonic() - event["t"])
    return min(zeros), events


def hear_session(sink: NullSink, start: Callable[[], Coach]) -> None:
    """Follow a session of `STEPS` to its end, and check that each of its cues is spoken and heard at its instant."""
    recorder = Recorder(sink)
    coach = start()
    zero, events = listen(coach)
    assert coach.finish()[0] == 0
    recorder.stop()
    cues = [event for event in events if event["event"] == "cue"]
    assert len(cues) >= 12
    assert all(cue["spoken"] for cue in cues)
    onsets = recorder.onsets(SHORT_PAUSE_SECONDS)
    missed = [cue for cue in cues if not any(abs(heard - zero - cue["at"]) < WITHIN_SECONDS for heard in onsets)]
    assert missed == []
    assert events[-1]["event"] == "finished"
    assert history()[0]["done_seconds"] == 30
    assert no_children_left()


def test_every_cue_is_heard_at_its_instant(
    sink: NullSink, started: Callable[..., Coach], routine_file: Callable[..., str]
) -> None:
    hear_session(sink, lambda: started("start", routine_file(*STEPS), "--json"))


@pytest.mark.skipif(importlib.util.find_spec("piper") is None, reason="needs `uv run --extra natural`")
def test_every_cue_is_heard_with_the_natural_voice(
    sink: NullSink, places: Places, started: Callable[..., Coach], routine_file: Callable[..., str]
) -> None:
    places.settings_file.write_text('[voice]\nexplain = "never"\nsource = "natural"\n', encoding="utf-8")
    natural, usual = make_renderers(voice_request(places, load_settings(places.settings_file).voice, "en"))
    # The usual voice says what is not ready.
    hear_session(
        sink, lambda: started("start", routine_file(*STEPS), "--json")
    )  # the usual voice says what is not ready
    said = usual.cached("Hold.")
    assert said
    assert natural.cached("Hold.") not in (None, said)
    recorder = Recorder(sink)
    assert run("say", "Hold.").returncode == 0
    recorder.stop()
    assert recorder.onsets()


def test_a_pause_silences_the_voice(
    sink: NullSink, started: Callable[..., Coach], routine_file: Callable[..., str]
) -> None:
    long_words = "Sit tall and breathe in slowly, and out again, and look at something far away for a while."
    file = routine_file({"exercise": "posture-reset", "prepare": 20, "hold": 5, "say": long_words})
    assert run("start", file, "--rehearse", "1000").returncode == 0
    recorder = Recorder(sink)
    coach = started("start", file, "--json")
    coach.wait_for(lambda event: event["event"] == "cue" and event["spoken"])
    coach.write("pause\n")
    coach.wait_for(lambda event: event["event"] == "paused")
    paused = time.monotonic()
    assert coach.is_silent_for(1.0)
    recorder.stop()
    heard = recorder.last_heard(paused - 5, paused + 5)
    assert heard is None or heard - paused < 0.3
    coach.write("end\n")
    assert coach.finish()[0] == 0
    assert no_children_left()


def test_a_killed_player_is_replaced_and_heard_again(
    sink: NullSink, started: Callable[..., Coach], routine_file: Callable[..., str]
) -> None:
    file = routine_file({"exercise": "posture-reset", "prepare": 2, "hold": 10})
    recorder = Recorder(sink)
    coach = started("start", file, "--json")
    coach.wait_for(lambda event: event["event"] == "cue")
    killed = time.monotonic()
    assert kill_children("play_child") == 1
    coach.wait_for(lambda event: event["event"] == "finished")
    assert coach.finish()[0] == 0
    recorder.stop()
    assert any(killed + 0.2 < heard < killed + 5 for heard in recorder.onsets()), "the hold's start is heard again"
    assert history()[0]["outcome"] == "completed"


@pytest.mark.usefixtures("sink")
def test_no_child_outlives_a_killed_coach(started: Callable[..., Coach], routine_file: Callable[..., str]) -> None:
    steps = [
        {"exercise": "posture-reset", "prepare": 1, "hold": 1},
        {"exercise": "posture-reset", "prepare": 60, "hold": 5},
    ]
    coach = started("start", routine_file(*steps), "--json")
    coach.wait_for(lambda event: event["event"] == "segment" and event["seconds"] == 60)
    coach.process.kill()
    coach.process.wait()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not no_children_left():
        assert time.monotonic() < deadline, "a child is left"
    [session] = history()
    assert (session["outcome"], session["done_seconds"]) == ("interrupted", 2)


def children(name: str = "_child") -> list[int]:
    """Return the child processes of this test whose command contains a name."""
    home = os.environ["STRETCH_COACH_HOME"].encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command, environment = (entry / "cmdline").read_bytes(), (entry / "environ").read_bytes()
        except OSError:
            continue
        if b"stretch_coach.voice." in command and name.encode() in command and home in environment:
            found.append(int(entry.name))
    return found


def no_children_left() -> bool:
    return children() == []


def kill_children(name: str) -> int:
    """Kill the child processes of this test whose command contains a name, and return how many there were."""
    found = children(name)
    for process in found:
        os.kill(process, 9)
    return len(found)


@pytest.mark.usefixtures("sink", "returning_user")
def test_voice_only_shows_one_line(terminal: Callable[..., Terminal], routine_file: Callable[..., str]) -> None:
    screen = terminal("start", routine_file({"exercise": "posture-reset", "prepare": 1, "hold": 2}), "--voice-only")
    screen.wait_for("1/1  Sit-tall reset")
    screen.wait_for("Well done: 0:03 of 0:03.")
    assert screen.finish() == 0
    assert history()[0]["outcome"] == "completed"


def test_say_is_heard(sink: NullSink) -> None:
    recorder = Recorder(sink)
    assert run("say", "Hello there").returncode == 0
    recorder.stop()
    assert recorder.onsets()


@pytest.mark.usefixtures("sink")
def test_a_new_user_hears_all_instructions_and_the_total_includes_them(
    own_home: Path, started: Callable[..., Coach], routine_file: Callable[..., str]
) -> None:
    (own_home / "config.toml").unlink()
    file = routine_file({"exercise": "chin-nod", "prepare": 2, "hold": 1, "reps": 1})
    coach = started("start", file, "--json")
    first = coach.next_event()
    assert first["total"] > 10
    cue = coach.wait_for(lambda event: event["event"] == "cue")
    assert cue["spoken"]
    assert "tiny yes" in cue["text"]
    coach.write("end\n")
    assert coach.finish()[0] == 0
    muted = json.loads(run("start", file, "--json", "--mute").stdout.splitlines()[0])
    assert muted["total"] == 3.0
