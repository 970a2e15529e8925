"""The preview of a routine: what it is for, its steps, and the figure, which moves through them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.timer import Timer
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import Static

from stretch_coach.errors import CoachError
from stretch_coach.guide.suitability import Suitability, change_sentences
from stretch_coach.phrasing import count, minutes_and_seconds
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Routine, Step
from stretch_coach.routine.timeline import SegmentKind
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.widgets.columns import Columns, Line
from stretch_coach.tui.widgets.figure_view import FigureView, Playhead

PAUSE_SECONDS, MOVE_SECONDS, HOLD_SECONDS = 1.5, 4.0, 4.0
"""How long the preview shows the first pose, a move into a pose, and what is done there."""


class _Subject(NamedTuple):
    """What is shown: a title, some sentences, its exercises, and below the figure a line for each step or a text."""

    title: str
    sentences: Sequence[str]
    exercises: Sequence[Exercise]
    steps: Sequence[tuple[Exercise | None, Line]] = ()
    text: str = ""


_NOTHING = _Subject("No matching routines", (), ())


class _Steps(Widget, can_focus=False):
    """Lists steps. Where not all fit, the marked one is among those that are shown."""

    def __init__(self) -> None:
        super().__init__(id="preview-steps")
        self._lines: Sequence[Line] = ()
        self._marked = 0

    def show(self, lines: Sequence[Line], marked: int) -> None:
        """Show other lines, or mark another one by its index."""
        is_new = len(lines) != len(self._lines)
        self._lines, self._marked = lines, marked
        self.refresh(layout=is_new)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """Return the number of lines."""
        return len(self._lines)

    def render(self) -> Visual:
        """Return the lines that fit."""
        hidden = max(0, len(self._lines) - self.size.height)
        first = min(hidden, max(0, self._marked - 1))
        return Columns(*self._lines[first:])


class Preview(Vertical, can_focus=False):
    """Shows a routine or an exercise. Once it has rested on a routine, it goes through the exercises, and then rests.

    Args:
        drawing: How the figure is drawn.
        now: Returns the time in seconds.
    """

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Preview {
        width: 1fr; height: 1fr; padding: 0 1; border: round $border; border-title-color: $text-accent;
        border-subtitle-color: $text-muted; align-horizontal: center;
    }
    #preview-summary { height: auto; max-height: 4; color: $text-muted; }
    #preview-figure { height: 1fr; min-height: 9; max-height: 34; }
    .-tall #preview-figure { margin: 1 0; }
    #preview-steps { height: auto; max-height: 50%; max-width: 72; }
    #preview-text { height: auto; max-height: 50%; max-width: 72; }
    .-high #preview-summary { max-height: 2; }
    .-high #preview-steps, .-high #preview-text { max-height: 4; }
    .-mid #preview-summary { max-height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    .-mid #preview-steps, .-mid #preview-text { max-height: 2; }
    .-low #preview-figure, Preview.-no-figure #preview-figure { display: none; }
    .-narrow Preview, .-low Preview { display: none; }
    """

    def __init__(self, drawing: Drawing, now: Callable[[], float]) -> None:
        super().__init__(id="preview")
        self._drawing = drawing
        self._now = now
        self._subject = _NOTHING
        self._index = 0
        self._started = 0.0
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the summary, the figure and the steps."""
        yield Static(id="preview-summary")
        yield FigureView(id="preview-figure")
        yield _Steps()
        yield Static(id="preview-text")

    def show_routine(self, routine: Routine | None, suits: Suitability | None = None) -> None:
        """Show a routine as the user does it, with what is left out and why, or that none matches the filter."""
        changes: list[str] = []
        if routine and suits:
            try:
                routine, changed = suits.suit(routine)
                changes = change_sentences(changed)
            except CoachError as nothing_suits:
                changes = [str(nothing_suits)]
        self._show(_routine_subject(routine, changes) if routine else _NOTHING)
        self.border_subtitle = ""
        if routine:
            self.border_subtitle = f"{minutes_and_seconds(routine.total_seconds)} · {count(len(routine.steps), 'step')}"

    def show_exercise(self, exercise: Exercise, routines: Sequence[str]) -> None:
        """Show an exercise, and in which routines it is, by their titles."""
        self._show(_exercise_subject(exercise, routines))
        self.border_subtitle = ""

    def turn(self, by: int) -> None:
        """Show another exercise: the next (1) or the previous (-1)."""
        if self._subject.exercises:
            self._index = (self._index + by) % len(self._subject.exercises)
            self.paint()
            self._play_after(PAUSE_SECONDS)

    def on_click(self) -> None:
        """Show the next exercise."""
        self.turn(1)

    def paint(self) -> None:
        """Draw the figure and the steps in the colours of the theme."""
        self._stop()
        self.set_class(not self._drawing.shown, "-no-figure")
        self.query_one(FigureView).paint(self._drawing.palette(self.app), self._drawing.graphics(self.app))
        self._show_exercise(None)

    def play(self) -> None:
        """Move through the exercises, from the one that is shown to the last."""
        self._stop()
        if (
            not self._subject.exercises
            or not self.query_one(FigureView).is_on_screen
            or self._drawing.is_still(self.app)
        ):
            return
        self._started = self._now()
        self._show_exercise(self._playhead)
        self._timer = self.set_timer(MOVE_SECONDS, self._hold)

    @property
    def is_playing(self) -> bool:
        """Whether the figure moves, or will soon."""
        return self._timer is not None

    def rest(self) -> None:
        """Keep still, as another screen is on top."""
        if self._timer:
            self.paint()

    def _hold(self) -> None:
        self.query_one(FigureView).follow()  # the move is over, so it would not look again by itself
        self._timer = self.set_timer(HOLD_SECONDS, self.advance)

    def advance(self) -> None:
        """Move on to the next exercise; after the last one, rest at the first."""
        self._index += 1
        if self._index < len(self._subject.exercises):
            self.play()
        else:
            self._index = 0
            self.paint()

    def _playhead(self) -> Playhead:
        into = self._now() - self._started
        if into < MOVE_SECONDS:
            return Playhead(SegmentKind.PREPARE, into, MOVE_SECONDS, moving=True)
        into = min(into - MOVE_SECONDS, HOLD_SECONDS)
        return Playhead(SegmentKind.HOLD, into, HOLD_SECONDS, moving=into < HOLD_SECONDS)

    def _stop(self) -> None:
        if self._timer:
            self._timer.stop()
            self._timer = None

    def _play_after(self, seconds: float) -> None:
        self._stop()
        self._timer = self.set_timer(seconds, self.play)

    def _show(self, subject: _Subject) -> None:
        if subject == self._subject:
            return
        self._subject, self._index = subject, 0
        self.border_title = Content(subject.title)
        self.query_one("#preview-summary", Static).update(Content("\n".join(subject.sentences)))
        self.query_one("#preview-text", Static).update(Content(subject.text))
        self.paint()
        self._play_after(PAUSE_SECONDS)

    def _show_exercise(self, playhead: Callable[[], Playhead] | None) -> None:
        """Show the current exercise: its pose, or how it moves if there is a playhead."""
        exercises, view = self._subject.exercises, self.query_one(FigureView)
        current = exercises[self._index] if exercises else None
        if current is None or not self._drawing.shown:
            view.play(None)
        else:
            animation = self._drawing.animation(current, "left" if current.sided else None, self.app)
            view.play(animation, playhead)
        steps = self._subject.steps
        marked = next((index for index, step in enumerate(steps) if current and step[0] is current), 0)
        lines = [_mark(line, is_current=current is not None and one is current) for one, line in steps]
        self.query_one(_Steps).show(lines, marked)


def _mark(line: Line, *, is_current: bool) -> Line:
    symbol = Content.styled("▸ ", "$text-accent") if is_current else Content("  ")
    return line._replace(left=symbol + (line.left.stylize("bold") if is_current else line.left))


def _routine_subject(routine: Routine, changes: Sequence[str]) -> _Subject:
    file = routine.file
    sentences = [*changes, file.summary, f"How often: {file.frequency}." if file.frequency else ""]
    if routine.locks:
        sentences.append("Locked: only for people taught by their clinician.")
    steps = [(step.exercise, _step_line(step)) for step in routine.steps]
    return _Subject(routine.title, [one for one in sentences if one], routine.exercises, steps)


def _step_line(step: Step) -> Line:
    """Return the name of a step with its sides, and its dose."""
    if step.exercise is None:
        name = Content.styled((step.say or "Rest").rstrip("."), "$text-muted")
        return Line(name, Content.styled(f"{step.rest:g} s", "$text-muted"))
    dose = f"{step.reps} × {step.hold:g} s" if step.reps > 1 else f"{step.hold:g} s"
    sides = {2: ", each side", 1: f", {step.sides[0]}" if step.sides[0] else ""}[len(step.sides)]
    return Line(Content.assemble(step.exercise.name, (sides, "$text-muted")), Content.styled(dose, "$text-muted"))


def _exercise_subject(exercise: Exercise, routines: Sequence[str]) -> _Subject:
    where = f"In {count(len(routines), 'routine')}: {', '.join(routines)}." if routines else "In no routine."
    side = "left" if exercise.sided else None
    how = exercise.full_instructions(side)
    return _Subject(exercise.name, [", ".join(exercise.targets), where], (exercise,), text=how)
