"""The coach screen: the keys of a session, and its course from the preparation to its end."""

import asyncio
from dataclasses import replace
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.events import Resize
from textual.screen import Screen

from stretch_coach.context import Context
from stretch_coach.journal.records import SessionRecord
from stretch_coach.routine.library import Library
from stretch_coach.routine.model import Routine
from stretch_coach.routine.safety import Safety
from stretch_coach.routine.timeline import SegmentKind
from stretch_coach.session.comfort import gentler_routine
from stretch_coach.session.engine import Engine, SessionCommand, State
from stretch_coach.session.events import Event, Paused, Resumed, SegmentStarted
from stretch_coach.session.live import FinishedSession, LiveSession
from stretch_coach.session.prepare import PreparedSession
from stretch_coach.session.request import SessionRequest
from stretch_coach.session.signals import CatchSignals
from stretch_coach.session.speaker import PlayedCue
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.dialogs import EndSessionDialog
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.keymap import key_for
from stretch_coach.tui.messages import TitleChanged
from stretch_coach.tui.screens.help import HelpScreen
from stretch_coach.tui.widgets.countdown import LARGE_SCALES, digit_rows
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.ready_pane import ReadyPane
from stretch_coach.tui.widgets.session_view import SessionView

_PAUSE_PATIENCE_SECONDS = 0.5


class CoachScreen(Screen[FinishedSession | Routine | SessionRequest | None]):
    """Runs one session.

    The result is the finished session; the gentler routine the user chose instead; the request for the same one with
    other doses; or None if the user left before the session started.

    Args:
        context: The user's settings, history and clock.
        library: The routines, among them gentler ones to offer.
        safety: The safety texts.
        request: Which session.
        catch_signals: Passes the system's signals on to the session.
    """

    HELP = (
        "The figure shows the movement, the working muscle, and where the head was as dots. "
        "The line at the bottom shows the whole routine.\n\n"
        "Press x if something hurts: the session ends at once, and you see the signs to stop for. "
        "Press {coach.next} to skip to the next exercise or side."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "stop", "It hurts", id="coach.stop", tooltip="It hurts: end the session at once"),
        Binding("space", "pause", "Pause", id="coach.pause", tooltip="Pause or resume"),
        Binding("n,right", "obey('next')", "Next", id="coach.next", tooltip="Skip to the next exercise or side"),
        Binding("p,left", "obey('previous')", "Back", id="coach.previous", tooltip="Back to the previous one"),
        Binding("r", "obey('repeat')", "Repeat", show=False, id="coach.repeat", tooltip="Repeat this exercise or side"),
        Binding("plus", "obey('more')", "10 s", key_display="+", id="coach.more", tooltip="Ten more seconds"),
        Binding("m", "mute", "Mute", id="coach.mute", tooltip="Mute or unmute the voice"),
        Binding(
            "f", "figure", "Figure", show=False, id="coach.figure", tooltip="Figure in blocks, as an outline, or off"
        ),
        Binding("q,escape", "leave", "End", id="coach.end", tooltip="End the session; your progress is saved"),
        Binding("question_mark,f1", "help", "Help", key_display="?", id="coach.help", tooltip="Show what the keys do"),
        Binding("d", "other_doses", "Doses", id="coach.doses", tooltip="Take the other doses that are offered"),
        Binding("enter", "begin", "Start", show=False, id="coach.begin", tooltip="Start when you are ready"),
    ]
    AUTO_FOCUS = ""  # after a dialog, the question before the session must not get the focus back
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self,
        context: Context,
        library: Library,
        safety: Safety,
        request: SessionRequest,
        catch_signals: CatchSignals,
    ) -> None:
        super().__init__()
        self.comfort_before: int | None = None
        """How the neck felt before the session, from 0 to 10, or None if it was not rated."""
        self.context = context
        self._library = library
        self._safety = safety
        self._request = request if context.settings.app.start_when_ready else request.unasked()
        self._drawing = Drawing(context)
        self._live = LiveSession(
            context, self._request, self, signals=catch_signals, ring=self._ring, lead_in=context.settings.app.lead_in
        )
        self._is_prepared = False
        self._wants_start = asyncio.Event()
        self._paused = asyncio.Event()
        self._engine: Engine | None = None
        self._asks_to_end = False

    def compose(self) -> ComposeResult:
        """Yield the session and its keys."""
        pane = ReadyPane(
            self._request.routine,
            self._safety,
            asks=self.context.settings.app.ask_comfort and not self._request.rehearsal,
            gentler=gentler_routine(self._request.routine, self._library.routines),
        )
        yield SessionView(self._request.routine, pane, self.context.clock, self._drawing, self._name_terminal)
        yield KeyFooter(show_command_palette=False)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that do something now. Space is called what it does; before the start, Enter does the same."""
        running = "Resume" if self._engine and self._engine.state is State.PAUSED else "Pause"
        words = running if self._wants_start.is_set() else "Start"
        labels: dict[str, dict[str, Any]] = {"pause": {"description": words}, "confirm": {"show": False}}
        return {
            key: active._replace(binding=replace(active.binding, **labels.get(active.binding.action, {})))
            for key, active in super().active_bindings.items()
        }

    def on_resize(self, event: Resize) -> None:
        """Make the countdown as large as the screen allows."""
        rows = digit_rows(event.size.width, event.size.height)
        for one in LARGE_SCALES:
            self.set_class(one == rows, f"-digits-{one}")

    def on_mount(self) -> None:
        """Start to prepare the session."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._view.paint())
        self._run_session()

    def on_unmount(self) -> None:
        """Let the screen go, which the app's signal would keep until the app ends."""
        self.app.theme_changed_signal.unsubscribe(self)

    @work
    async def _run_session(self) -> None:
        finished = await self._live.run()
        self._close(finished if finished.started or finished.exit_code else None)

    @property
    def _view(self) -> SessionView:
        return self.query_one(SessionView)

    # The session's face

    async def ready(self, prepared: PreparedSession) -> None:
        """Show what will be done until the user wants to start."""
        self._view.show_prepared(prepared)
        self._is_prepared = True
        if self.context.settings.app.start_when_ready:
            await self._wants_start.wait()
        self._wants_start.set()
        self._view.show_first_segment()
        self.set_focus(None)

    def count_in(self, seconds: int) -> None:
        """Count down to the first segment."""
        self._view.count_in(seconds)

    def start(self, record: SessionRecord | None) -> None:
        """Show nothing: the first segment follows."""

    def show(self, event: Event, engine: Engine, now: float) -> None:
        """Show an event."""
        self._engine = engine
        self._view.show(event, engine, now)
        if isinstance(event, Paused):
            self._paused.set()
        if isinstance(event, Paused | Resumed | SegmentStarted):
            self.refresh_bindings()  # some keys do something else now

    def tick(self, engine: Engine, now: float) -> None:
        """Update the countdown."""
        self._view.tick(engine, now)

    def show_cue(self, played: PlayedCue) -> None:
        """Show a cue."""
        self._view.show_cue(played)

    def warn(self, sentence: str) -> None:
        """Show a warning that does not end the session."""
        self.notify(sentence, severity="warning", markup=False)

    # The keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the keys for what is not possible yet. `x` always works."""
        if action == "begin":
            return not self._wants_start.is_set()
        if action == "other_doses":
            return bool(self._request.doses.offer) and not self._wants_start.is_set()
        if action == "obey" and parameters == ("more",) and self._engine:
            # To take longer to get ready, there is the pause.
            return None if self._engine.segment.kind is SegmentKind.PREPARE else True
        return None if action in ("obey", "mute") and self._engine is None else True

    @on(ReadyPane.StartRequested)
    def _start_requested(self, message: ReadyPane.StartRequested) -> None:
        self._begin(message.comfort)

    @on(ReadyPane.GentlerChosen)
    def _gentler_chosen(self, message: ReadyPane.GentlerChosen) -> None:
        self._abandon(message.routine)

    @on(ReadyPane.OtherDosesChosen)
    def action_other_doses(self) -> None:
        """Do the session with the other doses."""
        self._abandon(self._request.with_other_doses())

    def action_begin(self) -> None:
        """Start, if the session is prepared."""
        self._begin(self.query_one(ReadyPane).comfort)

    def action_pause(self) -> None:
        """Start, pause or resume."""
        if self._wants_start.is_set():
            self._live.obey(SessionCommand.TOGGLE)
        else:
            self.action_begin()

    def action_obey(self, command: str) -> None:
        """Pass a command on to the session."""
        self._live.obey(SessionCommand(command))

    def action_stop(self) -> None:
        """End the session at once, even before its first second, because it hurts."""
        self._live.obey(SessionCommand.STOP)
        self._wants_start.set()

    def action_mute(self) -> None:
        """Mute or unmute the voice, or say that there is none."""
        if not self._live.is_audible:
            self._view.warn("This session is silent.")
            return
        self._live.mute(muted=not self._live.muted)
        key = key_for(self, "coach.mute")
        self._view.warn(f"Muted. Press {key} to unmute." if self._live.muted else "Unmuted.")

    def action_figure(self) -> None:
        """Switch to the next way of showing the figure."""
        mode = self._drawing.next_mode(self.app)
        self._view.paint()
        self._view.warn(f"Figure: {mode}.")

    @work
    async def action_leave(self) -> None:
        """Leave at once if the session has not started; otherwise ask first. A second press ends the session."""
        engine = self._engine
        if engine is None:
            self._abandon(None)
        elif engine.state is State.FINISHED or self._asks_to_end:
            self._live.obey(SessionCommand.END)
        else:
            self._asks_to_end = True
            was_running = engine.state is State.RUNNING
            self._live.obey(SessionCommand.PAUSE)
            if await self.app.push_screen_wait(EndSessionDialog()):
                self._live.obey(SessionCommand.END)
            elif was_running:
                self._live.obey(SessionCommand.RESUME)
            self._asks_to_end = False

    @work
    async def action_help(self) -> None:
        """Show the keys, and pause the session meanwhile."""
        engine = self._engine
        was_running = engine.state is State.RUNNING if engine else self._wants_start.is_set()
        if was_running:
            self._live.obey(SessionCommand.PAUSE)
        await self.app.push_screen_wait(HelpScreen(self))
        if was_running:
            self._live.obey(SessionCommand.RESUME)

    async def pause_for_suspend(self) -> None:
        """Pause before the process is suspended; if the disk does not respond, the gap pauses it afterwards."""
        if self._engine and self._engine.state is State.RUNNING:
            self._paused.clear()
            self._live.obey(SessionCommand.PAUSE)
            await asyncio.wait([asyncio.create_task(self._paused.wait())], timeout=_PAUSE_PATIENCE_SECONDS)

    def _begin(self, comfort: int | None) -> None:
        """Start, or start as soon as the session is prepared, unless the routine is too much for this neck."""
        pane = self.query_one(ReadyPane)
        if not self._wants_start.is_set() and not pane.refuses(comfort):
            self.comfort_before = comfort
            self._wants_start.set()
            if not self._is_prepared:
                pane.wait_for_start()

    def _abandon(self, instead: Routine | SessionRequest | None) -> None:
        self._close(instead)
        self.workers.cancel_node(self)

    def _close(self, result: FinishedSession | Routine | SessionRequest | None) -> None:
        """Close the screen, and whatever lies on top of it, such as its help."""
        self.post_message(TitleChanged(""))
        while self.app.screen is not self:
            self.app.pop_screen()
        self.dismiss(result)

    def _ring(self) -> None:
        self.app.bell()

    def _name_terminal(self, left: str) -> None:
        self.post_message(TitleChanged(f"{left} {self._request.routine.title}"))
