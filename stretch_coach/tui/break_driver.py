"""Drives the day of breaks while the app is open, as the watcher does while it is not."""

import os
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from stretch_coach.breaks.actions import Action, Ask
from stretch_coach.breaks.commands import ring
from stretch_coach.breaks.edges import Edges
from stretch_coach.breaks.files import signature
from stretch_coach.breaks.following import SettingsFollower
from stretch_coach.breaks.idle.source import IdleSource
from stretch_coach.breaks.keeper import DayKeeper, load_state, state_file
from stretch_coach.breaks.next_prompt import Moment, next_prompt
from stretch_coach.breaks.pause import paused_until
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.single import acquire
from stretch_coach.breaks.state import DayState, Hold, Phase
from stretch_coach.breaks.zone import SystemZone, Zone
from stretch_coach.errors import CoachError
from stretch_coach.journal.running import any_under_way
from stretch_coach.locking import is_locked
from stretch_coach.settings import BreakSettings
from stretch_coach.world import World

_RECORD_AGAIN_SECONDS = 60.0
_HANDOVER_SECONDS = 2.0
"""How long a watcher may take to notice that the app is open, and to keep what it has counted."""

_HANDOVER_LOOK_SECONDS = 0.02


class Around(NamedTuple):
    """What the app knows of itself.

    Attributes:
        is_busy: Whether a session is prepared, led or closed on the screen, so that nothing may be asked over it.
        is_focused: Whether the app's terminal has the focus, as far as it tells.
    """

    is_busy: bool = False
    is_focused: bool = True


class Seen(NamedTuple):
    """What a look found.

    Attributes:
        actions: What is to be done now, in order.
        sentence: When the next prompt comes; empty where no rule asks.
        wait: After how many seconds the next look is due, at most.
        settings: How to ask, where that was set anew since the last look; else none.
        told: What the user is to be told.
    """

    actions: list[Action]
    sentence: str
    wait: float
    settings: BreakSettings | None
    told: list[str]


class BreakDriver:
    """Holds the app's lock and the day's state. Its methods wait for files and the desktop: call them in a thread.

    Args:
        world: The user's folders and clock.
        find_edges: Finds the desktop.
        zone: The zone of the wall clock; the machine's unless given.
    """

    def __init__(self, world: World, find_edges: Callable[[], Edges], zone: Zone | None = None) -> None:
        self._told: list[str] = []
        self._world = world._replace(tell=self._told.append)
        self._find_edges = find_edges
        self._zone = zone or SystemZone()
        self._follower = SettingsFollower(world.places.settings_file)
        # A look that is under way when the app ends is waited for.
        self._turn = threading.Lock()
        self._closed = False
        self._lock: int | None = None
        self._edges: Edges | None = None
        self._seat: IdleSource | None = None
        self._keeper: DayKeeper | None = None
        self._record_again = float("-inf")

    @property
    def asks(self) -> bool:
        """Whether this app is the one that asks; another one may be open."""
        return self._keeper is not None

    def look(self, around: Around) -> Seen:
        """Look at everything once, and keep what came of it."""
        with self._turn:
            if self._closed:
                return self._seen([])
            if hasattr(time, "tzset"):
                time.tzset()  # else a process never learns that its user has travelled
            news = self._follow_settings()
            actions: list[Action] = []
            if self._keeper is None:
                actions += self._take_over()
            if self._keeper is not None:
                actions += self._drive(self._keeper, around)
            return self._seen(actions, news)

    def answer(self, choice: Choice) -> list[Action]:
        """Take an answer; what is to be done now."""
        with self._turn:
            if self._closed or self._keeper is None:
                return []
            actions = self._keeper.answer(choice, self._wall())
            self._record(self._keeper)
            return actions

    def could_not_begin(self) -> None:
        """The session that was to begin could not be."""
        with self._turn:
            if self._keeper is not None and not self._closed:
                self._keeper.day.could_not_begin()

    def close(self) -> None:
        """Keep the state, give the lock back, and wake the watcher, which asks from now on."""
        with self._turn:
            self._closed = True
            try:
                if self._keeper is not None:
                    self._keeper.save()
            except CoachError as error:
                self._told.append(str(error))
            finally:
                if self._seat is not None:
                    self._seat.close()
                if self._lock is not None:
                    os.close(self._lock)
                    ring(self._world.places.breaks)
                self._keeper, self._seat, self._lock = None, None, None

    def sentence(self) -> str:
        """When the next prompt comes; empty where no rule asks."""
        places, now = self._world.places, self._wall()
        settings = self._follower.settings
        is_driven = is_locked(places.app_lock) or is_locked(places.breaks / "watch.lock")
        if self._keeper is not None:
            state = self._keeper.day.state
        else:
            state = load_state(places.breaks)[0] if is_driven else DayState()
        until = paused_until(places.breaks, now)
        moment = Moment(state, settings.breaks, now, until, settings.record.day_start)
        return next_prompt(moment, self._zone)

    def _take_over(self) -> list[Action]:
        """Take the lock, and the day as the watcher left it."""
        places = self._world.places
        try:
            if is_locked(places.app_lock) or (lock := acquire(places.app_lock)) is None:
                return []
        except OSError as error:
            message = f"cannot be opened ({error.strerror})."
            raise CoachError(str(places.app_lock), message, "Check the folder.") from error
        self._lock = lock
        self._await_watcher()
        settings = self._follower.settings
        self._keeper = DayKeeper(
            places.breaks,
            settings.breaks,
            self._zone,
            day_start=settings.record.day_start,
            open_history=self._world.open_history,
        )
        self._edges = self._find_edges()
        self._seat = self._edges.open_seat()
        self._keeper.about = {"seat": self._seat.name, "prompter": "the app", "trouble": ""}
        prompt = self._keeper.day.state.prompt
        if prompt is None or prompt.phase is not Phase.ASKING:
            return []
        # It was asked by whoever watched before, and is shown no longer there.
        return [Ask(prompt, settings.breaks.snooze[0] if self._keeper.day.can_snooze() else None)]

    def _await_watcher(self) -> None:
        """Let a watcher that runs keep what it has counted; it does as soon as it sees the lock."""
        folder = self._world.places.breaks
        if not is_locked(folder / "watch.lock"):
            return
        before, deadline = signature(state_file(folder)), time.monotonic() + _HANDOVER_SECONDS
        ring(folder)
        while signature(state_file(folder)) == before and time.monotonic() < deadline:
            time.sleep(_HANDOVER_LOOK_SECONDS)

    def _drive(self, keeper: DayKeeper, around: Around) -> list[Action]:
        clock, wall = self._world.clock, self._wall()
        seat = self._take_in_seat()
        actions = keeper.take_commands(wall)
        actions += keeper.look(
            clock.now(),
            wall,
            idle=seat.idle_seconds(),
            locked=bool(seat.locked()),
            in_session=any_under_way(self._world.places.running),
            hold=lambda: self._hold(around),
        )
        self._record(keeper)
        return actions

    def _take_in_seat(self) -> IdleSource:
        seat, edges = self._seat, self._edges
        if seat is None or edges is None:
            raise RuntimeError("no seat is open")
        seat.take_in()
        if seat.is_lost():
            seat.close()
            self._seat = seat = edges.open_seat()
        return seat

    def _hold(self, around: Around) -> Hold | None:
        if around.is_busy:
            return Hold.APP
        settings = self._follower.settings.breaks
        # The window that fills the screen may be the app's own.
        fullscreen = settings.fullscreen and not around.is_focused
        return self._edges.hold(settings._replace(fullscreen=fullscreen)) if self._edges else None

    def _follow_settings(self) -> BreakSettings | None:
        """Look at the settings; those of breaks, if the file says other ones than before."""
        if not self._follower.follow():
            return None
        if self._follower.trouble:
            self._told.append(str(self._follower.trouble))
            return None
        settings = self._follower.settings
        if self._keeper is not None:
            self._keeper.day.settings = settings.breaks
            self._keeper.day.day_start = settings.record.day_start
        return settings.breaks

    def _record(self, keeper: DayKeeper) -> None:
        """Write answers into the history; what cannot be written waits."""
        now = self._world.clock.now()
        if now < self._record_again:
            return
        try:
            if keeper.failure:
                raise keeper.failure
            keeper.record()
        except CoachError as error:
            self._told.append(str(error))
            self._record_again = now + _RECORD_AGAIN_SECONDS

    def _seen(self, actions: list[Action], news: BreakSettings | None = None) -> Seen:
        told = [*self._told]
        self._told.clear()
        wait = self._keeper.day.wait_seconds() if self._keeper else float("inf")
        return Seen(actions, self.sentence(), wait, news, told)

    def _wall(self) -> float:
        return self._world.clock.wall().ms / 1000
