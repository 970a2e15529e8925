"""A day on disk: nothing is asked twice or lost, wherever a process dies."""

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, time
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.breaks.commands import SentAnswer, send, wait_received
from stretch_coach.breaks.prompt import Ask, Choice, Phase
from stretch_coach.breaks.state import DayState
from stretch_coach.breaks.store import DayStore, StoredDay, load_day, record_answers, state_file
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.journal.database import open_for_reading
from stretch_coach.journal.prompts import Answer, PromptRecord
from stretch_coach.paths import Places
from stretch_coach.settings import Settings
from tests.breaks.simulation import MONDAY, SETTINGS
from tests.breaks.zones import RegionZone
from tests.clocks import FixedClock
from tests.journal.stored import stored_prompts


class Process:
    """A process with a store, which can die and start again."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.now = 0.0
        self.history_fails = False
        self.problem = ""
        self.start()

    def record(self, records: Sequence[PromptRecord]) -> None:
        if self.history_fails:
            raise CoachError("history", "is in use.")
        record_answers(Context(self.places, Settings(), FixedClock(), print), records)

    def start(self) -> None:
        """Start with what is on disk."""
        zone = RegionZone(UTC)
        self.store = DayStore(self.places.breaks, SETTINGS, zone, day_start=time(4), record_answers=self.record)
        self.problem = self.store.take_over()

    def work(self, minutes: float) -> int:
        """Type for some minutes, and return how many prompts were shown."""
        asked = 0
        for _ in range(round(minutes * 2)):
            self.now += 30
            wall = MONDAY + self.now
            actions = self.store.tick(
                self.now, wall, idle=0.0, locked=False, in_session=False, find_deferral=lambda: None
            )
            asked += sum(isinstance(action, Ask) for action in actions)
        return asked

    def recorded(self) -> list[str]:
        """Return the answers in the history, newest first."""
        with closing(open_for_reading(self.places.history)) as database:
            return [one.answer.value for one in stored_prompts(database)]


@pytest.fixture
def process(places: Places) -> Process:
    return Process(places)


class TestRestart:
    def test_loses_two_minutes_of_active_time_at_most(self, process: Process) -> None:
        process.work(40)
        process.start()
        assert 37 * 60 <= process.store.day.state.active <= 40 * 60
        assert process.work(9) == 1

    def test_does_not_show_a_prompt_again(self, process: Process) -> None:
        assert process.work(46) == 1
        process.start()
        assert process.store.day.state.prompt
        assert process.store.day.state.prompt.phase is Phase.ASKING
        assert process.work(2) == 0

    def test_keeps_answers_that_the_history_has_not_accepted(self, process: Process) -> None:
        process.history_fails = True
        process.work(46)
        process.store.answer(Choice.SNOOZE, MONDAY + process.now)
        with pytest.raises(CoachError):
            process.store.record()
        process.start()
        process.history_fails = False
        process.store.record()
        process.store.record()
        assert process.recorded() == ["snoozed"]

    def test_records_nothing_twice_after_a_death_between_history_and_state(self, process: Process) -> None:
        process.work(46)
        process.store.answer(Choice.SKIP, MONDAY + process.now)
        before = state_file(process.places.breaks).read_bytes()
        process.store.record()
        state_file(process.places.breaks).write_bytes(before)
        process.start()
        process.store.record()
        assert process.recorded() == ["skipped"]


def test_an_answer_that_the_history_refuses_costs_only_itself(process: Process) -> None:
    good = PromptRecord("0" * 36, 1, 5, 0, "2026-11-20", "desk", "micro-break", Answer.SKIPPED)
    records = [good._replace(utc_offset_s=86_400), good, good._replace(id="short")]
    process.record(records)
    assert process.recorded() == ["skipped"]


class TestHandOver:
    def test_the_next_process_has_all_that_was_counted(self, process: Process) -> None:
        process.work(10.5)
        process.store.save()
        assert Process(process.places).store.day.state == process.store.day.state

    def test_a_late_process_does_not_overwrite_the_next_one(self, process: Process) -> None:
        process.work(46)
        app = Process(process.places)
        app.history_fails = True
        app.store.answer(Choice.SNOOZE, MONDAY + process.now)
        process.work(1.5)
        process.store.save()
        stored = load_day(process.places.breaks)
        assert stored.state == app.store.day.state
        assert [record.answer.value for record in stored.unrecorded] == ["snoozed"]
        assert process.store.is_superseded
        process.store.take_over()
        assert process.store.day.state == app.store.day.state


class TestSentAnswers:
    def test_are_received_in_their_order(self, process: Process) -> None:
        process.work(46)
        wall = MONDAY + process.now
        first = send(process.places.breaks, SentAnswer(Choice.SNOOZE, 7), wall)
        send(process.places.breaks, SentAnswer(Choice.SKIP), wall)
        process.store.receive_answers(wall)
        assert wait_received(first, 0)
        process.store.record()
        assert sorted(process.recorded()) == ["skipped", "snoozed"]

    def test_are_ignored_if_stale(self, process: Process) -> None:
        process.work(46)
        file = send(process.places.breaks, SentAnswer(Choice.SKIP), MONDAY + process.now - 3600)
        assert process.store.receive_answers(MONDAY + process.now) == []
        assert process.store.day.state.prompt
        assert not file.exists()


class TestFullDisk:
    def test_asks_without_storing_and_stores_again_later(
        self, process: Process, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(file: Path, **_: Any) -> Any:
            raise CoachError(str(file), "cannot be written (No space left on device).")

        with monkeypatch.context() as full:
            full.setattr("stretch_coach.breaks.store.atomic_write", fail)
            assert process.work(46) == 1
            assert "state.json cannot be written (No space left on device)" in str(process.store.failure)
        process.work(3)
        assert process.store.failure is None


ID, DAY = "0" * 36, "2026-11-20"
DAMAGE: list[Callable[[str], str]] = [
    lambda _: "",
    lambda _: "null",
    lambda _: "[]",
    lambda text: text[: len(text) // 2],
    lambda text: text.replace('"active"', '"actve"'),
    lambda text: text.replace('"format": 1', '"format": 2'),
    lambda text: json.dumps({**json.loads(text), "about": 5}),
    lambda text: json.dumps({**json.loads(text), "unrecorded": None}),
    lambda text: json.dumps({**json.loads(text), "unrecorded": [[1]]}),
    lambda text: json.dumps({**json.loads(text), "unrecorded": [["x", 1, 1, 0, DAY, "", "", "missed"]]}),
    lambda text: json.dumps({**json.loads(text), "unrecorded": [[ID, 1, 1, 0, "", "", "", "missed"]]}),
    lambda text: json.dumps({**json.loads(text), "unrecorded": [[ID, 1, 1, 99_999, DAY, "", "", "missed"]]}),
    lambda text: json.dumps({**json.loads(text), "unrecorded": ["skipped!"]}),
    lambda text: json.dumps({**json.loads(text), "unrecorded": [[ID, 1, 10**400, 0, DAY, "", "", "missed"]]}),
    lambda text: json.dumps({**json.loads(text), "unrecorded": [[ID, 1, 1, 0, DAY, "", "", "sung"]]}),
    lambda text: json.dumps({**json.loads(text), "unrecorded": [[ID, 1, 1, 0, DAY, "\x1b[2J", "", "missed"]]}),
]


class TestDamage:
    @pytest.mark.parametrize("damage", DAMAGE)
    def test_a_damaged_state_is_replaced_by_a_new_one(self, process: Process, damage: Callable[[str], str]) -> None:
        process.work(10)
        file = state_file(process.places.breaks)
        file.write_text(damage(file.read_text(encoding="utf-8")), encoding="utf-8")
        process.start()
        assert process.problem == f"{file} is not valid. Active time is counted from now on."
        assert process.work(46) == 1
        assert load_day(process.places.breaks).problem == ""

    def test_a_missing_state_is_not_a_problem(self, places: Places) -> None:
        assert load_day(places.breaks) == StoredDay(DayState())

    def test_a_folder_in_place_of_the_state_is_a_problem(self, places: Places) -> None:
        state_file(places.breaks).mkdir(parents=True)
        assert "is not valid" in load_day(places.breaks).problem
