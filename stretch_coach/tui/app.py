"""The app: opens, decides which screen comes next, and ends."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.reactive import reactive
from textual.screen import Screen
from textual.worker import WorkerFailed

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.exit_codes import FAILURE, SUCCESS, TERMINATED
from stretch_coach.tui.driver import lasting
from stretch_coach.tui.guard import caught_signals, reported_failures
from stretch_coach.tui.layers import LayeredApp
from stretch_coach.tui.messages import (
    GraphicsChanged,
    InputFailed,
    NextPromptChanged,
    SessionRequested,
    TerminalLost,
    TitleChanged,
)
from stretch_coach.tui.screens.opening import OpeningScreen
from stretch_coach.tui.title import TerminalTitle

if TYPE_CHECKING:
    from stretch_coach.routine.catalogue import RoutineCard
    from stretch_coach.routine.library import Library
    from stretch_coach.session.live import FinishedSession
    from stretch_coach.session.request import SessionRequest
    from stretch_coach.tui.screens.home import HomeScreen
    from stretch_coach.tui.services import Services


class CoachApp(LayeredApp):
    """Stretch Coach on the screen. It returns the program's exit code.

    Args:
        context: The user's folders, settings, history and clock.
        request: A session to run at once; the app ends with it. None opens the home screen.
    """

    TITLE = "Stretch Coach"
    CSS_PATH = "styles/app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Priority makes these work on top of dialogs too.
        Binding("ctrl+q", "leave", show=False, id="app.quit", tooltip="Quit (asks during a session)", priority=True),
        Binding(
            "ctrl+z",
            "suspend",
            show=False,
            id="app.suspend",
            tooltip="Suspend to the shell (pauses)",
            priority=True,
        ),
    ]

    next_prompt: reactive[str] = reactive("")
    """When the next break prompt comes, as a sentence; empty until that is known."""

    def __init__(self, context: Context, request: "SessionRequest | None" = None) -> None:
        super().__init__(context)
        self.finished: FinishedSession | None = None
        """The requested session once it is over."""
        self.failure: BaseException | None = None
        """The error that ended the app, if one did."""
        context.warn = self.warn
        self._request = request
        self._loaded = asyncio.Event()
        self._services: Services | None = None
        self._guards = ExitStack()
        self._title = TerminalTitle(self._write_to_terminal)

    def get_default_screen(self) -> Screen[Any]:
        """Return the screen of the first frame."""
        return OpeningScreen()

    def get_driver_class(self) -> type[Driver]:
        """Return a driver for this platform that copes with whatever its terminal sends, and with its loss."""
        return lasting(super().get_driver_class())

    def on_load(self) -> None:
        """Notice errors and signals before the terminal is changed."""
        self._guards.enter_context(reported_failures(self.fail))
        self._guards.enter_context(caught_signals(self.exit))

    def on_mount(self) -> None:
        """Load the rest once the first frame is drawn."""
        self._title.open()
        self.call_after_refresh(self._open)

    async def on_unmount(self) -> None:
        """Restore the terminal and the signal handlers, and hand the breaks over to the watcher."""
        self.stop_following()
        self._title.close()
        if self._services:
            self._services.signals.stop()
            await self._services.prompts.stop()
        self._guards.close()

    def fail(self, error: BaseException) -> None:
        """End the app because of an unexpected error; whoever runs the app reports it."""
        self.failure = self.failure or error
        self.exit(FAILURE)

    def panic(self, *renderables: object) -> None:
        """End the app because of an error that Textual would show as a traceback."""
        error = self._exception or RuntimeError(*map(str, renderables))
        self.fail(error.error if isinstance(error, WorkerFailed) else error)

    def on_input_failed(self, message: InputFailed) -> None:
        """End the app, as nothing could be typed any more."""
        self.fail(message.error)

    def on_graphics_changed(self, _: GraphicsChanged) -> None:
        """Let every figure be painted again, which is what a theme does."""
        self.theme_changed_signal.publish(self.current_theme)

    def on_terminal_lost(self, _: TerminalLost) -> None:
        """Interrupt the session, if there is one, and end the app: this is what SIGHUP means where it is sent."""
        if self._services:
            self._services.signals.terminal_lost()
        else:
            self.exit(TERMINATED)

    def warn(self, sentence: str) -> None:
        """Show a warning as plain text."""
        self.notify(sentence, markup=False, severity="warning", timeout=10)

    @work
    async def _open(self) -> None:
        """Show the first screens: home at once if nothing has to be asked before it."""
        from stretch_coach.routine.catalogue import make_cards  # noqa: PLC0415 - after the first frame
        from stretch_coach.tui.kept_cards import keep_cards, known_cards  # noqa: PLC0415 - after the first frame

        cards = () if self._request else known_cards(self.context)
        home = await self._open_home(cards) if cards else None
        services = self._services = await asyncio.to_thread(self._load_services)
        services.signals.start()
        self._loaded.set()
        await services.flow.repair()
        if self._request:
            await self._run_and_exit(services, self._request)
            return
        may_continue, first = await services.flow.enter(greet=True)
        if not may_continue:
            self.exit(SUCCESS)
            return
        home = home or await self._open_home(make_cards(services.library))
        await home.show_library(services.library)
        keep_cards(self.context, home.cards, cards)
        self._report_problems()
        services.prompts.start()
        await self._back_up_after_crash()
        if first:
            await self._run_session(services, first)

    @property
    def _problems(self) -> list[str]:
        """Why files of the user cannot be used."""
        return list(map(str, [*(self._services.library.errors if self._services else ()), *self.theme_errors]))

    def _report_problems(self) -> None:
        """Show a single problem, or where to read several: a list of them would cover the screen."""
        problems = self._problems
        if problems:
            several = f"{len(problems)} of your files cannot be used. Press Ctrl+P and choose Problems to read why."
            self.warn(several if problems[1:] else problems[0])

    async def _back_up_after_crash(self) -> None:
        from stretch_coach.journal.backup_checks import back_up_after_crash  # noqa: PLC0415 - after the first frame

        with suppress(CoachError):  # the next session's backup reports what is wrong
            await asyncio.to_thread(back_up_after_crash, self.context.places, self.context.today)

    async def _run_and_exit(self, services: "Services", request: "SessionRequest") -> None:
        may_continue, _ = await services.flow.enter(greet=False)
        self.finished = await services.flow.session(request) if may_continue else None
        self.exit(self.finished.exit_code if self.finished else SUCCESS)

    def _load_services(self) -> "Services":
        from stretch_coach.tui.services import load_services  # noqa: PLC0415 - after the first frame

        return load_services(self, self.context)

    async def _wait_for_services(self) -> "Services":
        await self._loaded.wait()
        if self._services is None:
            raise RuntimeError("the services are not loaded")
        return self._services

    async def _open_home(self, cards: "Sequence[RoutineCard]") -> "HomeScreen":
        from stretch_coach.tui.screens.home import HomeScreen  # noqa: PLC0415 - after the first frame

        home = HomeScreen(self.context, cards)
        home.data_bind(CoachApp.next_prompt)
        await self.push_screen(home)
        drawn = asyncio.Event()
        home.call_after_refresh(drawn.set)
        await drawn.wait()
        return home

    @work
    async def on_session_requested(self, message: SessionRequested) -> None:
        """Run a session, then return to the screen it was requested on."""
        from stretch_coach.session.request import SessionRequest  # noqa: PLC0415 - after the first frame

        services = await self._wait_for_services()
        with self.context.reporting_errors():
            wanted = message.routine
            routine = services.library.find(wanted) if isinstance(wanted, str) else wanted
            request = SessionRequest(
                routine, message.source, rehearsal=message.rehearsal, interrupted=message.interrupted
            )
            await self._run_session(services, request)

    async def _run_session(self, services: "Services", request: "SessionRequest") -> None:
        if services.flow.busy:
            return
        with self.context.reporting_errors():
            finished = await services.flow.session(request)
            if finished and finished.exit_code:
                self.exit(finished.exit_code)

    def on_next_prompt_changed(self, message: NextPromptChanged) -> None:
        """Keep the sentence for the screens bound to it."""
        self.next_prompt = message.sentence

    def on_title_changed(self, message: TitleChanged) -> None:
        """Name the terminal window, if the user wants that."""
        self._title.show(message.title if self.context.settings.app.title else "")

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer what makes sense on the screen."""
        from stretch_coach.tui.commands import CommandContext, find_commands  # noqa: PLC0415 - not for the first frame

        services = self._services
        situation = CommandContext(
            in_flow=services is None or services.flow.busy,
            library=services.library if services else None,
            problems=self._problems,
        )
        return find_commands(self, self.context, screen, situation)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to stop only during a session."""
        if action == "stop_session":
            return self._services is not None and self._services.flow.in_session
        return super().check_action(action, parameters)

    def action_stop_session(self) -> None:
        """It hurts: end the session at once, whatever lies on top of it."""
        if self._services:
            self._services.flow.stop_session()

    @work
    async def action_open(self, name: str) -> None:
        """Open the screen called `name`, such as history. One that is open already is returned to."""
        from stretch_coach.tui.screens.breaks import BreaksScreen  # noqa: PLC0415 - not needed for the first frame
        from stretch_coach.tui.screens.exercises import ExercisesScreen  # noqa: PLC0415 - not needed for the first frame
        from stretch_coach.tui.screens.history import HistoryScreen  # noqa: PLC0415 - not needed for the first frame
        from stretch_coach.tui.screens.profile import ProfileScreen  # noqa: PLC0415 - not needed for the first frame
        from stretch_coach.tui.screens.program import ProgramScreen  # noqa: PLC0415 - not needed for the first frame
        from stretch_coach.tui.screens.settings import SettingsScreen  # noqa: PLC0415 - not needed for the first frame
        from stretch_coach.tui.screens.tight import TightScreen  # noqa: PLC0415 - not needed for the first frame

        services = await self._wait_for_services()
        kinds: dict[str, Callable[[Context, Library], Screen[None]]] = {
            "breaks": BreaksScreen,
            "exercises": ExercisesScreen,
            "history": HistoryScreen,
            "profile": ProfileScreen,
            "program": ProgramScreen,
            "settings": SettingsScreen,
            "tight": TightScreen,
        }
        kind = kinds[name]
        if any(type(screen) is kind for screen in self.screen_stack):
            while type(self.screen) is not kind:
                self.pop_screen()
        else:
            with self.context.reporting_errors():
                self.push_screen(kind(self.context, services.library))

    @work
    async def action_build(self, routine: str = "") -> None:
        """Open the builder for the routine of this id, or for a new one."""
        from stretch_coach.tui.screens.builder import BuilderScreen  # noqa: PLC0415 - not needed for the first frame

        library = (await self._wait_for_services()).library
        with self.context.reporting_errors():
            self.push_screen(BuilderScreen(self.context, library, library.find(routine) if routine else None))

    @work
    async def action_review_signs(self) -> None:
        """Ask about the warning signs again, as they may have changed."""
        if self._services and not await self._services.flow.pass_gate():
            self.exit(SUCCESS)

    @work
    async def action_set_up(self) -> None:
        """Let the user change the plan, the voice and the breaks."""
        services = await self._wait_for_services()
        await services.flow.set_up()

    @work
    async def action_leave(self) -> None:
        """Quit; during a session, or if something on a screen is not saved, ask first."""
        if self._services and self._services.flow.leave_session():
            return
        for screen in self.screen_stack:
            may_close = getattr(screen, "may_close", None)
            if may_close and not await may_close():
                return
        self.exit(SUCCESS)

    async def action_suspend(self) -> None:
        """Pause the session, if there is one, and suspend the process."""
        if self._services:
            await self._services.flow.pause_session()
        self.action_suspend_process()

    def _write_to_terminal(self, text: str) -> None:
        if self._driver and not self.is_headless:
            self._driver.write(text)

    def _fatal_error(self) -> None:
        """Leave the report of the error to whoever runs the app; Textual would print a traceback."""
        self.panic()
