"""What was done, what it means for the record, and at most one question."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Footer, Static

from stretch_coach.errors import CoachError
from stretch_coach.journal.records import Outcome, StepOutcome, StepRecord
from stretch_coach.journal.sessions import list_steps
from stretch_coach.journal.today import Today, look_at_today
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.wording import clock_text, exercise_text
from stretch_coach.tui.coaching import Ended
from stretch_coach.tui.room import Room
from stretch_coach.tui.widgets.scale import Scale

_HEADINGS = {
    Outcome.COMPLETED: "Well done",
    Outcome.PARTIAL: "Ended",
    Outcome.STOPPED: "Stopped, because it hurt",
    Outcome.INTERRUPTED: "Interrupted",
}
_SAID = {
    StepOutcome.DONE: "✓ done",
    StepOutcome.PARTIAL: "◐ partly",
    StepOutcome.SKIPPED: "╌ left out",
    StepOutcome.STOPPED: "■ stopped here",
}


class EndingScreen(Screen[int | None]):
    """Ends with how the neck feels now; none if it was not told."""

    HELP = "Everything the timer ran is in the record already. The number is optional; Enter goes on without it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,q,escape", "close", "Close", id="ending.close", tooltip="Back to where you came from"),
    ]

    def __init__(self, room: Room, ended: Ended, *, asks: bool) -> None:
        super().__init__()
        self._room = room
        self._ended = ended
        self._asks = asks

    def compose(self) -> ComposeResult:
        """Heading, record, stop signs where it hurt, the question, and what was done."""
        result = self._ended.result
        with VerticalScroll(id="ending", can_focus=False):
            yield Static(_HEADINGS[result.outcome], id="ending-heading", classes=f"-{result.outcome.value}")
            if result.outcome is Outcome.STOPPED:
                yield Static(Content("\n".join(self._stop_lines())), id="ending-stop")
            yield Static(Content("\n".join(self._record_lines())), id="ending-record")
            if self._asks:
                yield Static("How does your neck feel now? 0 no discomfort, 10 the worst. Enter skips.")
                yield Scale(id="ending-scale")
            yield Static(Content("\n".join(self._step_lines())), id="ending-steps")
            yield Button("Close", id="ending-close")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Wait for the number, or for a key."""
        self.query_one(Scale if self._asks else Button).focus()

    def action_close(self) -> None:
        """Close with what was chosen."""
        self.dismiss(self.query_one(Scale).value if self._asks else None)

    @on(Scale.Chosen)
    @on(Button.Pressed)
    def _close(self) -> None:
        self.action_close()

    def _stop_lines(self) -> list[str]:
        safety = self._room.safety
        return [
            safety.stop_text,
            "",
            "These are signs to stop for the day:",
            *(f"• {sign}" for sign in safety.stop_now),
        ]

    def _record_lines(self) -> list[str]:
        ended, result = self._ended, self._ended.result
        lines = [f"{clock_text(int(result.done_seconds))} of {clock_text(ended.timeline.total)}"]
        if ended.record is None:
            return [*lines, "A rehearsal: nothing was recorded."]
        if result.failure:
            return [*lines, f"Not recorded: {result.failure}"]
        try:
            today = self._today()
        except CoachError as error:
            return [*lines, str(error)]
        return [*lines, today.sentence, today.streak]

    def _today(self) -> Today:
        world = self._room.world
        with world.history() as database:
            return look_at_today(database, world.today, **world.counting)

    def _step_lines(self) -> list[str]:
        record = self._ended.record
        if record is None:
            return []
        try:
            with self._room.world.history() as database:
                reached = {(step.number, step.side): step for step in list_steps(database, record.id)}
        except CoachError:
            return []  # it is told above
        return list(_lines(self._ended.timeline, reached))


def _lines(timeline: Timeline, reached: dict[tuple[int, str | None], StepRecord]) -> list[str]:
    """A line for each set: what it was, and what became of it."""
    lines = []
    for indices in timeline.sets:
        first = timeline.segments[indices.start]
        if first.exercise is None:
            continue
        step = reached.get((first.step, first.side))
        said = _SAID[step.outcome] if step else "· not reached"
        lines.append(f"{said:<15} {exercise_text(first)}")
    return lines
