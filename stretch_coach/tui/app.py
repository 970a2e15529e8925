"""The app: how it opens, what its screens share, and how it ends."""

import asyncio
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen
from textual.worker import WorkerFailed

from stretch_coach.errors import CoachError
from stretch_coach.journal.summary import summarise
from stretch_coach.journal.wording import streak_sentence
from stretch_coach.tui.lost_terminal import outlasting
from stretch_coach.tui.screens.opening import OpeningScreen
from stretch_coach.tui.themes import DARK, THEMES
from stretch_coach.tui.title import TerminalTitle
from stretch_coach.world import World

if TYPE_CHECKING:
    from stretch_coach.tui.coaching import Ended, Order
    from stretch_coach.tui.loaded import Loaded
    from stretch_coach.tui.screens.home import HomeScreen

_BROKEN_OFF = 130


class CoachApp(App[int]):
    """Stretch Coach on the screen. What it returns is the program's exit code.

    Args:
        world: The user's settings, history and clock.
        order: Makes the session to go to at once; the app ends with it. None opens home.
    """

    TITLE = "Stretch Coach"
    CSS_PATH = "styles/app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", "Help", key_display="?", id="app.help", tooltip="What the keys here do"),
        # Before all others, so that they work on top of dialogs too.
        Binding("ctrl+q", "leave", show=False, id="app.quit", tooltip="Leave; a session asks first", priority=True),
        Binding("ctrl+z", "to_shell", show=False, id="app.suspend", tooltip="To the shell; pauses", priority=True),
    ]

    def __init__(self, world: World, order: "Order | None" = None) -> None:
        super().__init__()
        self.ended: Ended | None = None
        """The session that was asked for, once it is over."""
        self.failure: BaseException | None = None
        """What went wrong inside, if anything did."""
        self._world = world
        self._order = order
        self._loaded: Loaded | None = None
        self._terminal = TerminalTitle(self._write_to_terminal)
        for theme in THEMES:
            self.register_theme(theme)
        self._wear(world)

    def get_default_screen(self) -> Screen[Any]:
        """What is there at once."""
        return OpeningScreen(self._greeting)

    def get_driver_class(self) -> type[Driver]:
        """The platform's driver, made to outlast its terminal."""
        return outlasting(super().get_driver_class())

    def on_mount(self) -> None:
        """Load the rest once the first frame is drawn."""
        self._terminal.open()
        self.call_after_refresh(self._open)

    async def on_unmount(self) -> None:
        """Leave the terminal and the signals as they were, and breaks to the watcher."""
        self._terminal.close()
        if self._loaded:
            self._loaded.room.signals.stop()
            await self._loaded.asking.stop()

    @work
    async def _open(self) -> None:
        self._loaded = loaded = await asyncio.to_thread(self._load)
        loaded.room.signals.start()
        self.theme_changed_signal.subscribe(self, lambda theme: loaded.keep_theme(theme.name))
        may_go_on, first = await loaded.flow.enter(greet=self._order is None)
        if not may_go_on:
            self.exit(0)
        elif self._order:
            self.ended = await loaded.flow.session(self._order)
            self.exit(_BROKEN_OFF if self.ended and self.ended.result.broke_off else 0)
        else:
            await self.push_screen(loaded.home())
            loaded.asking.start()
            if first:
                await self._lead(first)

    def _load(self) -> "Loaded":
        from stretch_coach.tui.loaded import Loaded  # noqa: PLC0415 - models and screens come after the first frame

        return Loaded(self, self._world)

    async def _lead(self, order: "Order") -> None:
        if self._loaded is None:
            return
        try:
            ended = await self._loaded.flow.session(order)
        except CoachError as error:
            self.tell(str(error))
        else:
            if ended and ended.result.broke_off:
                self.exit(_BROKEN_OFF)

    @work
    async def lead(self, order: "Order") -> None:
        """Lead a session, and come back to where it was asked for."""
        await self._lead(order)

    def on_home_screen_wanted(self, message: "HomeScreen.Wanted") -> None:
        """A session is wanted at home."""
        self.lead(message.order)

    def tell(self, sentence: str) -> None:
        """Tell the user a sentence, which is text and nothing else."""
        self.notify(sentence, markup=False, severity="warning", timeout=10)

    def show_next_prompt(self) -> None:
        """Show at home when the next prompt comes, as it is another time now."""
        if self._loaded and self._loaded.current_home:
            self._loaded.current_home.show_next_prompt()

    def show_title(self, words: str) -> None:
        """Name the terminal's window, if the user wants that."""
        settings = self._loaded.room.world.settings if self._loaded else self._world.settings
        self._terminal.show(words if settings.app.title else "")

    def apply_settings(self) -> None:
        """Look as the settings say now."""
        if self._loaded:
            self._wear(self._loaded.room.world)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Textual's own commands, and each place."""
        yield from super().get_system_commands(screen)
        if self._loaded and screen is self._loaded.current_home:
            yield from self._loaded.commands()

    def action_help(self) -> None:
        """Show the keys of the screen."""
        from stretch_coach.tui.screens.help import HelpScreen  # noqa: PLC0415 - not needed for the first frame

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_open(self, name: str) -> None:
        """Go to a place."""
        if self._loaded:
            self.push_screen(self._loaded.place(name))

    @work
    async def action_ask_again(self) -> None:
        """Go through the warning signs again, as they may have changed."""
        if self._loaded and not await self._loaded.flow.pass_gate():
            self.exit(0)

    async def action_leave(self) -> None:
        """Leave; a session asks first."""
        if self._loaded is None or not self._loaded.leave_session():
            self.exit(0)

    async def action_to_shell(self) -> None:
        """To the shell; a session pauses before."""
        if self._loaded:
            await self._loaded.stand_still()
        self.action_suspend_process()

    def wished_theme(self, world: World) -> str:
        """The name of the theme that is set; else one the terminal's environment asks for, or the app's own."""
        named = [world.settings.app.theme, *os.environ.get("TEXTUAL_THEME", "").split(","), DARK.name]
        return next(name for name in named if name in self.available_themes)

    def _greeting(self) -> str:
        try:
            with self._world.history() as database:
                return streak_sentence(summarise(database, self._world.today, **self._world.counting))
        except CoachError as error:
            return str(error)

    def _wear(self, world: World) -> None:
        self.theme = self.wished_theme(world)

    def _write_to_terminal(self, text: str) -> None:
        if self._driver and not self.is_headless:
            self._driver.write(text)

    def _fatal_error(self) -> None:
        """Textual would print a traceback; ours is told by who ran the app, in a sentence."""
        error = self._exception
        self.failure = error.error if isinstance(error, WorkerFailed) else error
        self._close_messages_no_wait()
