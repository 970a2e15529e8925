"""`start` in line mode: what is asked and said before a session, and what is printed after it."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.clock import FasterClock, Instant, SystemClock
from stretch_coach.context import Context
from stretch_coach.journal.acknowledgements import NOTICE, acknowledge
from stretch_coach.journal.day import DAY
from stretch_coach.journal.doses import load_choices
from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.sessions import SessionQuery, list_sessions, save_session
from stretch_coach.paths import Places
from stretch_coach.routine.library import Library
from stretch_coach.session.engine import SessionCommand
from stretch_coach.settings import Settings
from tests.cli.conftest import NOW, CommandResult
from tests.practice import practise

NOW_MS = int(NOW.timestamp() * 1000)
TODAY = NOW.date()
EMERGENCY = "Do not exercise. Call your local emergency number now."
NONE_APPLIES = "n\n" * 4
"""None of the four groups of warning signs."""


class FastClock:
    """The machine's clock, much faster, on a Friday afternoon."""

    speed = 1000

    def __init__(self) -> None:
        self._clock = FasterClock(SystemClock(), self.speed)
        self.pace = self._clock.pace
        self.now = self._clock.now

    def wall(self) -> Instant:
        return Instant(NOW_MS, 0, "UTC")


@pytest.fixture
def context(places: Places) -> Context:
    return Context(places, Settings(), FastClock(), lambda _: None)


@pytest.fixture
def routine_file(tmp_path: Path) -> str:
    file = tmp_path / "own.json"
    steps = [{"rest": 2}, {"exercise": "chin-tuck", "prepare": 1, "hold": 2, "reps": 1}, {"rest": 1}]
    file.write_text(json.dumps({"title": "Own", "id": "own", "steps": steps}), encoding="utf-8")
    return str(file)


Start = Callable[..., CommandResult]


@pytest.fixture
def start(coach: Callable[..., CommandResult], monkeypatch: pytest.MonkeyPatch, routine_file: str) -> Start:
    """Start a routine in line mode, by default the file's, with a user who types lines; None is no terminal."""

    def start(*options: str, types: str | None = None, routine: str | None = routine_file) -> CommandResult:
        monkeypatch.setattr("stretch_coach.cli.context.SystemClock", FastClock)
        monkeypatch.setattr("stretch_coach.cli.line_mode._can_ask", lambda: types is not None)
        monkeypatch.setattr(sys, "stdin", io.StringIO(types or ""))
        return coach("start", "--mute", *([routine] if routine else []), *options)

    return start


def remember(context: Context, *records: SessionRecord, steps: tuple[StepRecord, ...] = ()) -> None:
    """Put sessions into the history of a user who has answered the warning signs."""
    with context.writable_history() as history:
        acknowledge(history, [NOTICE], NOW_MS)
        for record in records:
            save_session(history, record, steps)


def session(outcome: Outcome, *, routine: str = "own", ended: bool = True) -> SessionRecord:
    return SessionRecord(
        id="01a1f8d3-ea00-70a2-a96d-ac540331e125",
        started_ms=NOW_MS - 600_000,
        ended_ms=NOW_MS - 500_000 if ended else None,
        utc_offset_s=0,
        zone="UTC",
        day="2026-11-20",
        routine=routine,
        title=routine.capitalize(),
        planned_ms=6_000,
        done_ms=2_000,
        segments=4,
        segments_done=1,
        outcome=outcome,
        source=Source.TIMER,
        device=None,
    )


REST_DONE = StepRecord(1, None, None, 2_000, 2_000, 1, 1, StepOutcome.DONE)
INTERRUPTED = session(Outcome.INTERRUPTED, ended=False)


def recorded(context: Context) -> list[tuple[str, Outcome, int]]:
    """Return the sessions of the history, newest first, as id, outcome and milliseconds done."""
    with context.history() as history:
        return [(one.id, one.outcome, one.done_ms) for one in list_sessions(history, SessionQuery())]


class TestWarningSigns:
    def test_are_asked_once_where_a_terminal_can_answer(self, start: Start) -> None:
        first = start(types=NONE_APPLIES)
        assert (first.code, first.out.splitlines()[-2]) == (0, "Well done: 0:06 of 0:06.")
        assert "does not diagnose" in first.err
        assert first.err.count("Type the numbers that apply, or n if none of these apply: ") == 4
        assert "does not diagnose" not in start(types="").err

    def test_emergency_sign_ends_without_a_session(self, start: Start, context: Context) -> None:
        ended = start(types="1\n")
        assert (ended.code, ended.out) == (0, "")
        assert ended.err.rstrip().endswith(EMERGENCY)
        assert recorded(context) == []

    @pytest.mark.parametrize(("answer", "runs"), [("y", True), ("n", False), ("", False)])
    def test_milder_sign_asks_whether_to_continue(
        self, start: Start, context: Context, answer: str, *, runs: bool
    ) -> None:
        ended = start(types=f"n\nn\n1\nn\n{answer}\n")
        assert "Ask a health professional before you start." in ended.err
        assert "Do you understand this, and want to continue? [y/N]" in ended.err
        assert bool(recorded(context)) is runs

    @pytest.mark.parametrize("answer", ["", "y", "99", "1 x", "-1", "²"])
    def test_unclear_answer_is_asked_again(self, start: Start, answer: str) -> None:
        ended = start(types=f"{answer}\n{NONE_APPLIES}")
        assert ended.err.count("Type the numbers") == 5

    def test_leaving_without_an_answer_runs_nothing(self, start: Start, context: Context) -> None:
        assert start(types="n\n").code == 130
        assert recorded(context) == []

    def test_are_only_shown_without_a_terminal(self, start: Start) -> None:
        first, second = start(), start()
        assert EMERGENCY in first.err
        assert "Type the numbers" not in first.err
        assert EMERGENCY not in second.err


class TestLocks:
    LOCKED = "towel-snag"

    def test_confirmed_once(self, start: Start, context: Context) -> None:
        remember(context)
        asked = start("--fresh", types=f"y\n{NONE_APPLIES}", routine=self.LOCKED)
        assert asked.code == 0
        assert "Only for people whose clinician taught them this." in asked.err
        assert "[y/N]" not in start(types=NONE_APPLIES, routine=self.LOCKED).err

    def test_denied(self, start: Start, context: Context) -> None:
        remember(context)
        refused = start(types="n\n", routine=self.LOCKED)
        assert refused.code == 1
        assert "--taught" in refused.err
        assert recorded(context) == []


class TestResuming:
    def test_is_offered(self, start: Start, context: Context) -> None:
        remember(context, INTERRUPTED, steps=(REST_DONE,))
        ended = start(types="\n")
        assert "Own was interrupted at step 1. Resume it? [Y/n]" in ended.err
        assert "Resuming at step 2 of 3." in ended.out
        assert recorded(context) == [(INTERRUPTED.id, Outcome.COMPLETED, 6_000)]

    def test_declined_offer_starts_a_new_session(self, start: Start, context: Context) -> None:
        remember(context, INTERRUPTED, steps=(REST_DONE,))
        start(types="n\n")
        newest, oldest = recorded(context)
        assert newest[1:] == (Outcome.COMPLETED, 6_000)
        assert oldest == (INTERRUPTED.id, Outcome.INTERRUPTED, 2_000)

    def test_without_a_terminal_says_how(self, start: Start, context: Context) -> None:
        remember(context, INTERRUPTED, steps=(REST_DONE,))
        ended = start()
        assert "Your last session, Own, was interrupted at step 1. What you did was recorded." in ended.err
        assert "Resume it with `stretch-coach start --resume`." in ended.err
        assert len(recorded(context)) == 2

    def test_other_routine_is_not_offered(self, start: Start, context: Context) -> None:
        remember(context, session(Outcome.INTERRUPTED, routine="micro-break"))
        ended = start(types="")
        assert "[Y/n]" not in ended.err
        assert "start --resume" in ended.err

    def test_option_resumes_without_asking(self, start: Start, context: Context) -> None:
        remember(context, INTERRUPTED, steps=(REST_DONE,))
        assert start("--resume").code == 0
        assert recorded(context) == [(INTERRUPTED.id, Outcome.COMPLETED, 6_000)]

    def test_option_finds_the_routine(self, start: Start, context: Context) -> None:
        remember(context, session(Outcome.INTERRUPTED, routine="micro-break"))
        ended = start("--resume", routine=None)
        assert ended.out.startswith("One-minute micro-break: ")
        assert [outcome for _, outcome, _ in recorded(context)] == [Outcome.COMPLETED]

    def test_fresh_asks_nothing(self, start: Start, context: Context) -> None:
        remember(context, INTERRUPTED, steps=(REST_DONE,))
        assert "interrupted" not in start("--fresh", types="").err
        assert len(recorded(context)) == 2

    def test_changed_routine_starts_from_the_beginning(self, start: Start, context: Context) -> None:
        remember(context, INTERRUPTED, steps=(REST_DONE._replace(number=9),))
        assert "This routine has changed since; starting from the beginning." in start("--resume").out

    @pytest.mark.parametrize(
        ("records", "routine", "sentence"),
        [
            ((), None, "start: no session was interrupted today. Leave out --resume to start a new one."),
            ((INTERRUPTED,), "micro-break", 'start: the interrupted session is "Own".'),
            ((INTERRUPTED,), None, 'start: the routine of "Own" is not in the library.'),
        ],
    )
    def test_option_that_cannot_resume(
        self, start: Start, context: Context, records: tuple[SessionRecord, ...], routine: str | None, sentence: str
    ) -> None:
        remember(context, *records)
        ended = start("--resume", routine=routine)
        assert ended.code == 1
        assert ended.err.startswith(f"stretch-coach: {sentence}")

    def test_rehearsal_resumes_nothing(self, start: Start, context: Context) -> None:
        remember(context, INTERRUPTED, steps=(REST_DONE,))
        assert start("--rehearse", "10", "--resume").code == 2
        assert "interrupted" not in start("--rehearse", "10", types="").err


class TestAfterItHurt:
    def test_nothing_is_offered_that_day(self, start: Start, context: Context) -> None:
        stopped = session(Outcome.STOPPED)._replace(id="0" * 36, started_ms=NOW_MS - 900_000)
        remember(context, stopped, INTERRUPTED, steps=(REST_DONE,))
        ended = start(types="")
        assert "You stopped because it hurt. Rest for today." in ended.err
        assert "resume" not in ended.err.lower()

    def test_stop_signs_instead_of_the_streak(
        self, start: Start, context: Context, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def hurts_at_once(*_: object) -> SessionCommand:
            return SessionCommand.STOP

        monkeypatch.setattr("stretch_coach.session.live.count_in", hurts_at_once)
        monkeypatch.setattr(FastClock, "speed", 1)
        remember(context)
        ended = start()
        assert ended.code == 0
        assert "Stop for the day with any of these:" in ended.out
        assert ended.out.splitlines()[-1].startswith("Stopped: 0:0")
        assert "streak" not in ended.out.lower()
        assert [outcome for _, outcome, _ in recorded(context)] == [Outcome.STOPPED]


class TestWhatIsPrinted:
    def test_segments_and_the_end(self, start: Start, context: Context) -> None:
        remember(context)
        lines = start().out.splitlines()
        assert lines[0] == "Own: 3 steps, 0:06"
        assert "       Starting in 3 s." in lines
        assert " 0:00  1/3  Rest, 2 s" in lines
        assert any(line.startswith("       Caution: Stop if arm symptoms spread") for line in lines)
        assert lines[-2:] == ["Well done: 0:06 of 0:06.", "1-day streak."]

    def test_unwritable_history_is_reported_in_the_session_and_at_the_end(self, start: Start, places: Places) -> None:
        places.history.mkdir(parents=True)
        ended = start()
        sentence = f"{places.history} is not a file."
        assert ended.code == 1
        assert f"       Not recorded so far: {sentence}" in ended.out
        assert "Well done: 0:06 of 0:06." in ended.out
        assert ended.err.splitlines()[-1].startswith(f"stretch-coach: {sentence}")

    def test_home_that_is_a_file_stops_no_session(self, start: Start, own_home: Path) -> None:
        own_home.write_text("a file where a folder should be", encoding="utf-8")
        ended = start()
        assert ended.code == 1
        assert "Well done: 0:06 of 0:06." in ended.out
        assert ended.out.count(f"Not recorded so far: {own_home}") == 1

    @pytest.mark.parametrize("options", [["--plain", "--json"], ["--voice-only", "--mute"], ["--json", "--voice-only"]])
    def test_options_that_exclude_each_other(self, coach: Callable[..., CommandResult], options: list[str]) -> None:
        assert coach("start", *options).code == 2


class TestDoses:
    """After two weeks of practice, a little more is offered."""

    @pytest.fixture
    def practised(self, context: Context, library: Library) -> Context:
        with context.writable_history() as history:
            acknowledge(history, [NOTICE], NOW_MS)
            practise(history, library.routines["micro-break"], [TODAY - ago * DAY for ago in range(15, 0, -2)])
        return context

    def test_question_is_asked_once_and_the_answer_remembered(self, start: Start, practised: Context) -> None:
        declined = start(routine="micro-break", types="\n")
        assert "Chin tuck 3 holds instead of 2. 1:10 in all instead of 1:00. Do it this way?" in declined.err
        assert "One-minute micro-break: 4 steps, 1:00\n" in declined.out
        with practised.history() as history:
            assert {one.accepted for one in load_choices(history)} == {False}
        again = start(routine="micro-break", types="")
        assert "Do it this way?" not in again.err

    def test_without_a_terminal_it_is_said_and_an_option_takes_it(self, start: Start, practised: Context) -> None:
        said = start(routine="micro-break")
        assert "1:10 in all instead of 1:00. For that, start with --other-doses." in said.out
        events = start("--json", "--other-doses", routine="micro-break").out.splitlines()
        first = json.loads(events[0])
        assert first["total"] == 70
        assert first["notes"][0].startswith("Your dose: Shoulder rolls 4 rounds instead of 3")
        with practised.history() as history:
            assert {(one.steps, one.accepted) for one in load_choices(history)} == {(1, True)}
