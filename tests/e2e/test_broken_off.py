"""Sessions that are interrupted from outside: what was done is kept, and nothing is made up."""

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial

import pytest

from tests.e2e.processes import Coach, history, run

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals"),
]

SHORT_RESTS = [{"rest": 0.05}] * 2
LONG_REST = {"rest": 300}
KILLS = int(os.environ.get("STRETCH_COACH_TEST_KILLS", "10"))


def is_at_step(step: int, event: dict[str, object]) -> bool:
    return event["event"] == "segment" and event["step"] == step


third_segment = partial(is_at_step, 3)


def test_killed_session_keeps_its_segments(started: Callable[..., Coach], routine_file: Callable[..., str]) -> None:
    coach = started("start", routine_file(*SHORT_RESTS, LONG_REST), "--json")
    coach.wait_for(third_segment)
    assert history() == [], "a running session is not yet in the history"
    coach.process.kill()
    coach.process.wait()
    [session] = history()
    assert (session["outcome"], session["segments_done"], session["segments"]) == ("interrupted", 2, 3)
    assert session["done_seconds"] == 0.1
    following = run("start", routine_file({"rest": 0.05}))
    assert "Your last session, Own, was interrupted at step 2. What you did was recorded." in following.stderr
    assert [one["outcome"] for one in history()] == ["completed", "interrupted"]
    assert "interrupted" not in run("start", routine_file({"rest": 0.05})).stderr


def test_kills_lose_no_announced_segment(started: Callable[..., Coach], routine_file: Callable[..., str]) -> None:
    file = routine_file(*[{"rest": 0.03}] * 60)
    announced = {}
    for number in range(KILLS):
        coach = started("start", file, "--json")
        session = coach.next_event()["id"]
        # Kill at a different place each time. Once a segment is announced, all before it are over.
        last = coach.wait_for(partial(is_at_step, 2 + number % 20))
        coach.process.kill()
        out = coach.finish()[1]
        steps = [json.loads(line).get("step", 0) for line in out.splitlines() if line.endswith("}")]
        announced[session] = max([last["step"], *steps])
    recorded = {session["id"]: session["segments_done"] for session in history()}
    assert len(recorded) == KILLS
    assert {id_: done for id_, done in recorded.items() if done < announced[id_] - 1} == {}


@pytest.mark.parametrize(
    ("number", "outcome", "exit_code"),
    [
        ("SIGINT", "partial", 130),
        ("SIGTERM", "interrupted", 143),
        ("SIGHUP", "interrupted", 143),
        ("SIGQUIT", "interrupted", 143),
    ],
)
def test_signals_record_what_was_done(
    number: str, outcome: str, exit_code: int, started: Callable[..., Coach], routine_file: Callable[..., str]
) -> None:
    coach = started("start", routine_file(*SHORT_RESTS, LONG_REST), "--json")
    coach.wait_for(third_segment)
    coach.process.send_signal(signal.Signals[number])
    code, out, err = coach.finish()
    assert code == exit_code
    assert json.loads(out.splitlines()[-1])["outcome"] == outcome
    assert "Traceback" not in err
    [session] = history()
    assert (session["outcome"], session["segments_done"]) == (outcome, 2)
    assert session["ended_at"]


def test_suspended_process_pauses_once_and_resumes(
    started: Callable[..., Coach], routine_file: Callable[..., str]
) -> None:
    coach = started("start", routine_file({"rest": 3}, *[{"rest": 0.3}] * 4), "--json")
    coach.wait_for(lambda event: event["event"] == "cue")
    coach.process.send_signal(signal.SIGSTOP)
    assert coach.is_silent_for(6)
    coach.process.send_signal(signal.SIGCONT)
    paused = coach.next_event()
    assert (paused["event"], paused["reason"]) == ("paused", "gap")
    assert paused["gap"] > 5
    assert paused["t"] < 3, "nothing is credited for the gap"
    assert coach.is_silent_for(0.7), "nothing that was missed is made up for"
    coach.write("resume\n")
    assert coach.next_event()["event"] == "resumed"
    code, out, _ = coach.finish()
    events = [json.loads(line)["event"] for line in out.splitlines()]
    assert code == 0
    assert [one for one in events if one != "cue"] == ["segment"] * 4 + ["finished"]
    [session] = history()
    assert (session["outcome"], session["done_seconds"]) == ("completed", 4.2)
