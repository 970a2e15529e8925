"""The history screen: what it shows of an empty, a one-day and a long record, and what can be put right there."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static, TabbedContent

from stretch_coach.journal.ids import new_id
from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.revisions import rate_comfort
from stretch_coach.journal.sessions import Wanted, list_sessions, save_session
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.screens.history import HistoryScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.session_detail import SessionDetailScreen
from stretch_coach.tui.widgets.heat_map import HeatMap, Measure
from stretch_coach.world import World
from tests.tui.conftest import NOON

TODAY = date(2026, 11, 20)
DAY_MS = 86_400_000
EVIL = "[b]Neck[/b] [@click=app.bell]x[/]"


def record_days(world: World, *days_ago: int, title: str = "Micro break") -> None:
    """Record a completed session on each of these days."""
    with world.writable_history() as database:
        database.execute("PRAGMA synchronous=OFF")
        for back in days_ago:
            ms = NOON.ms - back * DAY_MS - 3_600_000
            day = (TODAY - timedelta(days=back)).isoformat()
            done = (ms, ms + 60_000, 3600, "CET", day, "micro-break", title, 60_000, 60_000, 4, 4)
            session = SessionRecord(new_id(ms), *done, Outcome.COMPLETED, Source.TIMER, None)
            save_session(database, session, [StepRecord(1, None, "chin-tuck", 60_000, 60_000, 1, 1, StepOutcome.DONE)])


async def _until(pilot: Pilot[int], reached: Callable[[], bool], app: CoachApp) -> None:
    """Give the app time until something is so; a hundred looks are plenty."""
    for _ in range(100):
        if reached():
            return
        await pilot.pause(0.02)
    pytest.fail(f"not reached: {app.screen!r}")


async def at_history(app: CoachApp, pilot: Pilot[int]) -> HistoryScreen:
    """Go to the screen from home."""
    await _until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused is not None, app)
    await pilot.press("h")
    await _until(pilot, lambda: isinstance(app.screen, HistoryScreen) and app.focused is not None, app)
    assert isinstance(app.screen, HistoryScreen)
    await pilot.pause()
    return app.screen


def words(screen: HistoryScreen, id_: str) -> str:
    return str(screen.query_one(f"#{id_}", Static).content)


def map_lines(screen: HistoryScreen) -> list[str]:
    heat = screen.query_one(HeatMap)
    return [heat.render_line(y).text for y in range(8)]


def living(world: World) -> int:
    with world.history() as database:
        return len(list_sessions(database))


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (100, 30), (140, 40)])
@pytest.mark.parametrize("days", [0, 1, 3650])
async def test_every_record_looks_right_in_every_size(world: World, size: tuple[int, int], days: int) -> None:
    record_days(world, *range(0, days, 7) if days > 1 else range(days))
    app = CoachApp(world)
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = await at_history(app, pilot)
        lines = map_lines(screen)
        has_room = size[1] > 12  # below that the list is worth more than the map
        assert ("█" in "".join(lines)) == (bool(days) and has_room)
        assert all(len(line) == screen.query_one(HeatMap).size.width for line in lines)
        for key in "1234":
            await pilot.press(key)
            await pilot.pause()
        assert screen.query_one(TabbedContent).active == "tab-comfort"
        expected = {0: "No streak", 1: "Streak: 1 day.", 3650: "Streak: 1 day."}[days]
        assert words(screen, "history-streak").startswith(expected)


async def test_nothing_scolds_in_an_empty_record(world: World) -> None:
    app = CoachApp(world)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        screen = await at_history(app, pilot)
        said = " ".join(
            words(screen, f"history-{name}") for name in ("streak", "numbers", "trends", "habits", "comfort")
        )
        assert not {"missed", "failed", "lost", "broken", "lazy"} & set(said.lower().split())
        await pilot.press("d", "u", "enter", "m")
        assert isinstance(app.screen, HistoryScreen)


async def test_a_session_is_left_out_and_comes_back(world: World) -> None:
    record_days(world, 0, 1)
    app = CoachApp(world)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        screen = await at_history(app, pilot)
        await pilot.press("d")
        await pilot.pause()
        assert living(world) == 1
        assert screen.query_one(OptionList).option_count == 1
        assert words(screen, "history-streak") == "Streak: 1 day, and today is still to do."
        await pilot.press("u")
        await pilot.pause()
        assert living(world) == 2
        assert words(screen, "history-streak") == "Streak: 2 days."


async def test_a_session_is_shown_in_full_and_noted(world: World) -> None:
    record_days(world, 0, title=EVIL)
    app = CoachApp(world)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        screen = await at_history(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SessionDetailScreen)
        assert EVIL in str(app.screen.query_one(".dialog-title", Static).content)
        assert "Chin tuck" in str(app.screen.query_one("#detail-steps", Static).content)
        await pilot.press("n", *"stiff", "enter")
        await pilot.pause()
        assert app.screen_stack[-1] is screen
        with world.history() as database:
            assert list_sessions(database)[0].note == "stiff"
        assert "stiff" in str(screen.query_one(OptionList).get_option_at_index(0).prompt)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("n")
        assert app.screen.query_one(Input).value == "stiff"
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.screen_stack[-1] is screen


async def test_years_are_gone_through_and_the_measure_changed(world: World) -> None:
    record_days(world, *range(800))
    app = CoachApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await at_history(app, pilot)
        heat = screen.query_one(HeatMap)
        assert heat.days[-1].day == TODAY
        await pilot.press("[")
        assert heat.days[-1].day == TODAY - timedelta(days=364)
        await pilot.press("[", "[", "[")
        assert heat.days[0].day == TODAY - timedelta(days=799)
        await pilot.press("]", "]", "]", "]")
        assert heat.days[-1].day == TODAY
        await pilot.press("m")
        assert heat.measure is Measure.SESSIONS
        assert "(sessions)" in words(screen, "history-key")


async def test_a_long_list_is_read_on_as_it_is_gone_through(world: World) -> None:
    record_days(world, *range(250))
    app = CoachApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await at_history(app, pilot)
        rows = screen.query_one(OptionList)
        assert rows.option_count == 100
        await pilot.press("end")
        await pilot.pause()
        assert rows.option_count == 200
        with world.history() as database:
            ids = [one.id for one in list_sessions(database, wanted=Wanted())]
        assert [option.id for option in rows.options] == ids[:200]


async def test_comfort_is_told_against_its_thresholds(world: World) -> None:
    record_days(world, *range(6))
    with world.writable_history() as database:
        for one in list_sessions(database):
            rate_comfort(database, one.id, before=5, after=4, at_ms=1)
    app = CoachApp(world)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        screen = await at_history(app, pilot)
        assert "within normal day-to-day variation (mean 5.0, then 4.0)" in words(screen, "history-comfort")


def test_the_map_is_readable_without_colour(make_days: Callable[..., str]) -> None:
    assert make_days("done", "part", "frozen", "rest", "missed", "open") == "█▁*·□o"


@pytest.fixture
def make_days() -> Callable[..., str]:
    """The signs of days of these kinds."""
    from stretch_coach.journal.statistics import DayFacts, DayKind  # noqa: PLC0415 - for this fixture alone
    from stretch_coach.tui.widgets.heat_map import sign_of  # noqa: PLC0415 - the same

    def make(*kinds: str) -> str:
        days = [DayFacts(TODAY, DayKind(kind), 1, 1, 1, 60_000, 0, 0.0) for kind in kinds]
        return "".join(sign_of(day, Measure.MINUTES, 1.0) for day in days)

    return make
