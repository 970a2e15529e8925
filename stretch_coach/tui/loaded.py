"""What the app is when it is loaded: the room its screens share, and the ways through them."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.screen import Screen

from stretch_coach.breaks.edges import find_edges
from stretch_coach.tui.asking import Asking
from stretch_coach.tui.flow import Flow
from stretch_coach.tui.places import PLACES
from stretch_coach.tui.room import Room
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.signals import AppSignals
from stretch_coach.world import World

if TYPE_CHECKING:
    from stretch_coach.tui.app import CoachApp


class Loaded:
    """Made in a thread of its own, because it takes longer than a first frame may.

    Args:
        app: The app; nothing of it is touched before the app goes on.
        world: The user's settings, history and clock.
    """

    def __init__(self, app: "CoachApp", world: World) -> None:
        self._app = app
        self.room = Room(
            world,
            AppSignals(app.exit),
            tell=app.tell,
            title=app.show_title,
            ring=app.bell,
            settings_changed=app.apply_settings,
        )
        self.flow = Flow(app, self.room)
        self.asking = Asking(app, self.room, lambda: find_edges(world.clock, sys.stderr, world.places.state))
        self.current_home: HomeScreen | None = None

    def home(self) -> HomeScreen:
        """The home screen; what could not be loaded is told on it."""
        self.current_home = HomeScreen(self.room, self.asking.next_prompt)
        for problem in self.room.library.problems:
            self.room.tell(str(problem))
        return self.current_home

    def place(self, name: str) -> Screen[Any]:
        """A place, by its name."""
        return next(one.open(self.room) for one in PLACES if one.name == name)

    def commands(self) -> Iterator[SystemCommand]:
        """What the palette offers at home, besides the routines."""
        for place in PLACES:
            yield SystemCommand(place.title, place.tooltip, lambda name=place.name: self._app.action_open(name))
        yield SystemCommand("Warning signs", "Go through them again", self._app.action_ask_again)

    def keep_theme(self, name: str) -> None:
        """Remember a theme that was chosen, as the settings would."""
        if name != self._app.wished_theme(self.room.world):
            self.room.change("app", "theme", name)

    def leave_session(self) -> bool:
        """Let a session ask whether it is to end; whether there is one."""
        for screen in self._app.screen_stack:
            if isinstance(screen, CoachScreen):
                screen.action_leave()
                return True
        return False

    async def stand_still(self) -> None:
        """Pause a session before the process is suspended."""
        for screen in self._app.screen_stack:
            if isinstance(screen, CoachScreen):
                await screen.stand_still()
