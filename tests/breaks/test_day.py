"""A day of breaks, played: what is asked when, and what becomes of it."""

from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.breaks.actions import Announce, Ask, Begin, Record, Withdraw
from stretch_coach.breaks.day import BreakDay, Look
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.state import Hold, Phase, Prompt, state_from_json, state_json
from stretch_coach.breaks.wording import announce_notice, ask_notice
from stretch_coach.settings import BreakRule, BreakSettings, Window
from tests.breaks.played import DESK, SETTINGS, Desk


def test_it_asks_after_the_active_time_and_not_before() -> None:
    desk = Desk()
    desk.work(44.5)
    assert desk.asked() == []
    desk.work(0.5)
    assert desk.asked() == [45]


def test_an_absence_stops_the_count_and_a_long_one_is_a_break() -> None:
    desk = Desk()
    desk.work(40)
    desk.leave(3)
    desk.work(5)
    assert desk.asked() == []
    desk.work(1.5)
    assert len(desk.asked()) == 1
    rested = Desk()
    rested.work(40)
    rested.leave(6)
    rested.work(44)
    assert rested.asked() == []
    assert rested.answers() == ["natural"]


def test_one_touch_of_the_mouse_is_no_return() -> None:
    desk = Desk()
    desk.work(44)
    desk.leave(4)
    desk.idle = 0.0
    desk.look(30)
    desk.leave(2)
    assert desk.answers() == ["natural"]
    assert desk.asked() == []


def test_an_empty_chair_is_not_asked() -> None:
    desk = Desk(BreakSettings(rules=(BreakRule("noon", at=(time(9, 3),)),)))
    desk.leave(9)
    assert desk.asked() == []
    assert desk.answers() == ["natural"]


def test_a_locked_screen_is_not_asked() -> None:
    desk = Desk()
    desk.work(44)
    desk.work(3, locked=True)
    assert desk.asked() == []
    desk.work(3)
    assert len(desk.asked()) == 1


def test_a_time_of_the_day_asks_at_its_minute_once() -> None:
    desk = Desk(BreakSettings(rules=(BreakRule("noon", at=(time(9, 5), time(9, 20))),)))
    desk.work(10)
    assert desk.asked() == [5]
    desk.answer(Choice.SKIP)
    desk.work(11)
    desk.answer(Choice.SKIP)
    desk.work(60)
    assert desk.asked() == [5, 20]


def test_a_start_begins_a_session_and_counts_anew_when_it_is_over() -> None:
    desk = Desk()
    desk.work(45)
    assert [type(one) for one in desk.answer(Choice.START)] == [Record, Withdraw, Begin]
    desk.leave(1, in_session=True)
    desk.work(44)
    assert desk.asked() == [45]
    desk.work(1)
    assert len(desk.asked()) == 2
    assert desk.answers() == ["started"]


def test_a_session_that_never_began_is_no_reason_to_ask_no_more() -> None:
    desk = Desk()
    desk.work(45)
    desk.answer(Choice.START)
    desk.work(45)
    assert len(desk.asked()) == 2


def test_a_session_that_could_not_begin_is_asked_for_again() -> None:
    desk = Desk()
    desk.work(45)
    desk.answer(Choice.START)
    desk.day.could_not_begin()
    desk.work(5)
    assert desk.asked() == [45, 50]


def test_a_session_begun_by_hand_is_a_break_too() -> None:
    desk = Desk()
    desk.work(40)
    desk.leave(3, in_session=True)
    desk.work(44)
    assert desk.asked() == []
    assert desk.answers() == []


def test_a_snoozed_prompt_comes_back_as_often_as_it_may() -> None:
    desk = Desk()
    desk.work(45)
    for _ in range(3):
        desk.answer(Choice.SNOOZE)
        desk.work(5)
    assert desk.asked() == [45, 50, 55, 60]
    assert desk.seen[-1][1] == Ask(desk.day.state.prompt, None)  # type: ignore[arg-type]  # there is one
    assert desk.answer(Choice.SNOOZE) == []
    desk.answer(Choice.DISMISSED)
    assert desk.answers() == ["snoozed", "snoozed", "snoozed", "skipped"]


def test_it_can_be_snoozed_for_longer() -> None:
    desk = Desk()
    desk.work(45)
    desk.answer(Choice.SNOOZE, 15)
    desk.work(20)
    assert desk.asked() == [45, 60]


def test_without_an_answer_it_asks_again_and_is_missed_at_last() -> None:
    desk = Desk(SETTINGS._replace(snooze_limit=1))
    desk.work(45 + 2 + 5 + 2)
    assert desk.asked() == [45, 52]
    assert desk.answers() == ["missed"]
    desk.work(46)
    assert len(desk.asked()) == 3


def test_an_absence_answers_a_prompt() -> None:
    desk = Desk()
    desk.work(45)
    desk.leave(6)
    assert desk.answers() == ["natural"]
    assert any(isinstance(action, Withdraw) for _, action in desk.seen)
    desk.work(44)
    assert len(desk.asked()) == 1


def test_outside_its_windows_a_rule_does_not_ask() -> None:
    window = Window(time(10), time(10, 30))
    desk = Desk(BreakSettings(rules=(DESK._replace(windows=(window,)),)))
    desk.work(100)
    assert desk.asked() == [60, 67, 74, 81]


def test_a_prompt_whose_window_closes_is_let_go() -> None:
    desk = Desk(BreakSettings(rules=(DESK._replace(windows=(Window(time(9), time(9, 50)),)),)))
    desk.work(46)
    desk.answer(Choice.SNOOZE)
    desk.work(60)
    assert desk.asked() == [45]
    assert desk.answers() == ["snoozed"]


def test_two_prompts_keep_their_distance_and_rules_that_meet_are_one() -> None:
    rules = (DESK, BreakRule("half", at=(time(9, 45), time(9, 50)), routine="screen-break"))
    desk = Desk(BreakSettings(rules=rules, gap=20))
    desk.work(46)
    assert desk.day.state.prompt
    assert desk.day.state.prompt.rules == ("half", "desk")
    desk.answer(Choice.SKIP)
    desk.work(25)
    assert desk.asked() == [45, 65]


def test_a_short_break_does_not_stand_for_a_long_one() -> None:
    long = BreakRule("long", every=90, routine="screen-break")
    desk = Desk(BreakSettings(rules=(DESK, long)))
    for _ in range(2):
        desk.work(45)
        assert desk.day.state.prompt
        offered = desk.day.state.prompt.routine
        desk.answer(Choice.START)
        desk.look(1, in_session=True)
        desk.look(1)
    assert offered == "screen-break"
    assert desk.day.state.active_for("desk") == desk.day.state.active_for("long")


def test_a_day_has_at_most_so_many() -> None:
    desk = Desk(SETTINGS._replace(daily_cap=2))
    for _ in range(4):
        desk.work(45)
        desk.answer(Choice.SKIP)
    assert desk.asked() == [45, 90]
    desk.leave(20 * 60)
    desk.work(46)
    assert len(desk.asked()) == 3


def test_a_pause_silences_and_what_is_due_then_comes_after_it() -> None:
    desk = Desk()
    desk.work(100, paused=True)
    assert desk.asked() == []
    desk.work(1)
    assert len(desk.asked()) == 1
    desk.work(1, paused=True)
    assert desk.day.state.prompt is None


@pytest.mark.parametrize("reason", [Hold.FULLSCREEN, Hold.DO_NOT_DISTURB, Hold.MICROPHONE])
def test_what_is_held_back_says_why_and_is_not_held_for_ever(reason: Hold) -> None:
    desk = Desk(SETTINGS._replace(hold_limit=20))
    desk.hold = reason
    desk.work(50)
    assert desk.asked() == []
    assert desk.day.state.prompt
    assert desk.day.state.prompt.hold is reason
    desk.work(20)
    assert desk.asked() == [65]


def test_an_app_that_is_open_holds_back_for_as_long_as_it_is() -> None:
    desk = Desk(SETTINGS._replace(hold_limit=1))
    desk.hold = Hold.APP
    desk.work(200)
    assert desk.asked() == []
    desk.hold = None
    desk.work(0.5)
    assert len(desk.asked()) == 1


def test_it_is_announced_before() -> None:
    desk = Desk(SETTINGS._replace(heads_up=60))
    desk.work(45)
    assert [(seconds / 60, type(action)) for seconds, action in desk.seen] == [(44, Announce), (45, Ask)]


def test_a_clock_set_forward_asks_for_nothing_that_is_long_over() -> None:
    desk = Desk(BreakSettings(rules=(BreakRule("noon", at=(time(10),)),)))
    desk.work(5)
    desk.wall += 3 * 3600
    desk.work(10)
    assert desk.asked() == []


def test_a_clock_set_back_asks_for_nothing_twice() -> None:
    desk = Desk(BreakSettings(rules=(BreakRule("noon", at=(time(9, 5),)),)))
    desk.work(6)
    desk.answer(Choice.SKIP)
    desk.wall -= 600
    desk.work(30)
    assert len(desk.asked()) == 1


PARTS = st.lists(
    st.tuples(st.sampled_from(["work", "leave", "locked", "sleep", "paused", "session", "held"]), st.integers(1, 80)),
    max_size=20,
)
ANSWERS = st.lists(st.sampled_from([Choice.START, Choice.SNOOZE, Choice.SKIP, Choice.DISMISSED, None]), max_size=30)


def play(desk: Desk, parts: list[tuple[str, int]], answers: list[Choice | None]) -> None:
    """Play parts of a day, and give each prompt the next answer."""
    left = iter(answers)
    known: Any = None
    for kind, minutes in parts:
        desk.hold = Hold.MICROPHONE if kind == "held" else None
        for _ in range(minutes):
            match kind:
                case "sleep":
                    desk.sleep(1.6)
                case "leave":
                    desk.leave(1)
                case "session":
                    desk.leave(1, in_session=True)
                case _:
                    desk.work(1, locked=kind == "locked", paused=kind == "paused")
            prompt = desk.day.state.prompt
            if prompt and prompt.phase is Phase.ASKING and (prompt.id, prompt.asking) != known:
                known = (prompt.id, prompt.asking)
                if choice := next(left, None):
                    desk.answer(choice)


def check_order(desk: Desk, settings: BreakSettings) -> None:
    """No second prompt before the first has come to an end, and each is shown as often as it may be."""
    ended: set[str] = set()
    open_id = ""
    askings: dict[str, int] = {}
    for _, action in desk.seen:
        if isinstance(action, Record) and action.record.answer != "snoozed":
            ended.add(action.record.id)
        elif isinstance(action, Record):
            open_id = "" if open_id == action.record.id else open_id
        elif isinstance(action, Ask):
            if open_id and open_id != action.prompt.id:
                assert open_id in ended
            assert action.prompt.id not in ended
            open_id = action.prompt.id
            askings[open_id] = askings.get(open_id, 0) + 1
            assert action.prompt.asking == askings[open_id]
    assert all(times <= settings.snooze_limit + 1 for times in askings.values())


@given(PARTS, ANSWERS, st.sampled_from([SETTINGS, SETTINGS._replace(heads_up=30, gap=0, snooze_limit=1)]))
def test_whatever_happens_there_are_never_two_prompts_without_an_end_between(
    parts: list[tuple[str, int]], answers: list[Choice | None], settings: BreakSettings
) -> None:
    desk = Desk(settings)
    play(desk, parts, answers)
    check_order(desk, settings)


@given(PARTS, ANSWERS, st.integers(0, 200))
def test_a_restart_at_any_look_changes_nothing(
    parts: list[tuple[str, int]], answers: list[Choice | None], at: int
) -> None:
    whole, broken = Desk(), Desk()
    play(whole, parts, answers)
    looks = 0
    tick = broken.day.tick

    def tick_and_restart(look: Look) -> Any:
        nonlocal looks
        actions = tick(look)
        looks += 1
        if looks == at:
            broken.day.state = state_from_json(state_json(broken.day.state))
        return actions

    broken.day.tick = tick_and_restart  # type: ignore[method-assign]  # the test looks in between
    play(broken, parts, answers)
    assert broken.seen == whole.seen


@given(PARTS, ANSWERS)
def test_nobody_is_asked_who_is_not_there(parts: list[tuple[str, int]], answers: list[Choice | None]) -> None:
    desk = Desk()
    tick = desk.day.tick

    def watched(look: Look) -> Any:
        actions = tick(look)
        if any(isinstance(action, Ask) for action in actions):
            assert not look.locked
            assert look.step <= 90
            assert (look.idle or 0) < 60
            assert not look.paused
            assert not look.in_session
        return actions

    desk.day.tick = watched  # type: ignore[method-assign]  # the test looks in between
    play(desk, parts, answers)


def test_a_look_that_is_late_is_no_active_time() -> None:
    day = Desk(step=90).day
    for number in range(100):
        day.tick(Look(91, 91.0 * number, 0.0))
    assert day.state.active == 0
    assert isinstance(day, BreakDay)


@pytest.mark.parametrize(("sounds", "snooze"), [(True, 5), (False, None)])
def test_only_the_prompt_itself_may_be_heard_and_says_what_can_be_done(sounds: bool, snooze: int | None) -> None:  # noqa: FBT001 - pytest gives it by name
    prompt = Prompt("x", ("desk",), "micro-break", 0.0)
    notice = ask_notice(prompt, snooze, can_answer=True, sounds=sounds)
    assert notice.sounds is sounds
    assert [choice for choice, _ in notice.choices] == [Choice.START, *([Choice.SNOOZE] if snooze else []), Choice.SKIP]
    assert "breaks start" in ask_notice(prompt, snooze, can_answer=False, sounds=sounds).body
    assert not announce_notice(prompt, 30).sounds
