"""Asks for breaks in the app while it is open: turns the actions of the day into screens."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from textual.app import App
from textual.worker import Worker, WorkerError

from stretch_coach.breaks.desktop import Desktop
from stretch_coach.breaks.driver import BreakDriver, TickResult
from stretch_coach.breaks.prompt import Action, Announce, Ask, Choice, Prompt, StartSession, Withdraw
from stretch_coach.breaks.status import find_status, heads_up_notification, with_reason
from stretch_coach.breaks.store import record_answers
from stretch_coach.breaks.titles import RoutineTitles
from stretch_coach.breaks.turns import AppTurn
from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.journal.prompts import PromptRecord
from stretch_coach.journal.records import Source
from stretch_coach.routine.library import Library
from stretch_coach.tui.keymap import name_keys
from stretch_coach.tui.messages import NextPromptChanged, SessionRequested
from stretch_coach.tui.screens.break_prompt import BreakPromptScreen

_TICK_SECONDS = 2.0
"""The longest time between two ticks: a command in a shell waits five seconds for its answer to be received."""

_RETRY_SECONDS = 60.0
_NO_RULES = "No break reminders. Press {home.breaks} to add one."

Result = TypeVar("Result")


class BreakPrompts:
    """Ticks every few seconds, shows the prompt that is due, and takes the answers.

    Args:
        app: Shows the prompt and runs the session.
        context: The user's settings, history and clock.
        library: The routines.
        is_busy: Returns whether nothing may be asked over what is on the screen.
        desktop: The desktop.
    """

    def __init__(
        self, app: App[int], context: Context, library: Library, is_busy: Callable[[], bool], desktop: Desktop
    ) -> None:
        self._app = app
        self._context = context
        self._library = library
        self._is_busy = is_busy
        # The driver waits for files and for the desktop. It has a thread of its own, so that its calls never overlap.
        self._thread = ThreadPoolExecutor(1, "breaks")
        self._thread_warnings: list[str] = []
        turn = AppTurn(context.places)
        self._driver = BreakDriver(context.places, context.clock, desktop, turn, record_answers=self._record)
        self._turn = asyncio.Lock()
        self._wake = asyncio.Event()
        self._shown: BreakPromptScreen | None = None
        self._sentence: str | None = None
        self._problem = ""  # why nothing could be asked at the last tick
        self._worker: Worker[None] | None = None

    def start(self) -> None:
        """Start asking for breaks, until the app ends."""
        self._worker = self._app.run_worker(self._run, group="break-prompts")

    async def stop(self) -> None:
        """Store the state, and leave the prompts to the watcher."""
        if self._worker is not None:
            self._worker.cancel()
            with contextlib.suppress(WorkerError):
                await self._worker.wait()
        with self._context.reporting_errors():
            await self._in_thread(self._driver.close)
        self._thread.shutdown()

    def wake(self) -> None:
        """Tick at once, because something has changed."""
        self._wake.set()

    def next_prompt(self) -> str:
        """Return a sentence that says when the next prompt comes; empty until that is known."""
        if self._sentence is None and self._context.settings.breaks.rules:
            return ""
        return self._sentence or name_keys(_NO_RULES, self._context.settings.keys)

    async def tick(self) -> float:
        """Take a sample, carry out what is to be done, and return the seconds until the next tick is due."""
        async with self._turn:
            is_busy, is_focused = self._is_busy(), self._app.app_focus
            try:
                outcome, sentence, wait = await self._in_thread(lambda: self._tick(is_busy, is_focused))
            except CoachError as error:
                if str(error) != self._problem:
                    self._problem = str(error)
                    self._context.warn(self._problem)
                return _RETRY_SECONDS
            self._problem = ""
            for warning in outcome.warnings:
                if warning != str(self._context.settings_error):  # which the app has asked about already
                    self._context.warn(warning)
            if outcome.settings:
                self._context.settings = outcome.settings
            if sentence != self._sentence:
                self._sentence = sentence
                self._app.post_message(NextPromptChanged(self.next_prompt()))
            await self._carry_out(outcome.actions)
            return min(_TICK_SECONDS, wait)

    async def _run(self) -> None:
        while True:
            seconds = await self.tick() / self._context.clock.pace
            try:
                await asyncio.wait_for(self._wake.wait(), seconds)
            except TimeoutError:
                continue
            self._wake.clear()

    def _tick(self, is_busy: bool, is_focused: bool) -> tuple[TickResult, str, float]:
        """Tick in the driver's thread; return also the sentence about the next prompt, and when to tick again."""
        driver, context = self._driver, self._context
        outcome = driver.tick(is_busy=is_busy, is_focused=is_focused)
        driver.describe(prompter="the app", trouble="")
        outcome.warnings.extend(self._thread_warnings)
        self._thread_warnings.clear()
        status = find_status(context.places, driver.settings, context.clock, state=driver.state)
        return outcome, status.next_break(RoutineTitles(context.places).find), driver.wait_seconds()

    def _record(self, records: Sequence[PromptRecord]) -> None:
        """Write answers to the history, in the driver's thread. Its warnings are shown after the tick."""
        context = self._context
        history = Context(context.places, context.settings, context.clock, self._thread_warnings.append)
        record_answers(history, records)

    async def _in_thread(self, call: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    async def _carry_out(self, actions: list[Action]) -> None:
        for action in actions:
            match action:
                case Ask(prompt, snooze):
                    self._ask(prompt, snooze)
                case Announce(prompt, seconds):
                    notification = heads_up_notification(self._title(prompt), seconds)
                    self._app.notify(notification.body, title=notification.title, markup=False)
                case Withdraw():
                    self._withdraw()
                case StartSession(prompt):
                    await self._start_session(prompt)

    def _ask(self, prompt: Prompt, snooze: int | None) -> None:
        self._withdraw()
        self._shown = BreakPromptScreen(
            with_reason(f"{self._title(prompt)}.", prompt), snooze, self._context.clock, self._answer
        )
        self._app.push_screen(self._shown)
        if self._context.settings.breaks.sound:
            self._app.bell()

    def _answer(self, choice: Choice) -> None:
        async def answer() -> None:
            async with self._turn:
                await self._carry_out(await self._in_thread(lambda: self._driver.answer(choice)))
            self.wake()

        _: Worker[None] = self._app.run_worker(answer, group="break-answers")

    def _withdraw(self) -> None:
        if self._shown is not None:
            self._shown.withdraw()
            self._shown = None

    async def _start_session(self, prompt: Prompt) -> None:
        if self._is_busy():  # the break was started in a shell during a session here
            return
        try:
            routine = self._library.find(prompt.routine)
        except CoachError as error:
            self._context.warn(str(error))
            await self._in_thread(self._driver.session_failed)
        else:
            self._app.post_message(SessionRequested(routine.id, Source.BREAK))

    def _title(self, prompt: Prompt) -> str:
        return RoutineTitles(self._context.places).find(prompt.routine)
