"""Asks for breaks while the app is open, in the app."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerError

from stretch_coach.breaks.actions import Action, Announce, Ask, Begin, Withdraw
from stretch_coach.breaks.edges import Edges
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.state import Prompt
from stretch_coach.breaks.wording import announce_notice, routine_name
from stretch_coach.errors import CoachError
from stretch_coach.journal.records import Source
from stretch_coach.tui.break_driver import Around, BreakDriver, Seen
from stretch_coach.tui.coaching import Order
from stretch_coach.tui.room import Room
from stretch_coach.tui.screens.ask import AskScreen
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.gate import GateScreen
from stretch_coach.tui.screens.taught import TaughtScreen
from stretch_coach.tui.screens.voice_check import VoiceCheckScreen

if TYPE_CHECKING:
    from stretch_coach.tui.app import CoachApp

_LOOK_SECONDS = 2.0
"""How often it looks, at least: commands from a shell wait five seconds to be taken."""

_UNPLANNED = "No breaks planned; b plans some."
_BUSY = (CoachScreen, EndingScreen, GateScreen, TaughtScreen, VoiceCheckScreen)


class Asking:
    """Looks every few seconds, shows what is due, and takes the answers.

    Args:
        app: Shows the prompt, and leads the session.
        room: What the screens share.
        find_edges: Finds the desktop.
    """

    def __init__(self, app: "CoachApp", room: Room, find_edges: Callable[[], Edges]) -> None:
        self._app = app
        self._room = room
        self._driver = BreakDriver(room.world, find_edges)
        self._turn = asyncio.Lock()
        self._wake = asyncio.Event()
        self._shown: AskScreen | None = None
        self._sentence: str | None = None
        self._worker: Worker[None] | None = None

    def start(self) -> None:
        """Look from now on, until the app ends."""
        self._worker = self._app.run_worker(self._go_on, group="asking")

    async def stop(self) -> None:
        """Keep the state, and let the watcher ask."""
        if self._worker is not None:
            self._worker.cancel()
            with contextlib.suppress(WorkerError):
                await self._worker.wait()
        await asyncio.to_thread(self._driver.close)

    def wake(self) -> None:
        """Look at once, because something was changed."""
        self._wake.set()

    def next_prompt(self) -> str:
        """When the next prompt comes, in a sentence."""
        if self._sentence is None:
            return "" if self._room.world.settings.breaks.rules else _UNPLANNED
        return self._sentence or _UNPLANNED

    async def look(self) -> float:
        """Look once, and do what is to be done; after how many seconds the next look is due."""
        async with self._turn:
            try:
                seen = await asyncio.to_thread(self._driver.look, self._around())
            except CoachError as error:
                self._room.tell(str(error))
                return 60.0
            self._take_in(seen)
            await self._do(seen.actions)
            return min(_LOOK_SECONDS, seen.wait)

    async def _go_on(self) -> None:
        while True:
            seconds = await self.look() / self._room.world.clock.pace
            try:
                await asyncio.wait_for(self._wake.wait(), seconds)
            except TimeoutError:
                continue
            self._wake.clear()

    def _around(self) -> Around:
        return Around(self._is_busy(), self._app.app_focus)

    def _is_busy(self) -> bool:
        return any(isinstance(screen, _BUSY) for screen in self._app.screen_stack)

    def _take_in(self, seen: Seen) -> None:
        for sentence in seen.told:
            self._room.tell(sentence)
        world = self._room.world
        if seen.settings is not None and world.settings.breaks != seen.settings:
            self._room.world = world._replace(settings=world.settings._replace(breaks=seen.settings))
        if seen.sentence != self._sentence:
            self._sentence = seen.sentence
            self._app.show_next_prompt()

    async def _do(self, actions: list[Action]) -> None:
        for action in actions:
            match action:
                case Ask(prompt, snooze):
                    self._ask(prompt, snooze)
                case Announce(prompt, seconds):
                    notice = announce_notice(prompt, seconds)
                    self._app.notify(notice.body, title=notice.title, markup=False)
                case Withdraw():
                    self._withdraw()
                case Begin(prompt):
                    await self._begin(prompt)

    def _ask(self, prompt: Prompt, snooze: int | None) -> None:
        self._withdraw()
        self._shown = AskScreen(routine_name(prompt.routine), snooze, self._room.world.clock, self._answer)
        self._app.push_screen(self._shown)
        if self._room.world.settings.breaks.sound:
            self._room.ring()

    def _answer(self, choice: Choice) -> None:
        async def take() -> None:
            async with self._turn:
                await self._do(await asyncio.to_thread(self._driver.answer, choice))
            self.wake()

        _: Worker[None] = self._app.run_worker(take, group="answers")

    def _withdraw(self) -> None:
        if self._shown is not None:
            self._shown.withdraw()
            self._shown = None

    async def _begin(self, prompt: Prompt) -> None:
        if self._is_busy():  # whoever starts the break from a shell has a session before them here
            return
        try:
            routine = self._room.library.find(prompt.routine)
        except CoachError as error:
            self._room.tell(str(error))
            await asyncio.to_thread(self._driver.could_not_begin)
        else:
            self._app.lead(Order(routine, Source.BREAK))
