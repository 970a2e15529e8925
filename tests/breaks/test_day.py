"""What the coach asks when, and what becomes of each prompt, over simulated days."""

from datetime import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_coach.breaks.activity import Sample
from stretch_coach.breaks.prompt import Announce, Ask, Choice, Deferral, Phase, RecordAnswer, StartSession, Withdraw
from stretch_coach.breaks.state import state_from_json, state_to_json
from stretch_coach.settings import BreakRule, BreakSettings, Window
from tests.breaks.simulation import DESK, SETTINGS, Desk


class TestActiveTime:
    def test_asks_after_the_minutes_of_the_rule_and_not_before(self) -> None:
        desk = Desk()
        desk.work(44.5)
        assert desk.asked() == []
        desk.work(0.5)
        assert desk.asked() == [45]

    def test_an_absence_stops_the_count(self) -> None:
        desk = Desk()
        desk.work(40)
        desk.leave(3)
        desk.work(5)
        assert desk.asked() == []
        desk.work(1.5)
        assert len(desk.asked()) == 1

    def test_a_long_absence_is_a_natural_break(self) -> None:
        desk = Desk()
        desk.work(40)
        desk.leave(6)
        desk.work(44)
        assert desk.asked() == []
        assert desk.answers() == ["natural"]

    def test_one_touch_of_the_mouse_does_not_end_an_absence(self) -> None:
        desk = Desk()
        desk.work(44)
        desk.leave(4)
        desk.idle = 0.0
        desk.sample(30)
        desk.leave(2)
        assert desk.answers() == ["natural"]
        assert desk.asked() == []

    def test_a_late_sample_is_not_active_time(self) -> None:
        day = Desk(step=90).day
        for number in range(100):
            day.tick(Sample(91, 91.0 * number, 0.0))
        assert day.state.active == 0


class TestPresence:
    def test_an_empty_chair_is_not_asked(self) -> None:
        desk = Desk(BreakSettings(rules=(BreakRule("times", at=(time(9, 3),)),)))
        desk.leave(9)
        assert desk.asked() == []
        assert desk.answers() == ["natural"]

    def test_a_locked_screen_is_not_asked(self) -> None:
        desk = Desk()
        desk.work(44)
        desk.work(3, locked=True)
        assert desk.asked() == []
        desk.work(3)
        assert len(desk.asked()) == 1

    def test_an_absence_answers_a_prompt(self) -> None:
        desk = Desk()
        desk.work(45)
        desk.leave(6)
        assert desk.answers() == ["natural"]
        assert any(isinstance(action, Withdraw) for _, action in desk.history)
        desk.work(44)
        assert len(desk.asked()) == 1


class TestTimesOfDay:
    def test_each_time_asks_once(self) -> None:
        desk = Desk(BreakSettings(rules=(BreakRule("times", at=(time(9, 5), time(9, 20))),)))
        desk.work(10)
        assert desk.asked() == [5]
        desk.answer(Choice.SKIP)
        desk.work(11)
        desk.answer(Choice.SKIP)
        desk.work(60)
        assert desk.asked() == [5, 20]

    def test_a_clock_set_forward_asks_for_nothing_that_is_long_over(self) -> None:
        desk = Desk(BreakSettings(rules=(BreakRule("times", at=(time(10),)),)))
        desk.work(5)
        desk.wall += 3 * 3600
        desk.work(10)
        assert desk.asked() == []

    def test_a_clock_set_back_asks_for_nothing_twice(self) -> None:
        desk = Desk(BreakSettings(rules=(BreakRule("times", at=(time(9, 5),)),)))
        desk.work(6)
        desk.answer(Choice.SKIP)
        desk.wall -= 600
        desk.work(30)
        assert len(desk.asked()) == 1


class TestSessions:
    def test_start_begins_a_session_and_the_count_restarts_after_it(self) -> None:
        desk = Desk()
        desk.work(45)
        assert [type(one) for one in desk.answer(Choice.START)] == [RecordAnswer, Withdraw, StartSession]
        desk.leave(1, in_session=True)
        desk.work(44)
        assert desk.asked() == [45]
        desk.work(1)
        assert len(desk.asked()) == 2
        assert desk.answers() == ["started"]

    def test_asks_again_if_the_session_never_appears(self) -> None:
        desk = Desk()
        desk.work(45)
        desk.answer(Choice.START)
        desk.work(45)
        assert len(desk.asked()) == 2

    def test_asks_again_soon_if_the_session_failed_to_start(self) -> None:
        desk = Desk()
        desk.work(45)
        desk.answer(Choice.START)
        desk.day.session_failed()
        desk.work(5)
        assert desk.asked() == [45, 50]

    def test_a_session_that_the_user_starts_is_a_break_too(self) -> None:
        desk = Desk()
        desk.work(40)
        desk.leave(3, in_session=True)
        desk.work(44)
        assert desk.asked() == []
        assert desk.answers() == []


class TestAnswers:
    def test_a_snoozed_prompt_returns_until_the_limit(self) -> None:
        desk = Desk()
        desk.work(45)
        for _ in range(3):
            desk.answer(Choice.SNOOZE)
            desk.work(5)
        assert desk.asked() == [45, 50, 55, 60]
        _, last = desk.history[-1]
        assert isinstance(last, Ask)
        assert last.snooze is None
        assert desk.answer(Choice.SNOOZE) == []
        desk.answer(Choice.DISMISSED)
        assert desk.answers() == ["snoozed", "snoozed", "snoozed", "skipped"]

    def test_snoozes_for_as_many_minutes_as_asked_for(self) -> None:
        desk = Desk()
        desk.work(45)
        desk.answer(Choice.SNOOZE, 15)
        desk.work(20)
        assert desk.asked() == [45, 60]

    def test_an_unanswered_prompt_returns_and_is_missed_in_the_end(self) -> None:
        desk = Desk(SETTINGS._replace(snooze_limit=1))
        desk.work(45 + 2 + 5 + 2)
        assert desk.asked() == [45, 52]
        assert desk.answers() == ["missed"]
        desk.work(46)
        assert len(desk.asked()) == 3

    def test_a_prompt_that_is_being_shown_can_be_asked_again(self) -> None:
        desk = Desk()
        assert desk.day.ask_again() == []
        desk.work(45)
        assert desk.day.ask_again() == [desk.history[-1][1]]


class TestRules:
    def test_does_not_ask_outside_the_windows_of_a_rule(self) -> None:
        desk = Desk(BreakSettings(rules=(DESK._replace(windows=(Window(time(10), time(10, 30)),)),)))
        desk.work(100)
        assert desk.asked() == [60, 67, 74, 81]

    def test_drops_a_prompt_whose_window_closes(self) -> None:
        desk = Desk(BreakSettings(rules=(DESK._replace(windows=(Window(time(9), time(9, 50)),)),)))
        desk.work(46)
        desk.answer(Choice.SNOOZE)
        desk.work(60)
        assert desk.asked() == [45]
        assert desk.answers() == ["snoozed"]

    def test_rules_that_meet_ask_once_and_prompts_keep_their_distance(self) -> None:
        rules = (DESK, BreakRule("half", at=(time(9, 45), time(9, 50)), routine="screen-break"))
        desk = Desk(BreakSettings(rules=rules, gap=20))
        desk.work(46)
        assert desk.day.state.prompt
        assert desk.day.state.prompt.rules == ("half", "desk")
        desk.answer(Choice.SKIP)
        desk.work(25)
        assert desk.asked() == [45, 65]

    def test_a_short_break_does_not_satisfy_a_longer_rule(self) -> None:
        desk = Desk(BreakSettings(rules=(DESK, BreakRule("long", every=90, routine="screen-break"))))
        for _ in range(2):
            desk.work(45)
            assert desk.day.state.prompt
            offered = desk.day.state.prompt.routine
            desk.answer(Choice.START)
            desk.sample(1, in_session=True)
            desk.sample(1)
        assert offered == "screen-break"
        assert desk.day.state.active_for("desk") == desk.day.state.active_for("long")

    def test_a_day_has_at_most_as_many_prompts_as_the_cap(self) -> None:
        desk = Desk(SETTINGS._replace(daily_cap=2))
        for _ in range(4):
            desk.work(45)
            desk.answer(Choice.SKIP)
        assert desk.asked() == [45, 90]
        desk.leave(20 * 60)
        desk.work(46)
        assert len(desk.asked()) == 3

    def test_announces_a_prompt(self) -> None:
        desk = Desk(SETTINGS._replace(heads_up=60))
        desk.work(45)
        assert [(seconds / 60, type(action)) for seconds, action in desk.history] == [(44, Announce), (45, Ask)]


class TestDeferral:
    def test_a_pause_silences_and_what_is_due_comes_after_it(self) -> None:
        desk = Desk()
        desk.work(100, paused=True)
        assert desk.asked() == []
        desk.work(1)
        assert len(desk.asked()) == 1
        desk.work(1, paused=True)
        assert desk.day.state.prompt is None

    @pytest.mark.parametrize("reason", [Deferral.FULLSCREEN, Deferral.DO_NOT_DISTURB, Deferral.MICROPHONE])
    def test_a_deferred_prompt_has_a_reason_and_comes_after_the_limit(self, reason: Deferral) -> None:
        desk = Desk(SETTINGS._replace(hold_limit=20))
        desk.deferral = reason
        desk.work(50)
        assert desk.asked() == []
        assert desk.day.state.prompt
        assert desk.day.state.prompt.deferral is reason
        desk.work(20)
        assert desk.asked() == [65]

    def test_a_session_in_the_app_defers_without_a_limit(self) -> None:
        desk = Desk(SETTINGS._replace(hold_limit=1))
        desk.deferral = Deferral.APP
        desk.work(200)
        assert desk.asked() == []
        desk.deferral = None
        desk.work(0.5)
        assert len(desk.asked()) == 1


PARTS = st.lists(
    st.tuples(
        st.sampled_from(["work", "leave", "locked", "sleep", "paused", "session", "deferred"]), st.integers(1, 80)
    ),
    max_size=20,
)
ANSWERS = st.lists(st.sampled_from([Choice.START, Choice.SNOOZE, Choice.SKIP, Choice.DISMISSED, None]), max_size=30)
EXAMPLES = settings(max_examples=40)


def simulate(desk: Desk, parts: list[tuple[str, int]], answers: list[Choice | None]) -> None:
    """Simulate parts of a day, and give each prompt the next answer."""
    left = iter(answers)
    answered: Any = None
    for kind, minutes in parts:
        desk.deferral = Deferral.MICROPHONE if kind == "deferred" else None
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
            if prompt and prompt.phase is Phase.ASKING and (prompt.id, prompt.times_shown) != answered:
                answered = (prompt.id, prompt.times_shown)
                if choice := next(left, None):
                    desk.answer(choice)


def check_order(desk: Desk, snooze_limit: int) -> None:
    """Check that each prompt ends before the next one begins, and is shown no more often than it may be."""
    ended: set[str] = set()
    open_id = ""
    times_shown: dict[str, int] = {}
    for _, action in desk.history:
        if isinstance(action, RecordAnswer) and action.record.answer != "snoozed":
            ended.add(action.record.id)
        elif isinstance(action, RecordAnswer):
            open_id = "" if open_id == action.record.id else open_id
        elif isinstance(action, Ask):
            if open_id and open_id != action.prompt.id:
                assert open_id in ended
            assert action.prompt.id not in ended
            open_id = action.prompt.id
            times_shown[open_id] = times_shown.get(open_id, 0) + 1
            assert action.prompt.times_shown == times_shown[open_id]
    assert all(times <= snooze_limit + 1 for times in times_shown.values())


class TestWhateverHappens:
    @EXAMPLES
    @given(PARTS, ANSWERS, st.sampled_from([SETTINGS, SETTINGS._replace(heads_up=30, gap=0, snooze_limit=1)]))
    def test_a_prompt_ends_before_the_next_begins(
        self, parts: list[tuple[str, int]], answers: list[Choice | None], rules: BreakSettings
    ) -> None:
        desk = Desk(rules)
        simulate(desk, parts, answers)
        check_order(desk, rules.snooze_limit)

    @EXAMPLES
    @given(PARTS, ANSWERS, st.integers(0, 200))
    def test_a_restart_changes_nothing(
        self, parts: list[tuple[str, int]], answers: list[Choice | None], at: int
    ) -> None:
        whole, restarted = Desk(), Desk()
        simulate(whole, parts, answers)
        tick, samples = restarted.day.tick, 0

        def tick_and_restart(sample: Sample) -> Any:
            nonlocal samples
            actions = tick(sample)
            samples += 1
            if samples == at:
                restarted.day.state = state_from_json(state_to_json(restarted.day.state))
            return actions

        restarted.day.tick = tick_and_restart  # type: ignore[method-assign]  # to restart in between
        simulate(restarted, parts, answers)
        assert restarted.history == whole.history

    @EXAMPLES
    @given(PARTS, ANSWERS)
    def test_only_a_user_at_the_screen_is_asked(
        self, parts: list[tuple[str, int]], answers: list[Choice | None]
    ) -> None:
        desk = Desk()
        tick = desk.day.tick

        def tick_and_check(sample: Sample) -> Any:
            actions = tick(sample)
            if any(isinstance(action, Ask) for action in actions):
                assert (sample.locked, sample.paused, sample.in_session) == (False, False, False)
                assert sample.step <= 90
                assert (sample.idle or 0) < 60
            return actions

        desk.day.tick = tick_and_check  # type: ignore[method-assign]  # to check in between
        simulate(desk, parts, answers)
