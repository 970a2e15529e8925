"""How large the figure is drawn, and how little of it is drawn anew."""

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from stretch_coach.figure.film import Film, Style, View
from stretch_coach.figure.palette import HAIRS, SKINS, make_palette
from stretch_coach.routine.library import Library
from stretch_coach.routine.timeline import SegmentKind
from stretch_coach.tui.widgets.figure_view import (
    CELLS_HIGH,
    CELLS_WIDE,
    LEAST_HIGH,
    LEAST_WIDE,
    MOST_WIDE,
    FigureView,
    Moment,
    fit,
)
from tests.tui.frames import frame_of


@given(st.integers(0, 400), st.integers(0, 200))
def test_it_fits_keeps_its_proportion_and_is_never_too_small(width: int, height: int) -> None:
    size = fit(width, height)
    if size is None:
        assert width < LEAST_WIDE or height < LEAST_HIGH
        return
    wide, high = size
    assert LEAST_WIDE <= wide <= min(width, MOST_WIDE)
    assert LEAST_HIGH <= high <= height
    assert abs(high - wide * CELLS_HIGH / CELLS_WIDE) < 1


def test_the_size_it_is_designed_for() -> None:
    assert fit(CELLS_WIDE, CELLS_HIGH) == (CELLS_WIDE, CELLS_HIGH)
    assert fit(1000, 1000) == (MOST_WIDE, MOST_WIDE * CELLS_HIGH // CELLS_WIDE)


@given(st.integers(0, 200), st.integers(0, 100))
def test_more_room_never_draws_it_smaller(width: int, height: int) -> None:
    small, large = fit(width, height), fit(width + 1, height + 1)
    assert small is None or (large is not None and large[0] >= small[0])


class Shown(App[None]):
    """A figure and nothing else."""

    def __init__(self, film: Film) -> None:
        super().__init__()
        self.film = film
        self.moment = Moment(SegmentKind.PREPARE, 0.0, 5.0, moving=False)

    def compose(self) -> ComposeResult:
        yield FigureView()


async def test_what_is_drawn_in_parts_is_what_would_be_drawn_at_once(library: Library) -> None:
    film = Film(library.exercises["upper-trap-stretch"], "left", View.MIRROR, Style.BLOCKS)
    app = Shown(film)
    async with app.run_test(size=(60, 24)) as pilot:
        view = app.query_one(FigureView)
        view.paint(
            make_palette(
                background=(0, 0, 0), surface=(9, 9, 9), accent=(0, 99, 99), dark=True, skin=SKINS[1], hair=HAIRS[1]
            )
        )
        view.play(film, lambda: app.moment)
        await pilot.pause()
        frames = set()
        for tenth in range(0, 50, 5):
            app.moment = app.moment._replace(into=tenth / 10)
            view.follow()
            await pilot.pause()
            in_parts = frame_of(app)
            view.refresh()
            await pilot.pause()
            assert frame_of(app) == in_parts
            frames.add(in_parts)
        assert len(frames) > 3, "it moved"


async def test_nothing_is_drawn_while_nothing_moves(library: Library) -> None:
    film = Film(library.exercises["upper-trap-stretch"], "left", View.MIRROR, Style.BLOCKS)
    app = Shown(film)
    async with app.run_test(size=(60, 24)) as pilot:
        view = app.query_one(FigureView)
        app.moment = Moment(SegmentKind.HOLD, 3.0, 20.0, moving=False)
        view.play(film, lambda: app.moment)
        await pilot.pause()
        drawn = view._repaint_required  # noqa: SLF001 - whether something waits to be drawn is told nowhere else
        view.follow()
        assert not drawn
        assert not view._repaint_required  # noqa: SLF001 - the same
