"""The watcher in one process, on a desktop and a clock of the test's own."""

import errno
import os
import signal
from pathlib import Path

import pytest

from stretch_coach import files
from stretch_coach.breaks.prompt import Choice, Phase
from stretch_coach.breaks.session_processes import coach_command
from stretch_coach.breaks.shutdown import ShutdownSignal, wait
from stretch_coach.breaks.store import load_day, watch_lock
from stretch_coach.breaks.turns import acquire_lock
from stretch_coach.breaks.watcher import Watcher, watch
from stretch_coach.errors import CoachError
from stretch_coach.journal.running import mark_running
from stretch_coach.paths import Places
from stretch_coach.settings.edit import add_rule, change_setting
from tests.breaks.fakes import FakeDesktop, SettableClock, advance
from tests.breaks.simulation import MONDAY


class Watched:
    """A watcher with a rule of ten minutes, and what it did."""

    def __init__(self, places: Places) -> None:
        add_rule(places.settings_file, {"every": 10, "routine": "micro-break"})
        self.places = places
        self.clock = SettableClock(MONDAY)
        self.desktop = FakeDesktop()
        self.reported: list[str] = []
        self.watcher = Watcher(places, self.clock, self.desktop, self.record, self.reported.append)
        self.watcher.tick()

    def record(self, _records: object) -> None:
        raise CoachError("history", "is in use.")

    def work(self, minutes: float) -> None:
        advance(self.clock, minutes, self.watcher.tick)

    def answer(self, choice: Choice) -> None:
        self.desktop.prompter.replies.append(choice)
        self.watcher.tick()

    @property
    def titles(self) -> list[str]:
        return [one.title for one in self.desktop.prompter.shown]

    @property
    def visible(self) -> str:
        notification = self.desktop.prompter.visible
        return notification.title if notification else ""

    @property
    def phase(self) -> Phase | None:
        state = self.watcher.driver.state
        return state.prompt.phase if state and state.prompt else None


@pytest.fixture
def watched(places: Places) -> Watched:
    return Watched(places)


def test_a_prompt_names_the_routine_and_has_its_buttons(watched: Watched) -> None:
    watched.work(10)
    prompt = watched.desktop.prompter.visible
    assert prompt
    assert (prompt.title, prompt.body) == ("Time for a break", "One-minute micro-break.")
    assert [choice for choice, _ in prompt.choices] == [Choice.START, Choice.SNOOZE, Choice.SKIP]
    assert (prompt.stays, prompt.sounds) == (True, True)


def test_a_prompt_is_silent_if_the_user_wants_that(watched: Watched) -> None:
    change_setting(watched.places.settings_file, "breaks.sound", value=False)
    watched.work(10)
    assert watched.desktop.prompter.shown[0].sounds is False


def test_start_opens_a_window(watched: Watched) -> None:
    watched.work(10)
    watched.answer(Choice.START)
    [window] = watched.desktop.windows
    assert window.command[1:] == ["-m", "stretch_coach", "start", "--for-break", "--", "micro-break"]
    assert watched.visible == ""


def test_a_session_led_by_voice_can_be_ended_from_its_notification(watched: Watched) -> None:
    change_setting(watched.places.settings_file, "breaks.voice_only", value=True)
    watched.work(10)
    watched.answer(Choice.START)
    [voice] = watched.desktop.voices
    assert "--voice-only" in voice.command
    assert watched.visible == "One-minute micro-break"
    watched.answer(Choice.STOP)
    assert voice.is_interrupted
    voice.exit_code = 130
    watched.watcher.tick()
    assert watched.visible == ""


def test_a_session_that_cannot_be_started_is_reported_and_asked_for_again(watched: Watched) -> None:
    watched.desktop.can_open_windows = False
    watched.work(10)
    watched.answer(Choice.START)
    assert watched.visible == "The break could not be started"
    assert watched.phase is Phase.SNOOZED
    assert any("No terminal was found" in sentence for sentence in watched.reported)
    watched.work(5.5)
    assert watched.visible == "Time for a break"


def test_the_next_terminal_is_tried_at_once_when_one_fails_and_then_the_failure_is_reported(watched: Watched) -> None:
    watched.work(10)
    watched.answer(Choice.START)
    watched.desktop.windows[0].exit_code = 255
    watched.watcher.tick()
    assert watched.visible == ""
    assert watched.reported[-1] == "foot ended with exit code 255. Another terminal is tried."
    assert [window.program for window in watched.desktop.windows] == ["foot", "xterm"]
    watched.desktop.windows[1].exit_code = 1
    watched.watcher.tick()
    assert watched.visible == "The break could not be started"
    assert "xterm ended with exit code 1" in watched.reported[-1]
    assert watched.phase is Phase.SNOOZED
    watched.work(5.5)
    watched.answer(Choice.START)
    assert watched.desktop.windows[2].program == "foot"


def test_a_terminal_that_the_user_chose_is_not_replaced(watched: Watched) -> None:
    change_setting(watched.places.settings_file, "breaks.terminal", value="kitty")
    watched.work(10)
    watched.answer(Choice.START)
    watched.desktop.windows[0].exit_code = 255
    watched.watcher.tick()
    assert "kitty ended with exit code 255" in watched.reported[-1]
    assert len(watched.desktop.windows) == 1


@pytest.mark.parametrize("code", [0, 130, 143])
def test_a_session_that_is_declined_or_stopped_is_not_a_failure(watched: Watched, code: int) -> None:
    watched.work(10)
    watched.answer(Choice.START)
    watched.desktop.windows[0].exit_code = code
    watched.watcher.tick()
    assert (watched.phase, watched.visible) == (Phase.STARTED, "")


def test_a_session_that_ran_may_end_with_any_exit_code(watched: Watched) -> None:
    watched.work(10)
    watched.answer(Choice.START)
    with mark_running(watched.places.running, "session"):
        watched.work(1)
    watched.desktop.windows[0].exit_code = 1
    watched.watcher.tick()
    assert watched.visible == ""


def test_nothing_is_asked_while_the_window_that_was_opened_asks_something_itself(watched: Watched) -> None:
    watched.work(10)
    watched.answer(Choice.START)
    watched.work(25)
    assert watched.titles == ["Time for a break"]
    watched.desktop.windows[0].exit_code = 0
    watched.work(1)
    assert watched.titles == ["Time for a break"] * 2


def test_a_terminal_that_outlives_its_session_does_not_stop_prompts_for_long(watched: Watched) -> None:
    watched.work(10)
    watched.answer(Choice.START)
    watched.work(30.5)
    assert watched.titles == ["Time for a break"] * 2


def test_an_announcement_comes_before_the_prompt(watched: Watched) -> None:
    change_setting(watched.places.settings_file, "breaks.heads_up", 60)
    watched.work(9)
    assert watched.visible == "A break is coming up"
    watched.work(1)
    assert watched.titles == ["A break is coming up", "Time for a break"]


def test_a_skipped_prompt_disappears(watched: Watched) -> None:
    watched.work(10)
    watched.answer(Choice.SKIP)
    assert (watched.visible, watched.phase) == ("", None)


def test_invalid_settings_are_shown_once_and_never_in_place_of_a_prompt(watched: Watched) -> None:
    watched.places.settings_file.write_text("[breaks\n", encoding="utf-8")
    watched.work(2)
    assert watched.titles == ["Invalid settings; the last valid ones apply"]
    assert len(watched.reported) == 1
    watched.work(8)
    watched.places.settings_file.write_text("[breaks\n\n", encoding="utf-8")
    watched.work(1)
    assert watched.visible == "Time for a break"


def test_a_prompt_is_shown_again_when_the_service_is_back(watched: Watched) -> None:
    watched.work(10)
    watched.desktop.prompter.fails = True
    watched.work(0.5)
    assert load_day(watched.places.breaks).about["trouble"] == "The service is gone. Start one."
    watched.desktop.prompter.fails = False
    watched.work(0.5)
    assert watched.titles == ["Time for a break"] * 2
    assert load_day(watched.places.breaks).about == {"seat": "fake", "prompter": "fake prompter", "trouble": ""}


@pytest.mark.usefixtures("utc")
def test_introduces_itself(watched: Watched) -> None:
    watched.watcher.introduce()
    assert watched.reported == [
        "Watching until Ctrl+C. Idle time: fake. Prompts: fake prompter.",
        "Next break at 09:10, after 10 more active minutes.",
    ]


def test_a_second_watcher_is_refused(places: Places) -> None:
    lock = acquire_lock(watch_lock(places))
    assert lock is not None
    with pytest.raises(CoachError, match="already running"):
        watch(places, SettableClock(), FakeDesktop(), print, print)
    os.close(lock)


def test_a_lock_that_cannot_be_opened_is_named(places: Places) -> None:
    watch_lock(places).mkdir(parents=True)
    with pytest.raises(CoachError, match=r"watch\.lock cannot be opened"):
        watch(places, SettableClock(), FakeDesktop(), print, print)


def test_a_folder_without_locks_is_reported_with_the_cure(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(files, "_lock", refuse)
    with pytest.raises(CoachError, match=r"watch\.lock cannot be locked .* Point STRETCH_COACH_HOME"):
        watch(places, SettableClock(), FakeDesktop(), print, print)


def test_closing_withdraws_the_prompt(watched: Watched) -> None:
    watched.work(10)
    watched.watcher.close()
    assert watched.visible == ""
    assert not watched.desktop.prompter.is_open


@pytest.mark.skipif(os.name != "posix", reason="pipes cannot be waited for here")
class TestSignals:
    @pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
    def test_a_signal_wakes_and_requests_the_end(self, name: str) -> None:
        before = signal.getsignal(getattr(signal, name))
        shutdown = ShutdownSignal()
        with shutdown.listening():
            signal.raise_signal(getattr(signal, name))
            wait(shutdown.descriptors(), 30)
            shutdown.drain()
            assert shutdown.requested
        assert signal.getsignal(getattr(signal, name)) is before

    def test_a_child_that_ends_only_wakes(self) -> None:
        shutdown = ShutdownSignal()
        with shutdown.listening():
            signal.raise_signal(signal.SIGCHLD)
            wait(shutdown.descriptors(), 30)
            shutdown.drain()
            assert not shutdown.requested

    def test_a_closed_descriptor_is_an_error(self) -> None:
        read, write = os.pipe()
        os.close(read)
        os.close(write)
        with pytest.raises((OSError, ValueError)):
            wait([read], 30)


class TestCoachCommand:
    def test_windows_has_a_python_with_and_one_without_a_console(self) -> None:
        for executable in ("/py/python.exe", "/py/pythonw.exe"):
            assert coach_command("start", executable=executable)[0].endswith("python.exe")
            assert coach_command(executable=executable, window=False)[0].endswith("pythonw.exe")

    def test_a_link_into_an_environment_is_kept(self) -> None:
        python = str(Path("/v/bin/python3").absolute())
        assert coach_command("start", executable=python) == [python, "-m", "stretch_coach", "start"]
