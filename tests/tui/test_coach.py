"""The coach: made ready, commanded by every key of its own, ended, and recorded."""

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Button, Static

from stretch_coach.context import Context
from stretch_coach.journal.records import Outcome, SessionRecord, StepOutcome
from stretch_coach.journal.sessions import list_sessions, list_steps
from stretch_coach.session.engine import Engine, State
from stretch_coach.session.request import SessionRequest
from stretch_coach.tui.dialogs import EndSessionDialog
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.ending import EndingScreen
from stretch_coach.tui.screens.help import HelpScreen
from stretch_coach.tui.widgets.scale import Scale
from tests.tui.conftest import FrozenClock
from tests.tui.driving import at, running, start_session, until
from tests.tui.frames import words_of


def words(pilot: Pilot[int]) -> str:
    return " ".join(words_of(pilot.app).split())


def record_of(context: Context) -> SessionRecord:
    with context.history() as history:
        [record] = list_sessions(history)
    return record


def outcomes(context: Context) -> list[StepOutcome]:
    with context.history() as history:
        return [step.outcome for step in list_steps(history, record_of(context).id)]


def engine_of(screen: CoachScreen) -> Engine:
    assert screen._engine  # noqa: SLF001 - the state of the session is not on the screen in so many words
    return screen._engine  # noqa: SLF001


async def ready(pilot: Pilot[int]) -> CoachScreen:
    screen = await at(pilot, CoachScreen)
    await until(pilot, lambda: not screen.query_one("#ready-start", Button).disabled, "it is ready")
    return screen


async def test_preparation_says_what_will_be_done_and_waits(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        screen = await ready(pilot)
        assert "How does your neck feel?" in words(pilot)
        assert "Three-minute screen break" in words(pilot)
        assert screen.check_action("mute", ()) is None
        await pilot.press("n", "m")
        await pilot.pause()
        assert pilot.app.screen is screen
        with context.history() as history:
            assert list_sessions(history) == []


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_session_starts_when_the_user_is_ready(
    context: Context, session_request: SessionRequest, key: str
) -> None:
    async with running(context, session_request) as pilot:
        screen = await ready(pilot)
        await pilot.press(key)
        await until(pilot, lambda: screen.check_action("mute", ()) is True, "it began")
        assert "get ready" in words(pilot)
    assert record_of(context).outcome is Outcome.INTERRUPTED, "whoever ends the app ends the session"


async def test_session_starts_at_once_if_set(context: Context, session_request: SessionRequest) -> None:
    app = context.settings.app._replace(start_when_ready=False)
    context.settings = context.settings._replace(app=app)
    async with running(context, session_request) as pilot:
        screen = await at(pilot, CoachScreen)
        await until(pilot, lambda: screen.check_action("mute", ()) is True, "it began")


@pytest.mark.parametrize(
    ("keys", "value"),
    [("0", 0), ("7", 7), ("10", 10), ("100", 0), ("19", 9), ("1", 1)],
)
async def test_digits_choose_how_the_neck_feels(
    context: Context, session_request: SessionRequest, keys: str, value: int
) -> None:
    async with running(context, session_request) as pilot:
        screen = await ready(pilot)
        await pilot.press(*keys)
        assert screen.query_one(Scale).value == value
        await pilot.press("backspace")
        assert screen.query_one(Scale).value is None


async def test_arrows_and_the_mouse_choose_too(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        screen = await ready(pilot)
        scale = screen.query_one(Scale)
        await pilot.press("right", "right", "left", "left", "left")
        assert scale.value == 0
        await pilot.press("backspace", "left", "right")
        assert scale.value == 10
        await pilot.click(Scale, offset=(1, 0))
        assert scale.value == 0
        await pilot.click(Scale, offset=(scale.size.width - 2, 0))
        assert scale.value == 10


async def test_high_discomfort_offers_a_gentle_routine_instead(
    context: Context, session_request: SessionRequest
) -> None:
    async with running(context, session_request) as pilot:
        first = await ready(pilot)
        await pilot.press("8", "enter")
        await until(pilot, lambda: "Leave this routine for another day." in words(pilot), "it is refused")
        assert first.check_action("mute", ()) is None
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is not first, "another routine is taken")
        await ready(pilot)
        assert "gentle" in words(pilot).lower()
        await pilot.press("8", "enter")
        screen = await at(pilot, CoachScreen)
        await until(pilot, lambda: screen.check_action("mute", ()) is True, "it began")


async def test_pause_and_resume(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        await pilot.press("space")
        await until(pilot, lambda: "paused" in words(pilot), "it says so")
        assert engine_of(screen).state is State.PAUSED
        await pilot.press("space")
        await until(pilot, lambda: "paused" not in words(pilot), "it continues")
        assert engine_of(screen).state is State.RUNNING


async def test_next_previous_and_repeat(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        engine = engine_of(screen)

        def in_set() -> int:
            return engine.timeline.set_of(engine.segment.index)

        for key, number in [("n", 1), ("right", 2), ("p", 1), ("left", 0), ("p", 0), ("n", 1), ("r", 1)]:
            await pilot.press(key)
            await until(pilot, lambda number=number: in_set() == number, f"{key} goes to {number}")  # type: ignore[misc]


async def test_more_adds_ten_seconds(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        before = engine_of(screen).length
        await pilot.press("plus")
        await until(pilot, lambda: "10 seconds more." in words(pilot), "it says so")
        assert engine_of(screen).length == before + 10


async def test_mute_and_unmute(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        await pilot.press("m")
        await until(pilot, lambda: "Muted. Press m to unmute." in words(pilot), "it says so")
        assert screen._live.muted  # noqa: SLF001 - nothing is heard in these tests
        await pilot.press("m")
        await until(pilot, lambda: "Unmuted." in words(pilot), "it says so")


async def test_figure_modes(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        seen = set()
        for _ in range(3):
            await pilot.press("f")
            await pilot.pause()
            seen |= {said for said in ("Figure: outline.", "Figure: off.", "Figure: blocks.") if said in words(pilot)}
        assert len(seen) == 3


async def test_q_asks_and_space_continues(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        await pilot.press("q")
        await at(pilot, EndSessionDialog)
        assert engine_of(screen).state is State.PAUSED
        await pilot.press("space")
        await at(pilot, CoachScreen)
        await until(pilot, lambda: engine_of(screen).state is State.RUNNING, "it continues")


async def test_paused_session_stays_paused_after_continue(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        await pilot.press("space")
        await until(pilot, lambda: engine_of(screen).state is State.PAUSED, "it is paused")
        await pilot.press("q")
        await at(pilot, EndSessionDialog)
        await pilot.press("escape")
        await at(pilot, CoachScreen)
        assert engine_of(screen).state is State.PAUSED


@pytest.mark.parametrize("keys", [("q", "q"), ("ctrl+q", "ctrl+q"), ("q", "ctrl+q"), ("ctrl+q", "q")])
async def test_q_twice_ends_and_keeps_what_was_done(
    context: Context, clock: FrozenClock, session_request: SessionRequest, keys: tuple[str, str]
) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        clock.time += 4
        await pilot.press(keys[0])
        await at(pilot, EndSessionDialog)
        await pilot.press(keys[1])
        await at(pilot, EndingScreen)
        assert "Ended early" in words(pilot)
        assert "0:04 of" in words(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    assert (record_of(context).outcome, record_of(context).done_ms) == (Outcome.PARTIAL, 4000)
    assert pilot.app.return_value == 0


async def test_two_keys_in_one_burst_end_the_session(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        screen.action_leave()
        screen.action_leave()
        await at(pilot, EndingScreen)
    assert record_of(context).outcome is Outcome.PARTIAL


async def test_ctrl_q_asks_from_the_help_too(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        await pilot.press("question_mark")
        await at(pilot, HelpScreen)
        await pilot.press("ctrl+q")
        await at(pilot, EndSessionDialog)
        await pilot.click("#confirm")
        await at(pilot, EndingScreen)


async def test_x_stops_at_once_and_shows_when_to_stop(
    context: Context, clock: FrozenClock, session_request: SessionRequest
) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        clock.time += 3
        await pilot.press("x")
        await at(pilot, EndingScreen)
        assert "Stopped because it hurt" in words(pilot)
        assert "Stop now and do no more today." in words(pilot)
        assert "signs to stop for the day" in words(pilot)
    assert record_of(context).outcome is Outcome.STOPPED
    assert outcomes(context) == [StepOutcome.STOPPED]


async def test_x_stops_a_paused_session_too(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        await pilot.press("space", "x")
        await at(pilot, EndingScreen)
    assert record_of(context).outcome is Outcome.STOPPED


async def test_help_lists_every_key(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        await pilot.press("question_mark")
        help_screen = await at(pilot, HelpScreen)
        keys = str(help_screen.query_one("#help-keys", Static).content)
        for sentence in (
            "It hurts: end the session at once",
            "Pause or resume",
            "Skip to the next exercise or side",
            "Back to the previous one",
            "Repeat this exercise or side",
            "Ten more seconds",
            "Mute or unmute the voice",
            "Figure in blocks, as an outline, or off",
            "End the session; your progress is saved",
        ):
            assert sentence in keys
        await pilot.press("question_mark")
        await at(pilot, CoachScreen)


@pytest.mark.parametrize(
    ("key", "over"), [("question_mark", HelpScreen), ("ctrl+p", CommandPalette), ("q", EndSessionDialog)]
)
async def test_session_that_ends_below_another_screen_shows_its_end(
    context: Context,
    session_request: SessionRequest,
    key: str,
    over: type[HelpScreen | CommandPalette | EndSessionDialog],
) -> None:
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        await pilot.press(key)
        await at(pilot, over)
        screen.action_stop()
        await at(pilot, EndingScreen)
    assert record_of(context).outcome is Outcome.STOPPED


async def test_terminal_may_have_any_size_at_any_moment(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        for width, height in [(80, 24), (40, 12), (20, 5), (200, 60), (1, 1), (140, 40), (64, 18)]:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            if width >= 40:
                exercise = engine_of(screen).segment.exercise
                assert exercise
                assert exercise.name in words(pilot)
                assert "Countdown" in {type(one).__name__ for one in screen.query("*") if one.is_on_screen}
            if width == 40:
                assert not screen.query_one("#figure").is_on_screen
        assert engine_of(screen).state is State.RUNNING


async def test_session_and_ratings_are_in_the_history(quick_context: Context, session_request: SessionRequest) -> None:
    async with running(quick_context, session_request) as pilot:
        await ready(pilot)
        await pilot.press("3", "enter")
        await at(pilot, EndingScreen)
        assert "Well done" in words(pilot)
        assert "1-day streak." in words(pilot)
        await pilot.press("1", "enter")
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    record = record_of(quick_context)
    assert (record.outcome, record.comfort_before, record.comfort_after) == (Outcome.COMPLETED, 3, 1)
    assert record.done_ms == record.planned_ms
    assert set(outcomes(quick_context)) == {StepOutcome.DONE}
    assert pilot.app.return_value == 0


async def test_ratings_can_be_skipped(quick_context: Context, session_request: SessionRequest) -> None:
    async with running(quick_context, session_request) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        await at(pilot, EndingScreen)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    record = record_of(quick_context)
    assert (record.comfort_before, record.comfort_after) == (None, None)


async def test_session_in_the_app_is_backed_up(quick_context: Context, session_request: SessionRequest) -> None:
    backups = quick_context.places.history.parent / "backups"
    assert not backups.exists()
    async with running(quick_context, session_request) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        await at(pilot, EndingScreen)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    assert list(backups.iterdir())


async def test_rehearsal_in_the_app_is_not_recorded(context: Context, session_request: SessionRequest) -> None:
    async with running(context, session_request._replace(rehearsal=600.0)) as pilot:
        screen = await ready(pilot)
        assert not screen.query(Scale)
        await pilot.press("q")
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    with context.history() as history:
        assert list_sessions(history) == []


async def test_ctrl_z_pauses_before_the_shell(
    context: Context, session_request: SessionRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        states = []
        monkeypatch.setattr(pilot.app, "action_suspend_process", lambda: states.append(engine_of(screen).state))
        await pilot.press("ctrl+z")
        await until(pilot, lambda: bool(states), "the shell's turn came")
        assert states == [State.PAUSED]
        await pilot.press("space")
        await until(pilot, lambda: engine_of(screen).state is State.RUNNING, "it continues")


async def test_gap_pauses_the_coach_and_says_so(
    context: Context, clock: FrozenClock, session_request: SessionRequest
) -> None:
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        clock.time += 3600
        await pilot.press("space")
        await until(pilot, lambda: "suspended for 3600 s" in words(pilot), "it says so")
        assert engine_of(screen).state is State.PAUSED


async def test_the_terminals_title_shows_the_countdown(
    context: Context, session_request: SessionRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(context, session_request) as pilot:
        await start_session(pilot)
        titles: list[str] = []
        monkeypatch.setattr("stretch_coach.tui.title.TerminalTitle.show", lambda _, title: titles.append(title))
        await pilot.press("plus")
        await until(pilot, lambda: bool(titles), "it is named")
        assert titles[-1] == "0:15 Three-minute screen break"


async def test_lead_in_counts_down_and_can_be_left(context: Context, session_request: SessionRequest) -> None:
    settings = context.settings._replace(app=context.settings.app._replace(lead_in=3))
    context.settings = settings
    async with running(context, session_request) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "starting" in words(pilot), "it counts")
        await pilot.press("q")
        await until(pilot, lambda: pilot.app._exit, "the app ended")  # noqa: SLF001 - no public way to know
    with context.history() as history:
        assert list_sessions(history) == []


async def test_x_works_in_the_lead_in(context: Context, session_request: SessionRequest) -> None:
    settings = context.settings._replace(app=context.settings.app._replace(lead_in=1))
    context.settings = settings
    async with running(context, session_request) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "starting" in words(pilot), "it counts")
        await pilot.press("x")
        await at(pilot, EndingScreen)
        assert "Stopped because it hurt" in words(pilot)
    assert record_of(context).outcome is Outcome.STOPPED
