"""The loop of a day of breaks, which the watcher and the app share.

It follows the settings, samples the seat, receives answers, applies them and the rules to the day, and keeps the state
on disk and the answers in the history. Of several processes one drives the day at a time: the app while it is open,
otherwise the watcher.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from stretch_coach.breaks.day import SAMPLE_SECONDS, choose_named
from stretch_coach.breaks.desktop import Desktop
from stretch_coach.breaks.desktop.idle.monitor import IdleMonitor
from stretch_coach.breaks.prompt import Action, Choice, Deferral, Withdraw
from stretch_coach.breaks.state import DayState
from stretch_coach.breaks.store import AnswerRecorder, DayStore
from stretch_coach.breaks.timetable import SystemZone, TimeZone
from stretch_coach.breaks.turns import DriverTurn
from stretch_coach.clock import Clock
from stretch_coach.errors import CoachError
from stretch_coach.files import Signature, signature
from stretch_coach.journal.running import any_running
from stretch_coach.paths import Places
from stretch_coach.settings import Settings, load_settings
from stretch_coach.settings.choices import rotating_names

_RECORD_AGAIN_SECONDS = 60.0


class TickResult(NamedTuple):
    """The result of one tick.

    Attributes:
        actions: The actions to carry out now, in order.
        warnings: Sentences that the user should see.
        settings: The settings, if the file has changed and is valid; otherwise None.
    """

    actions: list[Action]
    warnings: list[str]
    settings: Settings | None = None


class SettingsWatcher:
    """Follows the settings file while it is edited. While it is invalid, the last valid settings apply.

    Args:
        file: The settings file.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: Signature | str = "never"
        self.settings = Settings()
        self.problem: CoachError | None = None
        """Why the file cannot be used now, or None if it can."""

    def has_changed(self) -> bool:
        """Read the file again if it has changed since the last call, and return whether it has."""
        seen = signature(self._file)
        if seen == self._seen:
            return False
        self._seen = seen
        try:
            self.settings = load_settings(self._file)
        except CoachError as problem:
            self.problem = problem
        else:
            self.problem = None
        return True


class BreakDriver:
    """Drives the day of breaks while it is this process's turn. Its methods may wait for files and for the desktop.

    Args:
        places: The user's folders.
        clock: The machine's clock.
        desktop: The desktop.
        turn: Decides when this process drives the day.
        record_answers: Writes answers to the history, or raises CoachError.
        zone: The zone of the wall clock; the machine's if None.
    """

    def __init__(
        self,
        places: Places,
        clock: Clock,
        desktop: Desktop,
        turn: DriverTurn,
        *,
        record_answers: AnswerRecorder,
        zone: TimeZone | None = None,
    ) -> None:
        self._places = places
        self._clock = clock
        self._desktop = desktop
        self._turn = turn
        self._settings = SettingsWatcher(places.settings_file)
        self._settings.has_changed()
        settings = self._settings.settings
        self._store = DayStore(
            places.breaks,
            settings.breaks,
            zone or SystemZone(),
            day_start=settings.record.day_start,
            record_answers=record_answers,
            choose=self._choose,
        )
        self._idle = IdleMonitor(desktop.choose_idle)
        self._is_driving = False
        self._is_first_tick = True
        self._warnings: list[str] = []
        self._record_again = float("-inf")

    @property
    def settings(self) -> Settings:
        """The last valid settings."""
        return self._settings.settings

    @property
    def settings_problem(self) -> CoachError | None:
        """Why the settings file cannot be used now, or None if it can."""
        return self._settings.problem

    @property
    def state(self) -> DayState | None:
        """The state of the day; None while another process drives it."""
        return self._store.day.state if self._is_driving else None

    @property
    def about(self) -> Mapping[str, str]:
        """How the seat is observed, how prompts are shown, and what gets in the way of that."""
        return self._store.about

    def tick(self, *, is_busy: bool = False, is_focused: bool = False) -> TickResult:
        """Take a sample of everything and return what is to be done.

        Args:
            is_busy: Whether this process is running a session or has opened one, so that nothing may be asked.
            is_focused: Whether this process's own window has the focus, and may fill the screen.

        Raises:
            CoachError: The lock of the app cannot be opened.
        """
        if hasattr(time, "tzset"):
            time.tzset()  # without it, a process never notices that its user has travelled
        settings = self._follow_settings()
        actions = self._follow_turn()
        if self._is_driving:
            actions += self._drive(is_busy=is_busy, is_focused=is_focused)
        warnings, self._warnings = self._warnings, []
        return TickResult(actions, warnings, settings)

    def answer(self, choice: Choice) -> list[Action]:
        """Take an answer to the prompt and return the actions to carry out now."""
        if not self._is_driving:
            return []
        actions = self._store.answer(choice, self._wall())
        self._record()
        return actions

    def session_failed(self) -> None:
        """Ask again later, because the session could not be started."""
        if self._is_driving:
            self._store.day.session_failed()
            self._try(self._store.save)

    def describe(self, *, prompter: str, trouble: str) -> None:
        """Store how prompts are shown and what gets in the way of that, for `breaks` to show."""
        about = {**self._store.about, "seat": self._idle.name, "prompter": prompter, "trouble": trouble}
        if self._is_driving and about != self._store.about:
            self._store.about = about
            self._try(self._store.save)

    def wait_seconds(self) -> float:
        """Return the longest time that may pass before the next tick."""
        return self._store.day.wait_seconds() if self._is_driving else SAMPLE_SECONDS

    def descriptors(self) -> list[int]:
        """Return file descriptors that become readable when there is news of the seat."""
        return self._idle.descriptors()

    def close(self) -> None:
        """Store the state, and let another process drive the day.

        Raises:
            CoachError: The state cannot be written.
        """
        try:
            if self._is_driving:
                self._store.save()
        finally:
            self._is_driving = False
            self._idle.close()
            self._turn.give_back()

    def _follow_settings(self) -> Settings | None:
        """Return the settings if the file has changed and is valid. Report an invalid one once."""
        has_changed, is_first = self._settings.has_changed(), self._is_first_tick
        self._is_first_tick = False
        if self._settings.problem:
            if has_changed or is_first:
                self._warnings.append(str(self._settings.problem))
            return None
        if not has_changed:
            return None
        self._store.day.settings = self.settings.breaks
        self._store.day.day_start = self.settings.record.day_start
        return self.settings

    def _follow_turn(self) -> list[Action]:
        is_ours, was_ours = self._turn.take(), self._is_driving
        self._is_driving = is_ours
        if not is_ours:
            return self._hand_over() if was_ours else []
        if was_ours and not self._store.is_superseded:
            return []
        if problem := self._store.take_over():
            self._store.about["reset"] = problem
            self._warnings.append(problem)
        return self._store.day.ask_again() if self._turn.asks_again and not was_ours else []

    def _hand_over(self) -> list[Action]:
        self._try(self._store.save)
        self._idle.close()
        return [Withdraw()]

    def _drive(self, *, is_busy: bool, is_focused: bool) -> list[Action]:
        now, wall = self._clock.now(), self._wall()
        actions = self._store.receive_answers(wall)
        idle, locked = self._idle.read(now)
        actions += self._store.tick(
            now,
            wall,
            idle=idle,
            locked=locked,
            in_session=any_running(self._places.running),
            find_deferral=lambda: self._find_deferral(is_busy=is_busy, is_focused=is_focused),
        )
        self._record()
        return actions

    def _choose(self, choice: str) -> tuple[str, str]:
        """Return the routine to offer, and why, for what a rule names."""
        if not rotating_names(choice):
            return choose_named(choice)
        from stretch_coach.context import Context  # noqa: PLC0415 - needed a few times a day
        from stretch_coach.guide.choice import choose_for_prompt  # noqa: PLC0415 - needed a few times a day

        chosen = choose_for_prompt(Context(self._places, self.settings, self._clock, self._warnings.append), choice)
        return chosen.routine, chosen.reason

    def _find_deferral(self, *, is_busy: bool, is_focused: bool) -> Deferral | None:
        if is_busy:
            return Deferral.APP
        settings = self.settings.breaks
        return self._desktop.find_deferral(settings._replace(fullscreen=settings.fullscreen and not is_focused))

    def _record(self) -> None:
        """Write answers to the history. If that fails, they wait for the next attempt; warn once a minute."""
        now = self._clock.now()
        if now < self._record_again:
            return
        if self._store.failure:
            self._warn_of(self._store.failure)
        else:
            self._try(self._store.record)

    def _try(self, write: Callable[[], None]) -> None:
        try:
            write()
        except CoachError as error:
            self._warn_of(error)

    def _warn_of(self, error: CoachError) -> None:
        self._warnings.append(str(error))
        self._record_again = self._clock.now() + _RECORD_AGAIN_SECONDS

    def _wall(self) -> float:
        return self._clock.wall().ms / 1000
