"""The watcher: a process that runs all day, drives the day of breaks while the app is closed, and asks on the desktop.

To stay small, it imports rarely used modules only when they are needed.
"""

import gc
import sys
from collections.abc import Callable
from contextlib import suppress

from stretch_coach.breaks import status
from stretch_coach.breaks.commands import WakePipe
from stretch_coach.breaks.desktop import Desktop
from stretch_coach.breaks.desktop.notify.notification import START_YOURSELF, Notification
from stretch_coach.breaks.desktop.notify.notifier import Notifier
from stretch_coach.breaks.driver import BreakDriver
from stretch_coach.breaks.prompt import Action, Announce, Ask, Choice, Phase, Prompt, StartSession, Withdraw
from stretch_coach.breaks.session_processes import EndedProcess, SessionStarter
from stretch_coach.breaks.shutdown import ShutdownSignal, wait
from stretch_coach.breaks.store import AnswerRecorder, watch_lock
from stretch_coach.breaks.titles import RoutineTitles
from stretch_coach.breaks.turns import WatcherTurn, acquire_lock
from stretch_coach.clock import Clock
from stretch_coach.errors import CoachError
from stretch_coach.exit_codes import INTERRUPTED, SUCCESS, TERMINATED
from stretch_coach.paths import Places

_NORMAL_EXITS = (SUCCESS, INTERRUPTED, TERMINATED)
"""The exit codes of a session that succeeded, or was declined or stopped."""

_OPENING_SECONDS = 1800.0
"""How long prompts wait at most for the session of a window that was opened. Some terminals open later windows in the
same process, which then does not end with the session."""


def watch(
    places: Places,
    clock: Clock,
    desktop: Desktop,
    record_answers: AnswerRecorder,
    report: Callable[[str], None],
    *,
    introduce: bool = False,
) -> None:
    """Watch until a signal ends the process.

    Args:
        places: The user's folders.
        clock: The machine's clock.
        desktop: The desktop.
        record_answers: Writes answers to the history, or raises CoachError.
        report: Takes sentences for whoever started the watcher, or for its log.
        introduce: Whether to report what the watcher does.

    Raises:
        CoachError: Another watcher is running, or the lock cannot be opened.
    """
    # Held until the process ends, however it does.
    if acquire_lock(watch_lock(places)) is None:
        raise CoachError("breaks", "a watcher is already running.", "`stretch-coach breaks` shows what it does.")
    shutdown = ShutdownSignal()
    with shutdown.listening():
        watcher = Watcher(places, clock, desktop, record_answers, report)
        try:
            watcher.tick()
            if introduce:
                watcher.introduce()
            _trim_memory()
            while not shutdown.requested:
                watcher.sleep(shutdown)
                if not shutdown.requested:
                    watcher.tick()
        finally:
            watcher.close()


class Watcher:
    """Turns the actions of the day into notifications and sessions.

    Args:
        places: The user's folders.
        clock: The machine's clock.
        desktop: The desktop.
        record_answers: Writes answers to the history, or raises CoachError.
        report: Takes sentences for whoever started the watcher, or for its log.
    """

    def __init__(
        self,
        places: Places,
        clock: Clock,
        desktop: Desktop,
        record_answers: AnswerRecorder,
        report: Callable[[str], None],
    ) -> None:
        self._places = places
        self._clock = clock
        self._report = report
        self.driver = BreakDriver(places, clock, desktop, WatcherTurn(places), record_answers=record_answers)
        self._pipe = WakePipe(places.breaks)
        self._notifier = Notifier(desktop.choose_prompter)
        self._sessions = SessionStarter(desktop)
        self._opening_until = 0.0

    def tick(self) -> None:
        """Take a sample of everything, and carry out what is to be done."""
        now = self._clock.now()
        self._pipe.drain()
        for ended in self._sessions.reap():
            self._end_session(ended, now)
        self._take_answers(now)
        outcome = self.driver.tick(is_busy=self._is_opening(now))
        for warning in outcome.warnings:
            self._report(warning)
        self._carry_out(outcome.actions, now)
        problem = self.driver.settings_problem
        if problem and str(problem) in outcome.warnings and not self._is_asking():
            self._show(status.settings_notification(str(problem)), now)
        self._notifier.keep_up(now)
        self._take_answers(now)  # a fast click comes before there is anything to wait for
        self.driver.describe(prompter=self._notifier.name, trouble=self._notifier.trouble)

    def introduce(self) -> None:
        """Report how the watcher observes the seat, how it asks, and when it will ask next."""
        about = self.driver.about
        ways = f"Idle time: {about.get('seat') or 'unknown'}. Prompts: {about.get('prompter') or 'none'}."
        self._report(f"Watching until Ctrl+C. {ways}")
        day = status.find_status(self._places, self.driver.settings, self._clock, state=self.driver.state)
        self._report(day.next_break(RoutineTitles(self._places).find) or status.NO_RULES)

    def sleep(self, shutdown: ShutdownSignal) -> None:
        """Wait until something happens or the next tick is due."""
        waits = [self.driver.wait_seconds(), self._notifier.wait_seconds(self._clock.now())]
        own = [*shutdown.descriptors(), *self._pipe.descriptors()]
        try:
            others = [*self.driver.descriptors(), *self._notifier.descriptors()]
            wait([*own, *others], min(one for one in waits if one is not None))
        except (OSError, ValueError):  # a connection was closed; the next tick notices
            wait(own, 1.0)
        shutdown.drain()

    def close(self) -> None:
        """Store the state and close everything.

        Raises:
            CoachError: The state cannot be stored.
        """
        if self.driver.state and self.driver.state.prompt:
            self._notifier.withdraw()
        self._notifier.close()
        self._pipe.close()
        self.driver.close()

    def _take_answers(self, now: float) -> None:
        for choice in self._notifier.answers(now):
            if choice is Choice.STOP:
                self._sessions.stop_voice_session()
            else:
                self._carry_out(self.driver.answer(choice), now)

    def _carry_out(self, actions: list[Action], now: float) -> None:
        for action in actions:
            match action:
                case Ask(prompt, snooze):
                    self._ask(prompt, snooze, now)
                case Announce(prompt, seconds):
                    self._show(status.heads_up_notification(self._title(prompt), seconds), now)
                case Withdraw():
                    self._notifier.withdraw()
                case StartSession(prompt):
                    self._start_session(prompt, now)

    def _ask(self, prompt: Prompt, snooze: int | None, now: float) -> None:
        sounds, offer = self.driver.settings.breaks.sound, status.with_reason(f"{self._title(prompt)}.", prompt)
        self._notifier.show(
            lambda can_answer: status.prompt_notification(offer, snooze, can_answer=can_answer, sounds=sounds),
            now,
        )

    def _start_session(self, prompt: Prompt, now: float) -> None:
        settings = self.driver.settings.breaks
        try:
            self._sessions.start(prompt.routine, settings)
        except CoachError as error:
            self._report_failure(str(error), now)
        else:
            self._opening_until = now + _OPENING_SECONDS
            if settings.voice_only:
                self._show(status.voice_session_notification(self._title(prompt)), now)

    def _end_session(self, ended: "EndedProcess", now: float) -> None:
        if ended.by_voice:
            self._notifier.withdraw()  # what showed the session
        state = self.driver.state
        never_ran = state and state.prompt and state.prompt.phase is Phase.STARTED and not state.in_session
        if state and state.prompt and never_ran and ended.exit_code not in _NORMAL_EXITS:
            self._start_elsewhere(state.prompt, ended, now)

    def _start_elsewhere(self, prompt: Prompt, ended: "EndedProcess", now: float) -> None:
        """Start the session in another terminal than one that failed; without one, report the failure."""
        problem = f"{ended.program} ended with exit code {ended.exit_code}."
        try:
            is_started = self._sessions.start_elsewhere(prompt.routine, self.driver.settings.breaks, ended.program)
        except CoachError as error:
            self._report_failure(f"{problem} {error}", now)
            return
        if is_started:
            self._report(f"{problem} Another terminal is tried.")
            self._opening_until = now + _OPENING_SECONDS
        else:
            self._report_failure(f"{problem} {START_YOURSELF}", now)

    def _report_failure(self, problem: str, now: float) -> None:
        self._report(problem)
        self.driver.session_failed()
        self._show(status.session_failed_notification(problem), now)

    def _show(self, notification: Notification, now: float) -> None:
        self._notifier.show(lambda _can_answer: notification, now)

    def _title(self, prompt: Prompt) -> str:
        return RoutineTitles(self._places).find(prompt.routine)

    def _is_opening(self, now: float) -> bool:
        """Return whether a window was opened whose session has not started: it may ask about warning signs first."""
        if self.driver.state and self.driver.state.in_session:
            self._opening_until = 0.0
        return now < self._opening_until and self._sessions.any_running()

    def _is_asking(self) -> bool:
        prompt = self.driver.state.prompt if self.driver.state else None
        return prompt is not None and prompt.phase is Phase.ASKING


def _trim_memory() -> None:
    """Give the memory that only loading needed back to the system, and exempt what stays from garbage collection."""
    gc.collect()
    gc.freeze()
    if sys.platform == "linux":
        with suppress(ImportError, OSError, AttributeError):  # not every C library has this function
            from ctypes import CDLL  # noqa: PLC0415 - where it is missing, the watcher works without it

            CDLL(None).malloc_trim(0)
