"""Home: today at a glance, what to do now, and the routines."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer

from stretch_coach.errors import CoachError
from stretch_coach.journal.records import SessionRecord
from stretch_coach.journal.sessions import list_sessions
from stretch_coach.journal.today import Today, look_at_today
from stretch_coach.routine.model import Routine
from stretch_coach.session.resuming import Interrupted, find_interrupted
from stretch_coach.session.suggestion import Situation, Suggestion, suggest
from stretch_coach.tui.coaching import Order
from stretch_coach.tui.commands import RoutineCommands
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.places import place_bindings
from stretch_coach.tui.room import Room
from stretch_coach.tui.sizes import HEIGHTS, WIDTHS
from stretch_coach.tui.widgets.preview import Preview
from stretch_coach.tui.widgets.routine_list import RoutineList
from stretch_coach.tui.widgets.today_panel import TodayPanel

_LATELY = timedelta(days=28)


class HomeScreen(Screen[None]):
    """Where the app begins, and where every session ends.

    Args:
        room: What the screens share.
        next_prompt: A sentence about the next prompt; empty where none is planned.
    """

    HELP = (
        "Enter starts the routine that is marked; the one that is suggested is marked first. "
        "Left and right look through its exercises. Type after / to find a routine, an exercise or a muscle."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "go_on", "Continue", id="home.continue", tooltip="Go on with the session that was interrupted"),
        Binding("left", "turn(-1)", "Before", show=False, id="home.before", tooltip="The exercise before"),
        Binding("right", "turn(1)", "After", show=False, id="home.after", tooltip="The next exercise"),
        *place_bindings(),
        Binding("w", "app.ask_again", "Warning signs", show=False, id="home.signs", tooltip="Go through them again"),
        Binding("q", "app.leave", "Quit", id="home.quit", tooltip="Leave the coach"),
    ]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {RoutineCommands}
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    class Wanted(Message):
        """A session is wanted."""

        def __init__(self, order: Order) -> None:
            super().__init__()
            self.order = order

    def __init__(self, room: Room, next_prompt: Callable[[], str]) -> None:
        super().__init__()
        self._room = room
        self._next_prompt = next_prompt
        self._interrupted: Interrupted | None = None

    def compose(self) -> ComposeResult:
        """Today above, the routines left, what they are made of right."""
        yield TodayPanel(id="today")
        with Horizontal(id="home-body"):
            yield RoutineList()
            yield Preview(Drawing(self._room.world.settings.app))
        yield Footer()

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.query_one(Preview).paint())
        self.look_again()
        self.query_one(RoutineList).focus_list()

    def on_screen_resume(self) -> None:
        """What was done meanwhile counts at once."""
        self.look_again()

    @property
    def routines(self) -> list[Routine]:
        """All that can be started from here."""
        return list(self._room.library.routines.values())

    def want(self, routine: Routine) -> None:
        """A routine is to be started."""
        self.post_message(self.Wanted(Order(routine)))

    def show_next_prompt(self) -> None:
        """Show when the next prompt comes."""
        if self.is_mounted:
            self.query_one(TodayPanel).show_prompt(self._next_prompt())

    def look_again(self) -> None:
        """Look at the record and the library as they are now."""
        world = self._room.world
        try:
            with world.history() as database:
                today = look_at_today(database, world.today, **world.counting)
                lately = list_sessions(database, (world.today - _LATELY).isoformat())
                self._interrupted = find_interrupted(database, world.places.running, world.today)
        except CoachError as error:
            self._room.tell(str(error))
            return
        suggestion = suggest(self._situation(today, lately))
        panel = self.query_one(TodayPanel)
        panel.show_today(today)
        panel.show_prompt(self._next_prompt())
        panel.show_suggestion(suggestion)
        if self._interrupted:
            record = self._interrupted.record
            panel.show_interrupted(record.title, record.segments_done, record.segments)
        self._fill(suggestion)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Only an interrupted session can be gone on with."""
        return action != "go_on" or self._interrupted is not None

    def action_go_on(self) -> None:
        """Go on with the interrupted session, if its routine is still there."""
        interrupted = self._interrupted
        routine = self._room.library.routines.get(interrupted.record.routine) if interrupted else None
        if interrupted and routine:
            self.post_message(self.Wanted(Order(routine, interrupted.record.source, interrupted=interrupted)))
        elif interrupted:
            self._room.tell(f"The routine of {interrupted.record.title} is no longer in the library.")

    def action_turn(self, by: int) -> None:
        """Look through the exercises of the routine."""
        self.query_one(Preview).turn(by)

    @on(RoutineList.Looked)
    def _look(self, message: RoutineList.Looked) -> None:
        self.query_one(Preview).show_routine(message.routine)

    @on(RoutineList.Chosen)
    def _choose(self, message: RoutineList.Chosen) -> None:
        self.want(message.routine)

    def _situation(self, today: Today, lately: list[SessionRecord]) -> Situation:
        world = self._room.world
        wall = world.clock.wall()
        hour = datetime.fromtimestamp(wall.ms / 1000 + wall.utc_offset_s, UTC).hour
        return Situation(
            routines=self._room.library.routines,
            usual=world.settings.start.routine,
            hour=hour,
            planned=today.planned,
            done=today.done,
            today=today.sessions,
            lately=lately,
        )

    def _fill(self, suggestion: Suggestion) -> None:
        self.query_one(RoutineList).fill(self.routines, suggestion.routine)
