"""The preview of a routine: its summary, its steps, and the figure of one exercise at a time."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from stretch_coach.phrasing import count, minutes_and_seconds
from stretch_coach.routine.model import Routine, Step
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.widgets.figure_view import FigureView


class Preview(VerticalScroll, can_focus=False):
    """Shows one routine, and the figure of one of its exercises.

    Args:
        drawing: How the figure is drawn.
    """

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Preview { width: 1fr; height: 1fr; padding: 1 1; border-left: solid $border; scrollbar-size-vertical: 1; }
    #preview-title { text-style: bold; color: $text-accent; }
    #preview-summary { color: $text-muted; }
    #preview-figure { height: 11; margin: 0 0 1 0; }
    .-high #preview-figure { height: 15; }
    .-mid #preview-figure { height: 9; margin: 0; }
    .-low #preview-figure, Preview.-no-figure #preview-figure { display: none; }
    .-narrow Preview { display: none; }
    """

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(id="preview")
        self._drawing = drawing
        self._routine: Routine | None = None
        self._index = 0

    def compose(self) -> ComposeResult:
        """Lay out title, summary, figure and steps."""
        yield Static(id="preview-title")
        yield Static(id="preview-summary")
        yield FigureView(id="preview-figure")
        yield Static(id="preview-steps")

    def show_routine(self, routine: Routine | None) -> None:
        """Show a routine, or that none matches the filter."""
        self._routine = routine
        self._index = 0
        title = routine.title if routine else "No matching routines"
        self.query_one("#preview-title", Static).update(Content(title))
        self.query_one("#preview-summary", Static).update(Content(_summary(routine) if routine else ""))
        self.paint()

    def turn(self, by: int) -> None:
        """Show another exercise of the routine: the next (1) or the previous (-1)."""
        if self._routine and self._routine.exercises:
            self._index = (self._index + by) % len(self._routine.exercises)
            self.paint()

    def paint(self) -> None:
        """Draw the figure and the steps in the colours of the theme."""
        self.set_class(not self._drawing.shown, "-no-figure")
        view = self.query_one(FigureView)
        view.paint(self._drawing.palette(self.app))
        exercises = self._routine.exercises if self._routine else ()
        current = exercises[self._index] if exercises else None
        if current is None or not self._drawing.shown:
            view.play(None)
        else:
            view.play(self._drawing.animation(current, "left" if current.sided else None, self.app))
        steps = self._routine.steps if self._routine else ()
        lines = [_step_line(step, current=step.exercise is current) for step in steps]
        marked = next((index for index, step in enumerate(steps) if step.exercise is current), 0)
        # Start just above the marked step, so that it is visible in a low window too.
        self.query_one("#preview-steps", Static).update(Content("\n").join(lines[max(0, marked - 1) :]))


def _summary(routine: Routine) -> str:
    file = routine.file
    lines = [file.summary, f"{minutes_and_seconds(routine.total_seconds)}, {count(len(routine.steps), 'step')}"]
    if file.frequency:
        lines.append(f"How often: {file.frequency}")
    if routine.locks:
        lines.append("Locked: only for people taught by their clinician.")
    return "\n".join(line for line in lines if line)


def _step_line(step: Step, *, current: bool) -> Content:
    """Return a step on one line: its name, sides and dose."""
    if step.exercise is None:
        return Content.styled(f"  {(step.say or 'Rest').rstrip('.')}, {step.rest:g} s", "$text-muted")
    dose = f"{step.reps} × {step.hold:g} s" if step.reps > 1 else f"{step.hold:g} s"
    sides = {2: ", each side", 1: f", {step.sides[0]}" if step.sides[0] else ""}[len(step.sides)]
    return Content.styled(f"{'▸' if current else ' '} {step.exercise.name}{sides}, {dose}", "bold" if current else "")
