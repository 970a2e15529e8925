"""A session on the screen: the figure, the words, and the whole routine as a line."""

import math
from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import ContentSwitcher, Static

from stretch_coach.clock import Clock
from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.routine.model import Routine
from stretch_coach.routine.timeline import Segment, SegmentKind, Timeline
from stretch_coach.session.engine import Engine, State
from stretch_coach.session.events import Event, Extended, Finished, Paused, Resumed, SegmentStarted
from stretch_coach.session.prepare import PreparedSession
from stretch_coach.session.session_text import change_text, exercise_text
from stretch_coach.session.speaker import PlayedCue
from stretch_coach.session.tally import set_shares
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.widgets.figure_view import FigureView, Playhead
from stretch_coach.tui.widgets.ready_pane import ReadyPane
from stretch_coach.tui.widgets.segment_pane import SegmentPane
from stretch_coach.tui.widgets.ticker import Ticker
from stretch_coach.tui.widgets.track import Piece, Track


class SessionView(Vertical):
    """Shows the events of a session.

    Args:
        routine: What will be done.
        ready: What is shown until the session starts.
        clock: The clock that the figure moves by.
        drawing: How the figure is drawn.
        on_countdown: Called with the countdown, as text, whenever it changes.
    """

    SCOPED_CSS = False  # how much is shown depends on the size of the screen
    DEFAULT_CSS = """
    SessionView {
        height: 1fr;
        padding: 0 1;
        #session-head { height: 1; }
        #session-title { width: 1fr; text-style: bold; text-overflow: ellipsis; text-wrap: nowrap; }
        #session-left { width: auto; padding-left: 1; color: $text-muted; }
        #session-body { height: 1fr; align: center middle; }
        #session-stage { height: 1fr; max-width: 164; max-height: 44; align-horizontal: center; }
        #figure { width: 46%; height: 1fr; margin-right: 2; }
        #session-words { width: 1fr; max-width: 66; height: 1fr; }
        &.-no-figure #figure { display: none; }
    }
    .-narrow SessionView #figure, .-low SessionView #figure { display: none; }
    .-digits-10 SessionView #figure { width: 52%; }
    """

    def __init__(
        self, routine: Routine, ready: ReadyPane, clock: Clock, drawing: Drawing, on_countdown: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._routine = routine
        self._ready = ready
        self._clock = clock
        self.drawing = drawing
        self._on_countdown = on_countdown
        self._prepared: PreparedSession | None = None
        self._engine: Engine | None = None
        self._named: tuple[Timeline, list[tuple[float, str]]] | None = None

    def compose(self) -> ComposeResult:
        """Yield the figure, the words beside it, and the whole routine below."""
        with Horizontal(id="session-head"):
            yield Static(Content(self._routine.title), id="session-title")
            yield Ticker(id="session-left")
        with Container(id="session-body"), Horizontal(id="session-stage"):
            yield FigureView(id="figure")
            with ContentSwitcher(id="session-words", initial=self._ready.id):
                yield self._ready
                yield SegmentPane(id="segment")
        yield Track(id="track")

    def on_mount(self) -> None:
        """Paint the figure's place."""
        self.paint()

    def paint(self) -> None:
        """Apply the colours of the theme and the style of the figure."""
        self.query_one(FigureView).paint(self.drawing.palette(self.app), self.drawing.graphics(self.app))
        self.set_class(not self.drawing.shown, "-no-figure")
        if self._prepared:
            self._play(self._engine.segment if self._engine else self._prepared.first)

    def show_prepared(self, prepared: PreparedSession) -> None:
        """Show what will be done."""
        self._prepared = prepared
        timeline, first = prepared.timeline, prepared.first
        self._show_pieces(timeline, list(prepared.resumption.done or [0.0] * len(timeline.segments)), first)
        self._show_place(timeline, first, timeline.total - first.start)
        self._play(first)
        self._ready.show_prepared(prepared)

    def show_first_segment(self) -> None:
        """Show the first segment before it starts."""
        self.query_one("#session-words", ContentSwitcher).current = "segment"
        if self._prepared:
            self._show_segment(self._prepared.first)

    def count_in(self, seconds: int) -> None:
        """Count down to the first segment."""
        self.query_one(SegmentPane).count_in(seconds)

    def show(self, event: Event, engine: Engine, now: float) -> None:
        """Show an event."""
        self._engine = engine
        pane = self.query_one(SegmentPane)
        match event:
            case SegmentStarted(segment):
                self._show_segment(segment)
            case Paused():
                pane.pause(event)
            case Resumed():
                pane.resume()
            case Extended():
                pane.warn(change_text(event))
            case Finished(outcome=outcome):
                pane.finish(outcome)
        self.query_one(FigureView).follow()
        self.tick(engine, now)

    def tick(self, engine: Engine, now: float) -> None:
        """Update the countdown, the progress and the time that is left."""
        segment, left = engine.segment, engine.remaining(now)
        self.query_one(SegmentPane).count(left, engine.length)
        done = list(engine.done)
        done[segment.index] = max(done[segment.index], engine.segment_elapsed(now))
        self._show_pieces(engine.timeline, done, segment)
        self._show_place(engine.timeline, segment, engine.timeline.total - segment.end + left)
        self._on_countdown(minutes_and_seconds(math.ceil(left)))

    def show_cue(self, played: PlayedCue) -> None:
        """Show what is said."""
        self.query_one(SegmentPane).show_cue(played)

    def warn(self, sentence: str) -> None:
        """Show a sentence in place of what is said."""
        self.query_one(SegmentPane).warn(sentence)

    def _show_segment(self, segment: Segment) -> None:
        if self._prepared is None:
            return
        timeline, timing = self._prepared.timeline, self._prepared.timing
        exercise = segment.exercise
        is_first = exercise is not None and timeline.debuts[exercise.id] == segment.index
        explained = is_first and exercise is not None and timing.is_explained(exercise)
        self.query_one(SegmentPane).show_segment(segment, timeline, explained=explained)
        self._play(segment)

    def _play(self, segment: Segment) -> None:
        """Show the exercise; in a rest between exercises the first pose of the next one."""
        view = self.query_one(FigureView)
        ahead = self._prepared.timeline.segments[segment.index :] if self._prepared else (segment,)
        shown = next((one for one in ahead if one.exercise), None)
        if shown is None or shown.exercise is None or not self.drawing.shown:
            view.play(None)
        else:
            view.play(self.drawing.animation(shown.exercise, shown.side, self.app), self._playhead)

    def _playhead(self) -> Playhead:
        engine = self._engine
        if engine is None or engine.segment.exercise is None:
            return Playhead(SegmentKind.HOLD, 0.0, 1.0, moving=False)
        elapsed = engine.segment_elapsed(self._clock.now())
        return Playhead(engine.segment.kind, elapsed, engine.length, moving=engine.state is State.RUNNING)

    def _show_pieces(self, timeline: Timeline, done: list[float], here: Segment) -> None:
        at = timeline.set_of(here.index)
        shares = set_shares(timeline, done)
        self.query_one(Track).pieces = tuple(
            Piece(seconds, share, passed=number < at, name=name)
            for number, ((seconds, name), share) in enumerate(zip(self._sets(timeline), shares, strict=True))
        )

    def _sets(self, timeline: Timeline) -> list[tuple[float, str]]:
        """Return the length and the name of each set, made once for a timeline."""
        if self._named is None or self._named[0] is not timeline:
            sets = [[timeline.segments[index] for index in indices] for indices in timeline.sets]
            self._named = timeline, [(sum(one.seconds for one in each), exercise_text(each[0])) for each in sets]
        return self._named[1]

    def _show_place(self, timeline: Timeline, here: Segment, seconds: float) -> None:
        left = f"{here.step} of {timeline.steps} · {minutes_and_seconds(math.ceil(seconds))} to go"
        self.query_one(Ticker).show(left)
