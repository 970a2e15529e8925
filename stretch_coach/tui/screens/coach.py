"""The coach: the keys and the life of one session."""

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer

from stretch_coach.errors import CoachError
from stretch_coach.routine.model import Routine
from stretch_coach.session.engine import Command, Engine, State
from stretch_coach.session.events import Event, Paused
from stretch_coach.session.resuming import Resumption
from stretch_coach.session.speaker import Given
from stretch_coach.session.voicing import Stage
from stretch_coach.tui.coaching import Coaching, Ended, Order
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.room import Room
from stretch_coach.tui.screens.end_here import EndHere
from stretch_coach.tui.sizes import HEIGHTS, WIDTHS
from stretch_coach.tui.widgets.ready_pane import ReadyPane
from stretch_coach.tui.widgets.session_view import SessionView

_PAUSE_PATIENCE_SECONDS = 0.5
_FIGURE_SAID = {"blocks": "The figure in blocks.", "outline": "The figure as an outline.", "off": "No figure."}


class CoachScreen(Screen[Ended | Routine | CoachError | None]):
    """Leads one session.

    Ends with what became of it; with another routine that the user would rather do; with why it could not be led; or
    with nothing, if it was left before it began.
    """

    HELP = (
        "The figure shows the way; the muscle that works is lit, and dots show where the head was. "
        "The line at the bottom is the whole routine.\n\n"
        "x is for pain: it ends the session at once and shows when to stop. n only goes on to the next one."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "stop", "It hurts", id="coach.stop", tooltip="It hurts: end the session at once"),
        Binding("space", "pause", "Pause", id="coach.pause", tooltip="Pause, or go on"),
        Binding("n,right", "obey('next')", "Next", id="coach.next", tooltip="Go on to the next exercise or side"),
        Binding("p,left", "obey('previous')", "Back", id="coach.previous", tooltip="Back to the one before"),
        Binding(
            "r", "obey('repeat')", "Repeat", show=False, id="coach.repeat", tooltip="Do this exercise or side again"
        ),
        Binding("plus", "obey('more')", "10 s", key_display="+", id="coach.more", tooltip="Ten seconds more"),
        Binding("m", "mute", "Mute", id="coach.mute", tooltip="Silence the voice, or let it be heard again"),
        Binding(
            "f",
            "figure",
            "Figure",
            show=False,
            id="coach.figure",
            tooltip="The figure in blocks, as an outline, or none",
        ),
        Binding("q,escape", "leave", "End", id="coach.end", tooltip="End the session; what was done is kept"),
        Binding("enter", "begin", "Start", show=False, id="coach.begin", tooltip="Begin, when you are ready"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, room: Room, order: Order) -> None:
        super().__init__()
        self.comfort_before: int | None = None
        self._room = room
        self._order = order
        self._drawing = Drawing(room.world.settings.app)
        self._coaching = Coaching(room.world, order, self, room.signals.to_session, room.ring)
        self._made_ready = False
        self._begun = asyncio.Event()
        self._paused = asyncio.Event()
        self._hurts = False
        self._engine: Engine | None = None
        self._asking = False

    def compose(self) -> ComposeResult:
        """The session, and its keys."""
        pane = ReadyPane(
            self._order.routine,
            self._room.safety,
            asks=self._room.world.settings.app.ask_comfort and not self._order.rehearsal,
            gentler=self._room.gentler_than(self._order.routine),
        )
        yield SessionView(self._order, pane, self._room.world.clock, self._drawing, self._name_terminal)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin to make ready."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._view.paint())
        self._lead()

    @work
    async def _lead(self) -> None:
        try:
            self._close(await self._coaching.run())
        except CoachError as error:
            self._close(error)

    @property
    def _view(self) -> SessionView:
        return self.query_one(SessionView)

    # The face of the session.

    async def ready(self, stage: Stage, resumption: Resumption | None) -> None:
        """Show what will be done until the user wants to begin."""
        self._view.make_ready(stage, resumption)
        self._made_ready = True
        if self._room.world.settings.app.start_when_ready:
            await self._begun.wait()
        self._begun.set()
        self._view.open()
        self.set_focus(None)

    def leading_in(self, left: int) -> None:
        """Count down to the first segment."""
        self._view.leading_in(left)

    def show(self, event: Event, engine: Engine, now: float) -> None:
        """Show what happened."""
        first = self._engine is None
        self._engine = engine
        self._view.show(event, engine, now)
        if isinstance(event, Paused):
            self._paused.set()
        if first:
            self.refresh_bindings()
            if self._hurts:
                self._coaching.obey(Command.STOP)

    def look(self, engine: Engine, now: float) -> None:
        """Time went by."""
        self._view.look(engine, now)

    def hear(self, given: Given) -> None:
        """Show what is said."""
        self._view.hear(given)

    def warn(self, trouble: str) -> None:
        """Tell of something that does not end the session."""
        self.notify(trouble, severity="warning", markup=False)

    # The keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Before the first segment there is nothing to command, but that it hurts is taken from the lead-in on."""
        if action == "stop":
            return True if self._begun.is_set() else None
        return None if action in ("obey", "mute") and self._engine is None else True

    @on(ReadyPane.Begun)
    def _pane_begun(self, message: ReadyPane.Begun) -> None:
        self._begin(message.comfort)

    @on(ReadyPane.Instead)
    def _other_routine(self, message: ReadyPane.Instead) -> None:
        self._abandon(message.routine)

    def action_begin(self) -> None:
        """Begin, when the user is ready."""
        self._begin(self.query_one(ReadyPane).comfort)

    def action_pause(self) -> None:
        """Begin, pause, or go on."""
        if self._begun.is_set():
            self._coaching.obey(Command.TOGGLE)
        else:
            self.action_begin()

    def action_obey(self, command: str) -> None:
        """Hand a command to the session."""
        self._coaching.obey(Command(command))

    def action_stop(self) -> None:
        """It hurts: at once, or as soon as the session is there to be ended."""
        self._hurts = True
        self._coaching.obey(Command.STOP)

    def action_mute(self) -> None:
        """Silence the voice, or let it be heard again."""
        self._coaching.mute(muted=not self._coaching.muted)
        self._view.tell("Muted; m lets the voice be heard again." if self._coaching.muted else "The voice is back.")

    def action_figure(self) -> None:
        """The next way to show the figure."""
        mode = self._drawing.next_mode(self.app)
        self._view.paint()
        self._view.tell(_FIGURE_SAID[mode])

    @work
    async def action_leave(self) -> None:
        """Leave at once before it began; later, ask; who asks twice has answered."""
        engine = self._engine
        if engine is None:
            self._abandon(None)
        elif engine.state is State.FINISHED:
            self._coaching.obey(Command.END)  # nobody wants to wait for the closing words
        elif self._asking:
            self._coaching.obey(Command.END)
        else:
            self._asking = True
            was_running = engine.state is State.RUNNING
            self._coaching.obey(Command.PAUSE)
            if await self.app.push_screen_wait(EndHere()):
                self._coaching.obey(Command.END)
            elif was_running:
                self._coaching.obey(Command.RESUME)
            self._asking = False

    async def stand_still(self) -> None:
        """Pause before the process is suspended; should the disk not answer, the gap will pause it afterwards."""
        if self._engine and self._engine.state is State.RUNNING:
            self._paused.clear()
            self._coaching.obey(Command.PAUSE)
            await asyncio.wait([asyncio.create_task(self._paused.wait())], timeout=_PAUSE_PATIENCE_SECONDS)

    def _begin(self, comfort: int | None) -> None:
        if self._made_ready and not self._begun.is_set() and not self.query_one(ReadyPane).refuses(comfort):
            self.comfort_before = comfort
            self._begun.set()

    def _abandon(self, instead: Routine | None) -> None:
        self._close(instead)
        self.workers.cancel_node(self)

    def _close(self, result: Ended | Routine | CoachError | None) -> None:
        """Close the screen, and what may lie on top of it, such as its help."""
        self._room.title("")
        while self.app.screen is not self:
            self.app.pop_screen()
        self.dismiss(result)

    def _name_terminal(self, left: str) -> None:
        self._room.title(f"{left} {self._order.routine.title}")
