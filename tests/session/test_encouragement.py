"""The sentence after a session: true, varied, calm, and no claim about health."""

import re
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.records import Outcome
from stretch_coach.session.comfort import change_sentence
from stretch_coach.session.encouragement import Facts, warm_sentence

USUAL = Facts(
    outcome=Outcome.COMPLETED,
    title="Screen break",
    minutes=3,
    is_first=False,
    days_since=1,
    times=4,
    is_new=False,
    streak=5,
    is_longest=False,
    planned=2,
    done=1,
    week_sessions=6,
    week_minutes=30,
)
CLAIMS = re.compile(r"\b(pain|heal|cure|better|healthy|health|relief|prevent|improve|posture|stronger)", re.IGNORECASE)
ANY = st.builds(
    Facts,
    outcome=st.sampled_from(Outcome),
    title=st.just("Screen break"),
    minutes=st.integers(0, 20),
    is_first=st.booleans(),
    days_since=st.none() | st.integers(0, 400),
    times=st.integers(0, 200),
    is_new=st.booleans(),
    streak=st.integers(0, 400),
    is_longest=st.booleans(),
    planned=st.integers(0, 5),
    done=st.integers(0, 9),
    week_sessions=st.integers(0, 60),
    week_minutes=st.integers(0, 600),
)


@given(ANY, st.integers(0, 10_000))
def test_sentence_is_one_line_that_claims_nothing(facts: Facts, turn: int) -> None:
    sentence = warm_sentence(facts, turn)
    assert bool(sentence) is (facts.outcome is not Outcome.STOPPED)
    assert len(sentence) <= 80
    assert not CLAIMS.search(sentence)
    assert facts.outcome is Outcome.COMPLETED or not re.search(r"\d", sentence)


@given(ANY, st.integers(0, 10_000))
def test_every_number_in_it_is_a_fact(facts: Facts, turn: int) -> None:
    known = {facts.days_since, facts.times, facts.streak, facts.week_sessions, facts.week_minutes}
    rest = warm_sentence(facts, turn).replace(facts.title, "")
    assert {int(number) for number in re.findall(r"\d+", rest)} <= known


def test_sentence_changes_from_session_to_session() -> None:
    said = [warm_sentence(USUAL, turn) for turn in range(6)]
    assert len(set(said)) >= 4
    assert all(before != after for before, after in pairwise(said))


@dataclass
class Day:
    facts: Facts
    said: str


@pytest.mark.parametrize(
    "day",
    [
        Day(USUAL._replace(is_first=True), "Your first session. Welcome."),
        Day(USUAL._replace(days_since=12), "Good to have you back after 12 days."),
        Day(USUAL._replace(streak=30), "That makes it a 30-day streak."),
        Day(USUAL._replace(is_longest=True), "5 days: no streak of yours was longer."),
        Day(USUAL._replace(times=10), "Screen break: 10 times in four weeks. You could lead it yourself."),
    ],
    ids=lambda day: day.said,
)
def test_special_days_are_named(day: Day) -> None:
    assert {warm_sentence(day.facts, turn) for turn in range(5)} == {day.said}


@pytest.mark.parametrize(
    ("planned", "done", "said"),
    [
        (1, 1, "Everything you planned for today is done."),
        (1, 2, "That is more than you planned for today."),
        (0, 1, "A rest day by your plan, and you came anyway."),
    ],
)
def test_plan_is_mentioned_only_where_it_is_met(planned: int, done: int, said: str) -> None:
    everything = {warm_sentence(USUAL._replace(planned=planned, done=done), turn) for turn in range(12)}
    assert said in everything
    assert said not in {warm_sentence(USUAL, turn) for turn in range(12)}


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (None, 3, ""),
        (4, None, "Before: 4."),
        (8, 1, "Before 8 → after 1."),
        (4, 5, "Before 4 → after 5."),
        (4, 6, "Before 4 → after 6. Rest a while, and choose something gentler next time."),
    ],
)
def test_change_of_comfort_is_stated_and_only_a_worse_one_is_followed_by_advice(
    before: int | None, after: int | None, sentence: str
) -> None:
    assert change_sentence(before, after) == sentence
