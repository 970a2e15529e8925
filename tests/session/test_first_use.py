"""What a new user chooses, and where it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.clock import SystemClock
from stretch_coach.context import Context
from stretch_coach.journal.plan import Plan, load_plans, set_plan
from stretch_coach.paths import Places
from stretch_coach.session.first_use import Choices, current_choices, finish, is_due, keep_choices, leave_open
from stretch_coach.settings import Settings
from stretch_coach.settings.schema import RULES

DAYS = st.frozensets(st.integers(0, 6), min_size=1)


@pytest.fixture
def user(places: Places) -> Context:
    """Return the context of a new user."""
    return Context(places, Settings(), SystemClock(), lambda _: None)


@given(DAYS, st.integers(1, 9), st.sampled_from([None, 30, 45, 60]))
def test_break_rule_is_valid_and_on_the_days_of_the_plan(days: frozenset[int], per_day: int, every: int | None) -> None:
    choices = Choices(days, per_day, "full", every)
    rule = choices.break_rule()
    if every is None:
        assert rule is None
        return
    [read] = RULES.kind.read([rule])
    assert (read.every, read.days, read.routine) == (every, days, "rotate: quick")


@given(DAYS, st.integers(1, 9))
def test_sentence_names_the_sessions_of_a_week(days: frozenset[int], per_day: int) -> None:
    number = len(days) * per_day
    assert Choices(days, per_day).sentence().startswith(f"{number} session{'s' * (number != 1)} a week: ")


def test_sentence_asks_for_a_day() -> None:
    assert Choices(frozenset()).sentence() == "Choose at least one day."


def test_sentence_says_when_breaks_come() -> None:
    assert Choices(every=45).sentence() == (
        "5 sessions a week: Mon to Fri, 1 session a day. "
        "On these days, a break after 45 minutes at the screen, while the app is open."
    )


def test_choices_are_kept(user: Context) -> None:
    keep_choices(user, Choices(frozenset({0, 2}), 2, "tones", 30))
    with user.history() as history:
        assert load_plans(history) == [(user.today, Plan(frozenset({0, 2}), 2))]
    assert user.settings.voice.level == "tones"
    [rule] = user.settings.breaks.rules
    assert (rule.every, rule.days) == (30, frozenset({0, 2}))
    assert current_choices(user, new=True) == Choices(frozenset({0, 2}), 2, "tones")


def test_same_plan_is_not_written_again(user: Context) -> None:
    with user.writable_history() as history:
        set_plan(history, user.today, Plan(per_day=3), 1)
    keep_choices(user, Choices(Plan().days, 3))
    with user.history() as history:
        assert history.execute("SELECT count(*) FROM plan_change").fetchone() == (1,)


def test_user_without_a_plan_keeps_the_default_one_that_held_so_far(user: Context) -> None:
    assert current_choices(user, new=False).days == Plan().days
    assert current_choices(user, new=True).days == frozenset(range(5))


def test_choices_are_due_until_they_were_asked_for(user: Context) -> None:
    with user.writable_history() as history:
        assert not is_due(history), "an old history"
        leave_open(history)
        assert is_due(history)
    finish(user)
    with user.history() as history:
        assert not is_due(history)
