"""The size of the figure, and how little of it is redrawn."""

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from stretch_coach.figure.animation import Animation, Style, View
from stretch_coach.figure.palette import HAIRS, SKINS, make_palette
from stretch_coach.routine.library import Library
from stretch_coach.routine.timeline import SegmentKind
from stretch_coach.tui.widgets.figure_view import (
    LEAST_HIGH,
    LEAST_WIDE,
    MOST_HIGH,
    MOST_WIDE,
    FigureView,
    Playhead,
    fit,
)
from tests.tui.frames import frame_of


@given(st.integers(0, 400), st.integers(0, 200))
def test_figure_fits_and_is_never_too_small(width: int, height: int) -> None:
    size = fit(width, height)
    if size is None:
        assert width < LEAST_WIDE or height < LEAST_HIGH
        return
    wide, high = size
    assert LEAST_WIDE <= wide <= min(width, MOST_WIDE)
    assert LEAST_HIGH <= high <= height
    assert wide <= 3 * height


def test_figure_takes_its_column_up_to_a_size_that_can_be_drawn_in_time() -> None:
    assert fit(40, 18) == (40, 18)
    assert fit(1000, 1000) == (MOST_WIDE, MOST_HIGH)


@given(st.integers(0, 200), st.integers(0, 100))
def test_more_space_never_makes_the_figure_smaller(width: int, height: int) -> None:
    small, large = fit(width, height), fit(width + 1, height + 1)
    assert small is None or (large is not None and large[0] >= small[0])


class FigureApp(App[None]):
    """An app with nothing but a figure."""

    def __init__(self) -> None:
        super().__init__()
        self.playhead = Playhead(SegmentKind.PREPARE, 0.0, 5.0, moving=False)

    def compose(self) -> ComposeResult:
        yield FigureView()


async def test_partial_refresh_equals_a_full_one(library: Library) -> None:
    animation = Animation(library.exercises["upper-trap-stretch"], "left", View.MIRROR, Style.BLOCKS)
    app = FigureApp()
    async with app.run_test(size=(60, 24)) as pilot:
        view = app.query_one(FigureView)
        view.paint(
            make_palette(
                background=(0, 0, 0), surface=(9, 9, 9), accent=(0, 99, 99), dark=True, skin=SKINS[1], hair=HAIRS[1]
            )
        )
        view.play(animation, lambda: app.playhead)
        await pilot.pause()
        frames = set()
        for tenth in range(0, 50, 5):
            app.playhead = app.playhead._replace(into=tenth / 10)
            view.follow()
            await pilot.pause()
            partial = frame_of(app)
            view.refresh()
            await pilot.pause()
            assert frame_of(app) == partial
            frames.add(partial)
        assert len(frames) > 3, "it moved"


async def test_nothing_is_refreshed_while_nothing_moves(library: Library) -> None:
    animation = Animation(library.exercises["upper-trap-stretch"], "left", View.MIRROR, Style.BLOCKS)
    app = FigureApp()
    async with app.run_test(size=(60, 24)) as pilot:
        view = app.query_one(FigureView)
        app.playhead = Playhead(SegmentKind.HOLD, 3.0, 20.0, moving=False)
        view.play(animation, lambda: app.playhead)
        await pilot.pause()
        drawn = view._repaint_required  # noqa: SLF001 - Textual does not say otherwise whether a refresh is pending
        view.follow()
        assert not drawn
        assert not view._repaint_required  # noqa: SLF001 - the same
