"""The break watcher: one resident process that looks at the seat and the clock, and asks at the right moment."""

import gc
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from stretch_coach.breaks.actions import Action, Announce, Ask, Begin, Withdraw
from stretch_coach.breaks.commands import Bell
from stretch_coach.breaks.edges import Edges
from stretch_coach.breaks.following import SettingsFollower
from stretch_coach.breaks.keeper import DayKeeper
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.sessions import BreakSessions
from stretch_coach.breaks.showing import Showing
from stretch_coach.breaks.single import acquire
from stretch_coach.breaks.state import Hold, Phase, Prompt
from stretch_coach.breaks.waiting import Ending, wait
from stretch_coach.breaks.wording import announce_notice, ask_notice, launch_notice, led_notice, settings_notice
from stretch_coach.breaks.zone import SystemZone
from stretch_coach.clock import Clock
from stretch_coach.errors import CoachError
from stretch_coach.locking import is_locked
from stretch_coach.paths import Places

if TYPE_CHECKING:
    import sqlite3

    from stretch_coach.breaks.idle.source import IdleSource

_RECORD_AGAIN_SECONDS = 60.0


def watch(
    places: Places,
    clock: Clock,
    edges: Edges,
    open_history: "Callable[[], sqlite3.Connection]",
    log: Callable[[str], None],
) -> None:
    """Watch until a signal ends it.

    Args:
        places: The user's folders.
        clock: The machine's clock.
        edges: The desktop.
        open_history: Opens the history to write answers into it.
        log: Tells of what cannot be shown.

    Raises:
        CoachError: Another watcher runs, or the state cannot be kept.
    """
    # Held until the process ends, however it does.
    if acquire(places.breaks / "watch.lock") is None:
        raise CoachError("breaks", "a watcher runs already.", "`stretch-coach breaks` shows what it does.")
    ending = Ending()
    with ending.listening():
        watcher = Watcher(places, clock, edges, open_history, log)
        gc.freeze()  # all that is loaded by now stays, and need not be walked over again and again
        try:
            while not ending.asked:
                watcher.look()
                watcher.sleep(ending)
        finally:
            watcher.close()


class Watcher:
    """What the watcher has open, and what it does at each look."""

    def __init__(
        self,
        places: Places,
        clock: Clock,
        edges: Edges,
        open_history: "Callable[[], sqlite3.Connection]",
        log: Callable[[str], None],
    ) -> None:
        self._clock = clock
        self._edges = edges
        self._log = log
        self._follower = SettingsFollower(places.settings_file)
        self._follower.follow()
        settings = self._follower.settings
        self.keeper = DayKeeper(
            places.breaks,
            settings.breaks,
            SystemZone(),
            day_start=settings.record.day_start,
            open_history=open_history,
        )
        self._bell = Bell(places.breaks)
        self._seat: IdleSource = edges.open_seat()
        self._showing = Showing(edges.open_prompter)
        self._sessions = BreakSessions(places.running, edges)
        self._app_lock = places.app_lock
        self._record_again = float("-inf")
        self._first = True

    def look(self) -> None:
        """Look at everything once, and do what is to be done."""
        if hasattr(time, "tzset"):
            time.tzset()  # else a process never learns that its user has travelled
        now, wall = self._clock.now(), self._clock.wall().ms / 1000
        self._bell.take_in()
        self._take_in_seat()
        self._follow_settings(now)
        self._notice_app()
        if self._sessions.take_in():
            self._showing.withdraw()
        self._take_answers(now, wall)
        if not self.keeper.silent:
            self._do(self.keeper.take_commands(wall), now)
        actions = self.keeper.look(
            now,
            wall,
            idle=self._seat.idle_seconds(),
            locked=bool(self._seat.locked()),
            in_session=self._sessions.under_way(),
            hold=self._hold,
        )
        self._do(actions, now)
        self._showing.keep_up(now)
        # Who clicks at once has clicked before there was anything to wait for.
        self._take_answers(now, wall)
        self._record(now)
        self._first = False

    def sleep(self, ending: Ending) -> None:
        """Sleep until something happens, or the next look is due."""
        now = self._clock.now()
        waits = [self.keeper.day.wait_seconds(), self._showing.wait_seconds(now)]
        own = [*ending.descriptors(), *self._bell.descriptors()]
        try:
            others = [*self._seat.descriptors(), *self._showing.descriptors()]
            wait([*own, *others], min(one for one in waits if one is not None))
        except (OSError, ValueError):  # one of theirs was closed, which the next look finds out
            wait(own, 1.0)
        ending.take_in()

    def close(self) -> None:
        """Keep the state, and let go of everything."""
        if self.keeper.day.state.prompt:
            self._showing.withdraw()
        self._showing.close()
        self._seat.close()
        self._bell.close()
        self.keeper.save()

    def _take_in_seat(self) -> None:
        self._seat.take_in()
        if self._seat.is_lost():
            self._seat.close()
            self._seat = self._edges.open_seat()

    def _follow_settings(self, now: float) -> None:
        changed = self._follower.follow()
        if changed and self._follower.trouble is None:
            settings = self._follower.settings
            self.keeper.day.settings = settings.breaks
            self.keeper.day.day_start = settings.record.day_start
        if self._follower.trouble and (changed or self._first):
            sentence = str(self._follower.trouble)
            self._log(sentence)
            if not self._is_asking():
                self._showing.show(lambda _can_answer: settings_notice(sentence), now)

    def _notice_app(self) -> None:
        """While the app is open it asks, with the same state; what it kept is taken over when it closes."""
        is_open = is_locked(self._app_lock)
        keeper = self.keeper
        if is_open and not keeper.silent:
            keeper.save()
            self._showing.withdraw()
        elif keeper.silent and not is_open and keeper.was_written_by_another():
            keeper.load()
        keeper.silent = is_open

    def _hold(self) -> Hold | None:
        return Hold.APP if self.keeper.silent else self._edges.hold(self._follower.settings.breaks)

    def _take_answers(self, now: float, wall: float) -> None:
        for choice in self._showing.answers(now):
            self._answer(choice, now, wall)

    def _answer(self, choice: Choice, now: float, wall: float) -> None:
        if choice is Choice.STOP:
            self._sessions.end_led()
        elif not self.keeper.silent:
            self._do(self.keeper.answer(choice, wall), now)

    def _do(self, actions: list[Action], now: float) -> None:
        if self.keeper.silent:
            return
        for action in actions:
            match action:
                case Ask(prompt, snooze):
                    self._ask(prompt, snooze, now)
                case Announce(prompt, seconds):
                    notice = announce_notice(prompt, seconds)
                    self._showing.show(lambda _can_answer, notice=notice: notice, now)  # type: ignore[misc]  # bound now
                case Withdraw():
                    self._showing.withdraw()
                case Begin(prompt):
                    self._begin(action, now)

    def _ask(self, prompt: Prompt, snooze: int | None, now: float) -> None:
        sounds = self._follower.settings.breaks.sound
        self._showing.show(lambda can_answer: ask_notice(prompt, snooze, can_answer=can_answer, sounds=sounds), now)

    def _begin(self, action: Begin, now: float) -> None:
        try:
            is_led = self._sessions.begin(action.prompt.routine, self._follower.settings.breaks)
        except CoachError as error:
            sentence = str(error)
            self._log(sentence)
            self.keeper.day.could_not_begin()
            self._showing.show(lambda _can_answer: launch_notice(sentence), now)
        else:
            if is_led:
                self._showing.show(lambda _can_answer: led_notice(action.prompt), now)

    def _is_asking(self) -> bool:
        prompt = self.keeper.day.state.prompt
        return prompt is not None and prompt.phase is Phase.ASKING

    def _record(self, now: float) -> None:
        """Write answers into the history; what cannot be written waits."""
        about = {"seat": self._seat.name, "prompter": self._showing.name, "trouble": self._showing.trouble}
        if now < self._record_again:
            return
        try:
            if self.keeper.failure:
                raise self.keeper.failure
            if about != self.keeper.about:
                self.keeper.about = about
                self.keeper.save()
            self.keeper.record()
        except CoachError as error:
            self._log(str(error))
            self._record_again = now + _RECORD_AGAIN_SECONDS
