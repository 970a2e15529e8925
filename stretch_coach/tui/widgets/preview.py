"""What a routine is made of: its steps, and how each one looks."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from stretch_coach.routine.model import Routine, Step
from stretch_coach.session.wording import clock_text
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.widgets.figure_view import FigureView


class Preview(VerticalScroll, can_focus=False):
    """Shows one routine, and the figure of one of its exercises."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(id="preview")
        self.drawing = drawing
        self._routine: Routine | None = None
        self._at = 0

    def compose(self) -> ComposeResult:
        """Words, figure, steps."""
        yield Static(id="preview-title")
        yield Static(id="preview-words")
        yield FigureView(id="preview-figure")
        yield Static(id="preview-steps")

    def show_routine(self, routine: Routine | None) -> None:
        """Show a routine; none fits what was typed if there is none."""
        self._routine = routine
        self._at = 0
        title = routine.title if routine else "No routine fits"
        self.query_one("#preview-title", Static).update(Content(title))
        self.query_one("#preview-words", Static).update(Content(_words(routine) if routine else ""))
        self.paint()

    def turn(self, by: int) -> None:
        """Look at the next exercise, or the one before."""
        if self._routine and self._routine.exercises:
            self._at = (self._at + by) % len(self._routine.exercises)
            self.paint()

    def paint(self) -> None:
        """Draw in the colours of the theme."""
        view = self.query_one(FigureView)
        view.paint(self.drawing.palette(self.app))
        exercises = self._routine.exercises if self._routine else ()
        looked_at = exercises[self._at] if exercises else None
        if looked_at is None or not self.drawing.shown:
            view.play(None)
        else:
            view.play(self.drawing.film(looked_at, "left" if looked_at.sided else None, self.app))
        steps = self._routine.steps if self._routine else ()
        lines = [_step_line(step, looked_at=step.exercise is looked_at) for step in steps]
        marked = next((at for at, step in enumerate(steps) if step.exercise is looked_at), 0)
        # From just above the marked one on: where there is little room, it is seen all the same.
        self.query_one("#preview-steps", Static).update(Content("\n").join(lines[max(0, marked - 1) :]))


def _words(routine: Routine) -> str:
    file = routine.file
    steps = f"{len(routine.steps)} steps" if len(routine.steps) > 1 else "1 step"
    lines = [file.summary, f"{clock_text(routine.total_seconds)}, {steps}"]
    if file.frequency:
        lines.append(f"How often: {file.frequency}")
    if routine.locks:
        lines.append("Locked: for people whose clinician taught them.")
    return "\n".join(line for line in lines if line)


def _step_line(step: Step, *, looked_at: bool) -> Content:
    """A step on a line: its name and dose."""
    if step.exercise is None:
        return Content.styled(f"  {step.say or 'Rest'}, {step.rest:g} s", "$foreground 60%")
    dose = f"{step.reps} × {step.hold:g} s" if step.reps > 1 else f"{step.hold:g} s"
    sides = {2: ", each side", 1: f", {step.sides[0]}" if step.sides[0] else ""}[len(step.sides)]
    line = f"{'▸' if looked_at else ' '} {step.exercise.name}{sides}, {dose}"
    return Content.styled(line, "bold" if looked_at else "")
