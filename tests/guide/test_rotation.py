"""Whose turn it is among several routines, and why."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.guide.rotation import Candidate, Wants, find_named, rotate
from stretch_coach.journal.recency import Recency

FRIDAY = date(2026, 11, 20)
NOW_MS = 1_795_000_000_000
HOUR_MS = 3_600_000
ROLL = Candidate("roll", "Roll", 60, ("quick",))
WALK = Candidate("walk", "Walk", 120, ("quick", "standing"))
LIFT = Candidate("lift", "Lift", 120, ("strength",))
REST = Candidate("rest", "Rest", 600, ("evening",))
HARD = Candidate("hard", "Hard", 600, ("quick",), "intermediate")
TAUGHT = Candidate("taught", "Taught", 60, ("quick",), "clinician-taught", locked=True)
ALL = (ROLL, WALK, LIFT, REST, HARD, TAUGHT)


def recency(hours_ago: dict[str, float]) -> Recency:
    days = {id_: FRIDAY - timedelta(days=round(hours / 24)) for id_, hours in hours_ago.items()}
    return Recency(
        FRIDAY,
        NOW_MS,
        days,
        {id_: NOW_MS - round(hours * HOUR_MS) for id_, hours in hours_ago.items()},
        {id_: int(day == FRIDAY) for id_, day in days.items()},
    )


def turn(
    hours_ago: dict[str, float],
    *named: Candidate,
    hour: int = 10,
    wants: Wants = Wants(),  # noqa: B008 - it is immutable
) -> tuple[str, str]:
    found = rotate(named, recency(hours_ago), hour, wants)
    assert found
    return found.routine.id, found.reason


def test_tag_names_what_is_for_everybody_and_an_id_whatever_it_is() -> None:
    assert find_named(ALL, ["quick"]) == [ROLL, WALK]
    assert find_named(ALL, ["hard", "roll", "quick"]) == [HARD, ROLL, WALK]
    assert find_named(ALL, ["all"]) == [ROLL, WALK, LIFT, REST]
    assert find_named(ALL, ["none"]) == []


@pytest.mark.parametrize(
    ("hours_ago", "routine", "reason"),
    [
        ({}, "roll", "You haven't tried this one yet."),
        ({"roll": 24}, "walk", "You haven't tried this one yet."),
        ({"roll": 72, "walk": 48}, "roll", "Not done since Tuesday."),
        ({"roll": 72, "walk": 240}, "walk", "Not done for 10 days."),
        ({"roll": 24, "walk": 20}, "roll", "Not done since yesterday."),
        ({"roll": 2, "walk": 1}, "roll", "You have done the others more recently."),
    ],
)
def test_least_lately_done_comes_next(hours_ago: dict[str, float], routine: str, reason: str) -> None:
    assert turn(hours_ago, ROLL, WALK) == (routine, reason)


def test_what_was_done_long_ago_is_told_apart_from_what_was_never_done() -> None:
    long_ago = Recency(FRIDAY, NOW_MS, long_ago=frozenset({"roll"}))
    found = rotate([ROLL], long_ago, 10)
    assert found
    assert found.reason == "Not done for more than four weeks."


def test_evening_routine_in_the_evening_and_only_then() -> None:
    assert turn({"rest": 24}, REST, ROLL, hour=19) == ("rest", "For the evening: not done since yesterday.")
    assert turn({"roll": 24}, REST, ROLL, hour=18)[0] == "roll"
    assert turn({"rest": 1}, REST, ROLL, hour=21)[0] == "roll"


def test_what_is_for_the_goal_waits_less() -> None:
    hours, wants = {"roll": 48.0, "lift": 36.0}, Wants("strength")
    assert turn(hours, ROLL, LIFT)[0] == "roll"
    assert turn(hours, ROLL, LIFT, wants=wants) == ("lift", "For your goal: not done since Wednesday.")


def test_what_does_not_suit_is_never_chosen() -> None:
    gone, half = ROLL._replace(suited=0.0), WALK._replace(suited=0.4)
    assert turn({}, gone, WALK) == ("walk", "The only one of these that suits you.")
    assert turn({"lift": 1}, gone, half, LIFT)[0] == "walk"
    assert turn({"lift": 24}, half, LIFT)[0] == "lift"
    assert rotate([gone], recency({}), 10) is None
    assert rotate([], recency({}), 10) is None


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.sampled_from("abcdefgh"),
        st.just("Title"),
        st.integers(30, 900),
        st.sampled_from([("quick",), ("evening",), ("strength", "quick"), ()]),
        suited=st.sampled_from([0.0, 0.3, 1.0]),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)
AGES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 700), max_size=8)


@given(CANDIDATES, AGES, st.integers(0, 23), st.sampled_from(["", "strength", "evening"]))
def test_choice_does_not_depend_on_the_order_and_never_repeats_today_without_need(
    candidates: list[Candidate], ages: dict[str, float], hour: int, tag: str
) -> None:
    lately, wants = recency(ages), Wants(tag)
    found = rotate(candidates, lately, hour, wants)
    assert found == rotate(candidates[::-1], lately, hour, wants)
    suitable = [one for one in candidates if one.suited]
    assert (found is None) == (not suitable)
    if found:
        assert found.routine in suitable
        assert found.reason.endswith(".")
        turns = lately.turns_today.get(found.routine.id, 0)
        assert turns == min(lately.turns_today.get(one.id, 0) for one in suitable)
