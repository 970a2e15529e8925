"""The ways through the screens that take more than one: first use, and a session from its locks to its record."""

from typing import TYPE_CHECKING

from stretch_coach.errors import CoachError
from stretch_coach.journal import acknowledged
from stretch_coach.routine.model import Routine
from stretch_coach.session.first_use import notice_is_due
from stretch_coach.session.preparing import locks_to_confirm
from stretch_coach.tui.coaching import Ended, Order
from stretch_coach.tui.room import Room
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.gate import GateScreen
from stretch_coach.tui.screens.taught import TaughtScreen
from stretch_coach.tui.screens.voice_check import VoiceCheckScreen
from stretch_coach.tui.screens.welcome import WelcomeScreen

if TYPE_CHECKING:
    from stretch_coach.tui.app import CoachApp


class Flow:
    """Leads through the screens; each method waits until its way is over.

    Args:
        app: Shows the screens.
        room: What they share.
    """

    def __init__(self, app: "CoachApp", room: Room) -> None:
        self._app = app
        self._room = room

    async def enter(self, *, greet: bool) -> tuple[bool, Order | None]:
        """Say what this is and ask about the warning signs, where that is due.

        Args:
            greet: Whether a new user's voice is checked, and a first session offered.

        Returns:
            Whether the coach may be used, and the first session if the user wants one at once.
        """
        room = self._room
        room.mend_history()
        with room.world.history() as history:
            if not notice_is_due(history, room.world.clock.wall().ms):
                return True, None
            is_new = acknowledged.acknowledged_at(history, acknowledged.NOTICE) is None
        if is_new:
            await self._app.push_screen_wait(WelcomeScreen(room.safety))
        if not await self.pass_gate():
            return False, None
        if is_new and greet and await self._app.push_screen_wait(VoiceCheckScreen(room)):
            return True, Order(room.library.find(room.world.settings.start.routine))
        return True, None

    async def session(self, order: Order) -> Ended | None:
        """A session, with what has to be confirmed before it and what is asked after it; none if it never began.

        Raises:
            CoachError: The history cannot be used.
        """
        room = self._room
        room.mend_history()
        if not await self._unlock(order.routine):
            return None
        screen = CoachScreen(room, order)
        ended = await self._app.push_screen_wait(screen)
        if isinstance(ended, CoachError):
            raise ended
        if isinstance(ended, Routine):
            return await self.session(order._replace(routine=ended, interrupted=None))
        if ended is None or ended.result.broke_off:
            return ended
        asks = room.world.settings.app.ask_comfort and ended.record is not None and ended.result.failure is None
        after = await self._app.push_screen_wait(EndingScreen(room, ended, asks=asks))
        if ended.record and (screen.comfort_before is not None or after is not None):
            room.rate(ended.record.id, screen.comfort_before, after)
        elif ended.record:
            room.world.back_up()
        return ended

    async def pass_gate(self) -> bool:
        """Ask about the warning signs; whether the coach may be used. The day of the answer is remembered."""
        if not await self._app.push_screen_wait(GateScreen(self._room.safety)):
            return False
        with self._room.world.writable_history() as history:
            acknowledged.acknowledge(history, [acknowledged.NOTICE], self._room.world.clock.wall().ms)
        return True

    async def _unlock(self, routine: Routine) -> bool:
        room = self._room
        if routine.file.warning_signs and not await self.pass_gate():
            return False
        with room.world.history() as history:
            locks = locks_to_confirm(history, routine)
        if not locks:
            return True
        if not await self._app.push_screen_wait(TaughtScreen(room.safety, locks)):
            return False
        with room.world.writable_history() as history:
            subjects = [acknowledged.taught(lock.id) for lock in locks]
            acknowledged.acknowledge(history, subjects, room.world.clock.wall().ms)
        return True
