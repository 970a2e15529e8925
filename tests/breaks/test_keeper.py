"""A day that is kept: nothing is asked twice or lost, wherever the program dies."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.breaks.actions import Ask
from stretch_coach.breaks.commands import Command, commands_folder, leave, waiting, was_taken
from stretch_coach.breaks.keeper import DayKeeper, load_state, state_file
from stretch_coach.breaks.pause import end_pause, paused_until, set_pause
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.state import DayState, Phase
from stretch_coach.breaks.zone import RegionZone
from stretch_coach.errors import CoachError
from stretch_coach.journal.database import open_for_reading, open_for_writing
from stretch_coach.journal.prompts import list_prompts
from stretch_coach.paths import Places
from tests.breaks.played import MONDAY, SETTINGS


class Played:
    """A keeper that can die and come again, on a clock of its own."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.now = 0.0
        self.history_fails = False
        self.begin()

    def open_history(self) -> sqlite3.Connection:
        """The history, unless it fails."""
        if self.history_fails:
            raise CoachError("history", "is in use.")
        self.places.data.mkdir(parents=True, exist_ok=True)
        return open_for_writing(self.places.history, 0)

    def begin(self) -> None:
        """Start anew from what is on disk."""
        self.keeper = DayKeeper(
            self.places.breaks, SETTINGS, RegionZone(UTC), day_start=time(4), open_history=self.open_history
        )

    def work(self, minutes: float) -> int:
        """Somebody types; how many prompts were shown."""
        asked = 0
        for _ in range(round(minutes * 2)):
            self.now += 30
            actions = self.keeper.look(
                self.now, MONDAY + self.now, idle=0.0, locked=False, in_session=False, hold=lambda: None
            )
            asked += sum(isinstance(action, Ask) for action in actions)
        return asked

    def recorded(self) -> list[str]:
        """What is in the history, newest first."""
        with closing(open_for_reading(self.places.history)) as database:
            return [one.answer.value for one in list_prompts(database)]


@pytest.fixture
def played(places: Places) -> Played:
    """A keeper in a fresh home."""
    return Played(places)


def test_active_time_goes_on_after_a_death_but_for_two_minutes(played: Played) -> None:
    played.work(40)
    played.begin()
    assert 37 * 60 <= played.keeper.day.state.active <= 40 * 60
    assert played.work(9) == 1


def test_what_was_asked_is_not_asked_again_by_the_next(played: Played) -> None:
    assert played.work(46) == 1
    played.begin()
    assert played.keeper.day.state.prompt
    assert played.keeper.day.state.prompt.phase is Phase.ASKING
    assert played.work(2) == 0


def test_answers_wait_until_the_history_takes_them_and_survive_a_death(played: Played) -> None:
    played.history_fails = True
    played.work(46)
    played.keeper.answer(Choice.SNOOZE, MONDAY + played.now)
    with pytest.raises(CoachError):
        played.keeper.record()
    played.begin()
    played.history_fails = False
    played.keeper.record()
    assert played.recorded() == ["snoozed"]
    played.keeper.record()
    assert played.recorded() == ["snoozed"]


def test_a_death_between_history_and_state_records_nothing_twice(played: Played) -> None:
    played.work(46)
    played.keeper.answer(Choice.SKIP, MONDAY + played.now)
    before = state_file(played.places.breaks).read_bytes()
    played.keeper.record()
    state_file(played.places.breaks).write_bytes(before)
    played.begin()
    played.keeper.record()
    assert played.recorded() == ["skipped"]


def test_who_is_silent_writes_nothing_and_sees_what_another_wrote(played: Played) -> None:
    played.work(10)
    played.keeper.save()
    kept = state_file(played.places.breaks).read_bytes()
    played.keeper.silent = True
    played.work(10)
    played.keeper.save()
    assert state_file(played.places.breaks).read_bytes() == kept
    assert not played.keeper.was_written_by_another()
    other = Played(played.places)
    other.keeper.answer(Choice.SKIP, MONDAY)
    other.keeper.save()
    assert played.keeper.was_written_by_another()


def test_commands_are_taken_in_their_order_and_gone(played: Played) -> None:
    played.work(46)
    wall = MONDAY + played.now
    first = leave(played.places.breaks, Command(Choice.SNOOZE, 7), wall)
    leave(played.places.breaks, Command(Choice.SKIP), wall)
    played.keeper.take_commands(wall)
    assert was_taken(first, 0)
    assert waiting(str(commands_folder(played.places.breaks))) == []
    played.keeper.record()
    assert sorted(played.recorded()) == ["skipped", "snoozed"]


def test_a_command_that_nobody_took_is_taken_back_and_an_old_one_is_not_obeyed(played: Played) -> None:
    played.work(46)
    file = leave(played.places.breaks, Command(Choice.SKIP), MONDAY + played.now - 3600)
    played.keeper.take_commands(MONDAY + played.now)
    assert played.keeper.day.state.prompt
    assert not file.exists()
    file = leave(played.places.breaks, Command(Choice.SKIP), MONDAY)
    assert not was_taken(file, 0)
    assert not file.exists()


def test_a_full_disk_is_no_reason_to_ask_no_more(played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_file: Path, _data: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("stretch_coach.breaks.keeper.write_json", fail)
        assert played.work(46) == 1
        assert "No space left" in str(played.keeper.failure)
    played.work(3)
    assert played.keeper.failure is None


BREAKAGES: list[Callable[[str], str]] = [
    lambda _: "",
    lambda _: "null",
    lambda _: "[]",
    lambda text: text[: len(text) // 2],
    lambda text: text.replace('"active"', '"actve"'),
    lambda text: text.replace('"format": 1', '"format": 2'),
    lambda text: json.dumps({**json.loads(text), "state": {**json.loads(text)["state"], "active": "much"}}),
    lambda text: json.dumps({**json.loads(text), "unrecorded": [[1]]}),
]


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_state_that_is_damaged_is_begun_anew(played: Played, breakage: Callable[[str], str]) -> None:
    played.work(10)
    file = state_file(played.places.breaks)
    file.write_text(breakage(file.read_text(encoding="utf-8")), encoding="utf-8")
    assert load_state(played.places.breaks) == (DayState(), [])


@given(st.integers(-1_000_000, 1_000_000))
def test_a_pause_ends_by_itself(later: int) -> None:
    import tempfile  # noqa: PLC0415 - a folder for each example

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        set_pause(folder, MONDAY)
        assert paused_until(folder, MONDAY + later) == (MONDAY if later < 0 else None)
        end_pause(folder)
        assert paused_until(folder, MONDAY - 10) is None
