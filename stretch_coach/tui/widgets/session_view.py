"""All that is seen of a session: the figure, the words, and the whole routine as a line."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import ContentSwitcher, Static

from stretch_coach.clock import Clock
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline
from stretch_coach.session.engine import Engine, State
from stretch_coach.session.events import Event, Extended, Finished, Paused, Resumed, SegmentStarted
from stretch_coach.session.resuming import Resumption
from stretch_coach.session.speaker import Given
from stretch_coach.session.tally import set_shares
from stretch_coach.session.voicing import Stage
from stretch_coach.session.wording import clock_text
from stretch_coach.tui.coaching import Order
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.widgets.figure_view import FigureView, Moment
from stretch_coach.tui.widgets.ready_pane import ReadyPane
from stretch_coach.tui.widgets.segment_pane import SegmentPane
from stretch_coach.tui.widgets.track import Piece, Track


class SessionView(Vertical):
    """Shows a session's events.

    Args:
        order: Which session.
        ready: What is shown until it begins.
        clock: The clock that times it.
        drawing: How the figure is drawn.
        on_second: Told the countdown, as text, whenever it changes.
    """

    def __init__(
        self, order: Order, ready: ReadyPane, clock: Clock, drawing: Drawing, on_second: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._order = order
        self._ready = ready
        self._clock = clock
        self.drawing = drawing
        self._on_second = on_second
        self._stage: Stage | None = None
        self._engine: Engine | None = None

    def compose(self) -> ComposeResult:
        """The figure left, the words right, the whole routine below."""
        with Horizontal(id="session-head"):
            yield Static(Content(self._order.routine.title), id="session-title")
            yield Static(id="session-left")
        with Horizontal(id="session-body"):
            yield FigureView(id="figure")
            with ContentSwitcher(id="session-words", initial=self._ready.id):
                yield self._ready
                yield SegmentPane(id="segment")
        yield Track(id="track")

    def on_mount(self) -> None:
        """Nothing is under way yet."""
        self.paint()

    def paint(self) -> None:
        """Take the colours of the theme, and the style that is wanted."""
        self.query_one(FigureView).paint(self.drawing.palette(self.app))
        self.set_class(not self.drawing.shown, "-no-figure")
        if self._stage:
            self._play(self._engine.segment if self._engine else self._first)

    def make_ready(self, stage: Stage, resumption: Resumption | None) -> None:
        """Show what will be done."""
        self._stage = stage
        self._first = stage.timeline.segments[resumption.first if resumption else 0]
        done = resumption.done if resumption else None
        self._show_pieces(stage.timeline, list(done or [0.0] * len(stage.timeline.segments)), self._first)
        self._say_left(stage.timeline.total - self._first.start)
        self._play(self._first)
        self._ready.show_what(stage, resumption, was_interrupted=self._order.interrupted is not None)

    def open(self) -> None:
        """Turn to the first segment."""
        self.query_one("#session-words", ContentSwitcher).current = "segment"
        self._show_segment(self._first)

    def leading_in(self, left: int) -> None:
        """Count down to the first segment."""
        self.query_one(SegmentPane).lead_in(left)

    def show(self, event: Event, engine: Engine, now: float) -> None:
        """Show what happened."""
        self._engine = engine
        pane = self.query_one(SegmentPane)
        match event:
            case SegmentStarted(segment):
                self._show_segment(segment)
            case Paused(reason=reason, gap=gap):
                pane.pause(reason, gap)
            case Resumed():
                pane.go_on()
            case Extended(seconds=seconds):
                pane.tell(f"{seconds:.0f} seconds more.")
            case Finished(outcome=outcome):
                pane.finish(outcome)
        self.query_one(FigureView).follow()
        self.look(engine, now)

    def look(self, engine: Engine, now: float) -> None:
        """Time went by."""
        segment, left = engine.segment, engine.remaining(now)
        self.query_one(SegmentPane).count(left)
        done = list(engine.done)
        done[segment.index] = max(done[segment.index], engine.into(now))
        self._show_pieces(engine.timeline, done, segment)
        self._say_left(engine.timeline.total - segment.end + left)
        self._on_second(clock_text(left))

    def hear(self, given: Given) -> None:
        """Show what is said."""
        self.query_one(SegmentPane).caption(given)

    def tell(self, sentence: str) -> None:
        """Show a sentence where captions stand."""
        self.query_one(SegmentPane).tell(sentence)

    def _show_segment(self, segment: Segment) -> None:
        if self._stage is None:
            return
        timeline = self._stage.timeline
        is_new = segment.exercise is not None and timeline.debuts[segment.exercise.id] == segment.index
        explained = is_new and segment.exercise is not None and self._stage.speaking.explained(segment.exercise)
        self.query_one(SegmentPane).show_segment(segment, timeline, explained=explained)
        self._play(segment)

    def _play(self, segment: Segment) -> None:
        view = self.query_one(FigureView)
        if segment.exercise is None or not self.drawing.shown:
            view.play(None)
        else:
            view.play(self.drawing.film(segment.exercise, segment.side, self.app), self._moment)

    def _moment(self) -> Moment:
        engine = self._engine
        if engine is None:  # before it begins, where the first pose ends
            return Moment(SegmentKind.HOLD, 0.0, 1.0, moving=False)
        into = engine.into(self._clock.now())
        return Moment(engine.segment.kind, into, engine.length, moving=engine.state is State.RUNNING)

    def _show_pieces(self, timeline: Timeline, done: list[float], here: Segment) -> None:
        lengths = [sum(timeline.segments[index].seconds for index in indices) for indices in timeline.sets]
        at = timeline.set_of(here.index)
        self.query_one(Track).pieces = tuple(
            Piece(seconds, share, behind=number < at)
            for number, (seconds, share) in enumerate(zip(lengths, set_shares(timeline, done), strict=True))
        )

    def _say_left(self, seconds: float) -> None:
        self.query_one("#session-left", Static).update(f"{clock_text(seconds)} to go")
