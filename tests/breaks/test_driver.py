"""The loop that watcher and app share: settings, turns, the seat, answers, and the history."""

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from stretch_coach.breaks.commands import SentAnswer, send
from stretch_coach.breaks.driver import BreakDriver
from stretch_coach.breaks.prompt import Ask, Choice, Deferral, Phase, StartSession, Withdraw
from stretch_coach.breaks.store import load_day, record_answers, state_file, watch_lock
from stretch_coach.breaks.turns import AppTurn, DriverTurn, WatcherTurn, acquire_lock
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.files import is_locked
from stretch_coach.journal.database import open_for_reading
from stretch_coach.journal.prompts import PromptRecord
from stretch_coach.journal.running import mark_running
from stretch_coach.paths import Places
from stretch_coach.settings import Settings
from stretch_coach.settings.edit import add_rule
from tests.breaks.fakes import FakeDesktop, FakeIdle, SettableClock, advance
from tests.breaks.simulation import MONDAY
from tests.journal.stored import stored_prompts


class Host:
    """A process that drives the day."""

    def __init__(self, places: Places, turn: DriverTurn | None = None, clock: SettableClock | None = None) -> None:
        self.places = places
        self.clock = clock or SettableClock(MONDAY)
        self.desktop = FakeDesktop()
        self.history_fails = False
        self.asked: list[Ask] = []
        self.actions: list[object] = []
        self.warnings: list[str] = []
        self.is_busy = self.is_focused = False
        self.driver = BreakDriver(
            places, self.clock, self.desktop, turn or WatcherTurn(places), record_answers=self.record
        )

    @property
    def idle(self) -> FakeIdle:
        assert isinstance(self.desktop.idle, FakeIdle)
        return self.desktop.idle

    @property
    def is_driving(self) -> bool:
        return self.driver.state is not None

    @property
    def phase(self) -> Phase | None:
        assert self.driver.state
        return self.driver.state.prompt.phase if self.driver.state.prompt else None

    def record(self, records: Sequence[PromptRecord]) -> None:
        if self.history_fails:
            raise CoachError("history", "is in use.")
        record_answers(Context(self.places, Settings(), self.clock, print), records)

    def tick(self) -> None:
        outcome = self.driver.tick(is_busy=self.is_busy, is_focused=self.is_focused)
        self.actions += outcome.actions
        self.asked += [one for one in outcome.actions if isinstance(one, Ask)]
        self.warnings += outcome.warnings

    def work(self, minutes: float) -> None:
        advance(self.clock, minutes, self.tick)

    def recorded(self) -> list[str]:
        with closing(open_for_reading(self.places.history)) as database:
            return [one.answer.value for one in stored_prompts(database)]


@pytest.fixture
def host(places: Places) -> Host:
    """A watcher with a rule of ten minutes."""
    add_rule(places.settings_file, {"every": 10})
    host = Host(places)
    host.tick()
    return host


class TestPrompts:
    def test_a_prompt_is_asked_answered_and_recorded(self, host: Host) -> None:
        host.work(10)
        assert len(host.asked) == 1
        assert [type(one) for one in host.driver.answer(Choice.START)] == [Withdraw, StartSession]
        assert host.recorded() == ["started"]

    def test_a_failed_session_is_asked_for_again(self, host: Host) -> None:
        host.work(10)
        host.driver.answer(Choice.START)
        host.driver.session_failed()
        assert host.phase is Phase.SNOOZED

    def test_answers_from_other_processes_are_accepted(self, host: Host) -> None:
        host.work(10)
        send(host.places.breaks, SentAnswer(Choice.SKIP), MONDAY + host.clock.seconds)
        host.tick()
        assert host.phase is None
        assert host.recorded() == ["skipped"]

    def test_a_running_session_is_a_break(self, host: Host) -> None:
        host.work(9)
        with mark_running(host.places.running, "session"):
            host.work(2)
        host.work(9)
        assert host.asked == []


def test_rule_with_several_routines_offers_another_one_each_time(places: Places) -> None:
    add_rule(places.settings_file, {"every": 10, "routine": "rotate: quick"})
    host = Host(places)
    host.tick()
    for _ in range(3):
        host.work(10)
        host.driver.answer(Choice.SKIP)
    offered = [one.prompt.routine for one in host.asked]
    assert offered[0] == "micro-break"
    assert len(set(offered)) == len(offered)
    assert {one.prompt.why for one in host.asked} == {"You haven't tried this one yet."}
    places.history.write_bytes(b"damaged" * 1000)
    host.history_fails = True
    host.work(10)
    assert host.asked[-1].prompt.routine
    assert "history" in host.asked[-1].prompt.why


class TestDeferral:
    def test_asks_the_desktop(self, host: Host) -> None:
        host.desktop.deferral = Deferral.MICROPHONE
        host.work(12)
        assert host.phase is Phase.WAITING

    def test_nothing_is_asked_over_a_session_on_the_screen(self, host: Host) -> None:
        host.is_busy = True
        host.work(12)
        assert host.driver.state
        assert host.driver.state.prompt
        assert host.driver.state.prompt.deferral is Deferral.APP

    @pytest.mark.parametrize("is_focused", [True, False])
    def test_its_own_window_may_fill_the_screen(self, host: Host, *, is_focused: bool) -> None:
        host.is_focused = is_focused
        host.work(10)
        assert host.desktop.asked_deferral_of
        assert host.desktop.asked_deferral_of.fullscreen is not is_focused


class TestSeat:
    def test_an_unknown_seat_counts_as_in_use(self, host: Host) -> None:
        host.idle.idle = None
        host = Host(host.places, clock=host.clock)
        host.idle.idle = None
        host.work(10.5)
        assert len(host.asked) == 1

    def test_a_known_seat_that_becomes_unknown_counts_as_empty(self, host: Host) -> None:
        host.work(5)
        host.idle.idle = None
        host.work(60)
        assert host.asked == []
        assert host.driver.state
        assert host.driver.state.seat.away

    def test_a_lost_source_is_replaced(self, host: Host) -> None:
        lost = host.idle
        lost.lost = True
        host.desktop.idle = FakeIdle()
        host.work(10.5)
        assert not lost.is_open
        assert len(host.asked) == 1

    def test_a_locked_screen_counts_as_left(self, host: Host) -> None:
        host.idle.is_locked = True
        host.work(12)
        assert host.asked == []


class TestSettings:
    def test_a_changed_rule_applies_at_once(self, host: Host) -> None:
        host.work(6)
        add_rule(host.places.settings_file, {"every": 5})
        host.work(0.5)
        assert len(host.asked) == 1

    def test_a_change_is_reported_once(self, host: Host) -> None:
        assert host.driver.tick().settings is None
        add_rule(host.places.settings_file, {"every": 5})
        settings = host.driver.tick().settings
        assert settings
        assert [rule.every for rule in settings.breaks.rules] == [10, 5]
        assert host.driver.tick().settings is None

    def test_while_the_file_is_invalid_the_last_valid_settings_apply(self, host: Host) -> None:
        host.places.settings_file.write_text("[breaks\n", encoding="utf-8")
        host.work(10)
        assert len(host.asked) == 1
        [warning] = host.warnings
        assert "config.toml" in warning
        assert str(host.driver.settings_problem) == warning

    def test_a_file_that_is_invalid_from_the_start_is_reported(self, places: Places) -> None:
        places.config.mkdir(parents=True)
        places.settings_file.write_text("[breaks\n", encoding="utf-8")
        host = Host(places)
        host.work(2)
        assert len(host.warnings) == 1


class TestTurns:
    @pytest.fixture
    def app(self, host: Host) -> Host:
        """An app on the clock of the watcher; it drives the day from its first tick on."""
        return Host(host.places, AppTurn(host.places), host.clock)

    def test_the_app_continues_what_the_watcher_has_counted(self, host: Host, app: Host) -> None:
        host.work(7)
        host.driver.close()
        app.tick()
        app.work(3.5)
        assert len(app.asked) == 1

    def test_the_watcher_is_silent_while_the_app_is_open_and_continues_after_it(self, host: Host, app: Host) -> None:
        host.work(2)
        app.tick()
        host.tick()
        assert not host.is_driving
        assert host.actions == [Withdraw()]
        app.work(10)
        app.driver.answer(Choice.SKIP)
        app.work(4)
        app.driver.close()
        host.tick()
        assert host.driver.state
        assert 4 * 60 <= host.driver.state.active_for("every-10") < 6 * 60
        assert host.driver.state.asked == 1
        assert host.asked == []

    def test_a_prompt_moves_to_the_process_that_takes_over(self, host: Host, app: Host) -> None:
        host.work(10)
        host.driver.close()
        app.tick()
        assert len(app.asked) == 1
        host = Host(host.places, clock=host.clock)
        host.tick()
        app.driver.close()
        host.tick()
        assert len(host.asked) == 1

    def test_a_restarted_watcher_does_not_ask_again(self, host: Host) -> None:
        host.work(10)
        restarted = Host(host.places, clock=host.clock)
        restarted.tick()
        assert restarted.asked == []
        assert restarted.phase is Phase.ASKING

    def test_of_two_apps_the_first_one_drives(self, host: Host, app: Host) -> None:
        app.tick()
        second = Host(host.places, AppTurn(host.places), host.clock)
        second.tick()
        assert (app.is_driving, second.is_driving) == (True, False)
        app.driver.close()
        second.tick()
        assert second.is_driving

    def test_a_process_that_is_not_driving_waits_and_writes_nothing(self, host: Host, app: Host) -> None:
        host.work(9.9)
        app.tick()
        host.tick()
        before = state_file(host.places.breaks).read_bytes()
        host.work(20)
        assert host.driver.wait_seconds() > 10
        assert host.driver.answer(Choice.SKIP) == []
        assert state_file(host.places.breaks).read_bytes() == before

    def test_the_lock_is_released_when_the_app_closes(self, app: Host) -> None:
        app.tick()
        assert is_locked(app.places.app_lock)
        app.driver.close()
        assert not is_locked(app.places.app_lock)

    def test_the_app_waits_for_the_watcher_to_store_its_count(
        self, host: Host, app: Host, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lock = acquire_lock(watch_lock(host.places))
        assert lock is not None
        host.work(3.5)
        monkeypatch.setattr("stretch_coach.breaks.turns.time.sleep", lambda _seconds: host.tick())
        app.tick()
        os.close(lock)
        assert app.driver.state
        assert app.driver.state.active >= 3.5 * 60


class TestTrouble:
    def test_a_history_that_fails_is_reported_once_a_minute_and_loses_nothing(self, host: Host) -> None:
        host.history_fails = True
        host.work(10)
        host.driver.answer(Choice.SNOOZE)
        host.work(3)
        assert 2 <= len(host.warnings) <= 4
        host.history_fails = False
        host.work(1.5)
        assert host.recorded() == ["snoozed"]

    def test_a_damaged_state_is_reported_once_and_kept_for_the_status(self, host: Host) -> None:
        state_file(host.places.breaks).write_bytes(b"\xff\0")
        restarted = Host(host.places, clock=host.clock)
        restarted.work(5)
        [warning] = restarted.warnings
        assert "state.json is not valid" in warning
        restarted.driver.describe(prompter="x", trouble="")
        assert load_day(host.places.breaks).about["reset"] == warning

    def test_a_state_that_is_replaced_while_it_drives_is_taken_over(self, host: Host) -> None:
        host.work(5)
        state_file(host.places.breaks).write_text("{}", encoding="utf-8")
        host.work(3)
        assert any("is not valid" in warning for warning in host.warnings)
        host.work(11)
        assert len(host.asked) == 1
        assert load_day(host.places.breaks).problem == ""

    def test_a_lock_that_cannot_be_opened_is_named(self, places: Places) -> None:
        places.app_lock.mkdir(parents=True)
        app = Host(places, AppTurn(places))
        with pytest.raises(CoachError, match=r"app\.lock cannot be opened"):
            app.tick()

    def test_a_state_that_cannot_be_written_is_reported(self, host: Host, tmp_path: Path) -> None:
        host.work(5)
        host.places.breaks.rename(tmp_path / "elsewhere")
        host.places.breaks.write_text("in the way", encoding="utf-8")
        host.work(10)
        assert len(host.asked) == 1
        assert any("breaks" in warning for warning in host.warnings)


def test_close_releases_the_seat_even_if_the_state_cannot_be_written(host: Host, tmp_path: Path) -> None:
    host.places.breaks.rename(tmp_path / "elsewhere")
    host.places.breaks.write_text("in the way", encoding="utf-8")
    with pytest.raises(CoachError):
        host.driver.close()
    assert not host.idle.is_open
