"""The flows that take the user through several screens: first use, and a session from its locks to its record."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from textual.app import App

from stretch_coach.breaks.pause import pause_after_hurt
from stretch_coach.context import Context
from stretch_coach.guide.choice import choose_routine
from stretch_coach.journal import acknowledgements
from stretch_coach.journal.records import Outcome
from stretch_coach.journal.revisions import note_session, rate_comfort
from stretch_coach.routine.library import Library
from stretch_coach.routine.model import Lock, Routine
from stretch_coach.routine.safety import Safety
from stretch_coach.session import first_use
from stretch_coach.session.live import FinishedSession
from stretch_coach.session.prepare import locks_to_confirm
from stretch_coach.session.request import SessionRequest, suit_request
from stretch_coach.session.signals import CatchSignals
from stretch_coach.tui.dialogs import ConfirmDialog
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.memory import release_removed_widgets
from stretch_coach.tui.repairs import repair_history, repair_settings
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.gate import GateScreen
from stretch_coach.tui.screens.setup import SetupScreen
from stretch_coach.tui.screens.welcome import WelcomeScreen

_GREETING = "shoulder-rolls"
"""The exercise with which the figure greets a new user."""


class SessionFlow:
    """Takes the user through the screens of a flow. Each method returns when its flow has ended.

    Args:
        app: Shows the screens.
        context: The user's settings, history and clock.
        library: The routines.
        safety: The safety texts.
        catch_signals: Passes the system's signals on to a session.
    """

    def __init__(
        self, app: App[int], context: Context, library: Library, safety: Safety, catch_signals: CatchSignals
    ) -> None:
        self._app = app
        self._context = context
        self._library = library
        self._safety = safety
        self._catch_signals = catch_signals
        self._depth = 0
        self._coach: CoachScreen | None = None

    @property
    def busy(self) -> bool:
        """Whether the user is in a flow, which no prompt may interrupt."""
        return self._depth > 0

    def leave_session(self) -> bool:
        """Let the current session ask whether to end it. Return False if there is none."""
        if self._coach is None:
            return False
        self._coach.action_leave()
        return True

    @property
    def in_session(self) -> bool:
        """Whether there is a session, even if it has not started."""
        return self._coach is not None

    def stop_session(self) -> None:
        """End the current session, if there is one, because it hurts."""
        if self._coach is not None:
            self._coach.action_stop()

    async def pause_session(self) -> None:
        """Pause the current session, if there is one."""
        if self._coach is not None:
            await self._coach.pause_for_suspend()

    async def repair(self) -> None:
        """If the settings are invalid or the history is damaged, ask what to do about it."""
        with self._in_flow():
            await repair_settings(self._app, self._context)
            await repair_history(self._app, self._context)

    async def enter(self, *, greet: bool) -> tuple[bool, SessionRequest | None]:
        """Welcome a new user, and ask about the warning signs if that is due.

        Args:
            greet: Whether to let a new user choose voice and days, and offer a first session.

        Returns:
            Whether the user may exercise, and the first session if the user wants one at once.
        """
        with self._in_flow():
            with self._context.history() as history:
                due = acknowledgements.notice_is_due(history, self._context.clock.wall().ms)
                is_new = acknowledgements.acknowledged_at(history, acknowledgements.NOTICE) is None
                may_ask = is_new or first_use.is_due(history)
            if due and not await (self._welcome() if is_new else self.pass_gate()):
                return False, None
            if greet and may_ask and await self._app.push_screen_wait(SetupScreen(self._context)):
                chosen = choose_routine(self._context, self._context.settings.start.routine)
                return True, SessionRequest(self._library.find(chosen.routine), why=chosen.reason)
            return True, None

    async def _welcome(self) -> bool:
        """Say what this is and ask about the warning signs; return whether the user may exercise."""
        greeting = self._library.exercises.get(_GREETING)
        if not await self._app.push_screen_wait(WelcomeScreen(self._safety, Drawing(self._context), greeting)):
            return False
        return await self.pass_gate(new=True)

    async def set_up(self) -> None:
        """Let the user change the plan, the voice and the breaks."""
        with self._in_flow(), self._context.reporting_errors():
            await self._app.push_screen_wait(SetupScreen(self._context, new=False))

    async def session(self, request: SessionRequest, *, unlocked: bool = False) -> FinishedSession | None:
        """Run a session, with the confirmations before it and the questions after it.

        Args:
            request: Which session.
            unlocked: Whether the user has just given the confirmations.

        Returns:
            How the session ended, or None if it did not start.

        Raises:
            CoachError: The history or the profile cannot be used, or nothing of the routine suits the user.
        """
        with self._in_flow():
            await repair_history(self._app, self._context)
            request = suit_request(self._context, request)
            if not unlocked and not await self._unlock(request.routine):
                return None
            coach = CoachScreen(self._context, self._library, self._safety, request, self._catch_signals)
            self._coach = coach
            try:
                result = await self._app.push_screen_wait(coach)
            finally:
                self._coach = None
            if isinstance(result, Routine):
                return await self.session(
                    request._replace(routine=result, interrupted=None, changes=None, takes_other=False, why="")
                )
            if isinstance(result, SessionRequest):
                return await self.session(result, unlocked=True)
            if result is not None and result.record and result.outcome is Outcome.STOPPED:
                pause_after_hurt(self._context)
            if result is not None and not result.exit_code:
                await self._show_ending(result, coach.comfort_before)
            return result

    async def _show_ending(self, finished: FinishedSession, before: int | None) -> None:
        """Show what was done, and record how the neck felt before and after it."""
        context = self._context
        asks = context.settings.app.ask_comfort and finished.record is not None and finished.failure is None
        ending = EndingScreen(context, self._safety, finished, asks=asks, before=before)
        feedback = await self._app.push_screen_wait(ending)
        if finished.record is None:
            return
        rated = before is not None or feedback.comfort is not None
        if not rated and not feedback.note:
            context.back_up()
            return
        now_ms = context.clock.wall().ms
        with context.reporting_errors(), context.writable_history() as history:
            if rated:
                rate_comfort(history, finished.record.id, before=before, after=feedback.comfort, at_ms=now_ms)
            if feedback.note:
                note_session(history, finished.record.id, feedback.note, now_ms)

    async def pass_gate(self, *, new: bool = False) -> bool:
        """Ask about the warning signs, record when they were answered, and return whether the user may exercise.

        Args:
            new: Whether this is first use, of which a last step is still to come.
        """
        with self._in_flow():
            if not await self._app.push_screen_wait(GateScreen(self._safety, new=new)):
                return False
            with self._context.writable_history() as history:
                if new:
                    first_use.leave_open(history)
                acknowledgements.acknowledge(history, [acknowledgements.NOTICE], self._context.clock.wall().ms)
            return True

    async def _unlock(self, routine: Routine) -> bool:
        context = self._context
        if routine.file.warning_signs and not await self.pass_gate():
            return False
        with context.history() as history:
            locks = locks_to_confirm(history, routine)
        if not locks:
            return True
        if not await self._app.push_screen_wait(_unlock_dialog(self._safety, locks)):
            return False
        with context.writable_history() as history:
            subjects = [acknowledgements.taught_subject(lock.id) for lock in locks]
            acknowledgements.acknowledge(history, subjects, context.clock.wall().ms)
        return True

    @contextmanager
    def _in_flow(self) -> Iterator[None]:
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            release_removed_widgets()


def _unlock_dialog(safety: Safety, locks: Sequence[Lock]) -> ConfirmDialog:
    """Return the dialog that asks whether a clinician taught the user the locked exercises."""
    cautions = ["\n".join([f"{lock.name}:", *lock.cautions]) for lock in locks]
    text = "\n\n".join([*cautions, safety.taught_question])
    return ConfirmDialog("Locked", text, confirm="Yes, unlock it", cancel="Keep it locked")
