"""What the screens share: the user's world, the library, and the terminal around them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from stretch_coach.errors import CoachError
from stretch_coach.journal.revisions import rate_comfort
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import Library, load_library
from stretch_coach.routine.model import Routine
from stretch_coach.routine.safety import Safety, load_safety
from stretch_coach.session.comfort import gentle_routines
from stretch_coach.settings import Settings
from stretch_coach.settings.editing import change_setting
from stretch_coach.tui.signals import AppSignals
from stretch_coach.world import World


class Room:
    """Handed to each screen that needs more than the app.

    Args:
        world: Settings, history, clock.
        signals: Signals of the system.
        tell: Tells the user a sentence.
        title: Names the terminal's window; empty for the program's name.
        ring: Rings the terminal's bell.
        settings_changed: Told when the settings are other ones.
    """

    def __init__(
        self,
        world: World,
        signals: AppSignals,
        *,
        tell: Callable[[str], None],
        title: Callable[[str], None],
        ring: Callable[[], None],
        settings_changed: Callable[[], None],
    ) -> None:
        self.world = world._replace(tell=tell)
        self.signals = signals
        self.tell = tell
        self.title = title
        self.ring = ring
        self._settings_changed = settings_changed
        self.library: Library = load_library(bundled_routines(), world.places.routines)
        self.safety: Safety = load_safety(bundled_routines())

    def mend_history(self) -> None:
        """Set a damaged history aside, and tell the user where; one that can be read is left alone.

        Raises:
            CoachError: There can be no history.
        """
        try:
            with self.world.history():
                pass
        except CoachError:
            with self.world.writable_history():
                pass

    def gentler_than(self, routine: Routine) -> Routine | None:
        """What to offer in place of a routine on a bad day; none if it is that already."""
        return next((one for one in gentle_routines(self.library.routines) if one.id != routine.id), None)

    def change(self, section: str, key: str, value: Any) -> bool:
        """Change a setting in the user's file; if that cannot be, the user is told why, and nothing changes."""
        if trouble := self.edit(lambda file: change_setting(file, section, key, value)):
            self.tell(trouble)
        return not trouble

    def edit(self, change: Callable[[Path], Settings]) -> str:
        """Change the user's file of settings; why that cannot be, and nothing changes, or nothing where it is done."""
        try:
            self.world = self.world._replace(settings=change(self.world.places.settings_file))
        except CoachError as error:
            return str(error)
        self._settings_changed()
        return ""

    def rate(self, session_id: str, before: int | None, after: int | None) -> None:
        """Remember how the neck felt before and after a session, as far as it was told."""
        try:
            with self.world.writable_history() as history:
                now_ms = self.world.clock.wall().ms
                rate_comfort(history, session_id, before=before, after=after, at_ms=now_ms)
        except CoachError as error:
            self.tell(str(error))
