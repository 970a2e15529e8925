"""The JSON form of a state: it reads back, and whatever is not a state is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.breaks.activity import Seat
from stretch_coach.breaks.prompt import Deferral, Phase, Prompt
from stretch_coach.breaks.state import DayState, state_from_json, state_to_json

SECONDS = st.floats(0, 1e9)
NAMES = st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True)
PROMPTS = st.builds(
    Prompt,
    id=st.uuids().map(str),
    rules=st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    routine=NAMES,
    due=SECONDS,
    phase=st.sampled_from(Phase),
    left=SECONDS,
    times_shown=st.integers(0, 9),
    snoozes=st.integers(0, 9),
    unanswered=st.booleans(),
    announced=st.booleans(),
    deferral=st.none() | st.sampled_from(Deferral),
    deferred=SECONDS,
    why=NAMES,
)
STATES = st.builds(
    DayState,
    seat=st.builds(Seat, st.booleans(), SECONDS, st.booleans(), st.integers(0, 2), SECONDS),
    active=SECONDS,
    resets=st.dictionaries(NAMES, SECONDS, max_size=3),
    prompt=st.none() | PROMPTS,
    since_asked=st.none() | SECONDS,
    day=st.dates().map(str),
    asked=st.integers(0, 99),
    times_seen_until=st.none() | SECONDS,
    asked_times=st.dictionaries(NAMES, st.datetimes().map(lambda at: at.isoformat(timespec="minutes")), max_size=3),
    wall=st.none() | SECONDS,
    in_session=st.booleans(),
)


@given(STATES)
def test_a_state_reads_back(state: DayState) -> None:
    assert state_from_json(json.loads(json.dumps(state_to_json(state)))) == state


def test_state_has_the_keys_of_the_first_version_and_the_reason() -> None:
    prompt = Prompt("x", ("desk",), "micro-break", 1.0, deferral=Deferral.GAP)
    data = state_to_json(DayState(prompt=prompt))
    assert list(data) == [
        *("seat", "active", "zeros", "prompt", "since_asked", "day", "asked", "looked_until"),
        *("asked_times", "wall", "in_session"),
    ]
    assert list(data["prompt"]) == [
        *("id", "rules", "routine", "due", "phase", "left", "asking", "snoozes", "unanswered", "announced"),
        *("hold", "held", "why"),
    ]


def test_state_of_an_earlier_version_is_read() -> None:
    data = state_to_json(DayState(prompt=Prompt("0" * 36, ("desk",), "micro-break", 1.0), day="2026-11-20"))
    del data["prompt"]["why"]
    assert state_from_json(data).prompt == Prompt("0" * 36, ("desk",), "micro-break", 1.0)


PROMPT = state_to_json(DayState(prompt=Prompt("0" * 36, ("desk",), "micro-break", 1.0)))["prompt"]
BAD_VALUES: list[dict[str, Any]] = [
    {"active": float("nan")},
    {"active": float("inf")},
    {"active": "much"},
    {"active": True},
    {"active": -1.0},
    {"wall": 10**400},
    {"wall": 1e300},
    {"wall": -1e18},
    {"looked_until": float("inf")},
    {"looked_until": 1e17},
    {"asked_times": {"every-5": 5}},
    {"asked_times": {"every-5": "noon"}},
    {"asked_times": {"every-5": "2026-11-20T10:00+01:00"}},
    {"asked": "x"},
    {"asked": 1.5},
    {"day": 5},
    {"day": "today"},
    {"day": "", "prompt": PROMPT},
    {"zeros": [1]},
    {"zeros": {"every-5": None}},
    {"seat": {}},
    {"seat": None},
    {"in_session": 1},
    {"prompt": []},
    {"prompt": {**PROMPT, "id": 5}},
    {"prompt": {**PROMPT, "id": "short"}},
    {"prompt": {**PROMPT, "rules": []}},
    {"prompt": {**PROMPT, "rules": [None]}},
    {"prompt": {**PROMPT, "rules": ["\x1b[2J"]}},
    {"prompt": {**PROMPT, "routine": "x" * 10_000}},
    {"prompt": {**PROMPT, "due": "now"}},
    {"prompt": {**PROMPT, "phase": "dancing"}},
    {"prompt": {**PROMPT, "left": -5}},
    {"prompt": {**PROMPT, "snoozes": 10**30}},
    {"prompt": {**PROMPT, "unanswered": 0}},
    {"prompt": {**PROMPT, "hold": "tight"}},
]


@pytest.mark.parametrize("values", BAD_VALUES, ids=lambda values: json.dumps(values)[:40])
def test_an_impossible_value_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - every reason is the same to the caller
        state_from_json({**state_to_json(DayState(day="2026-11-20")), **values})


@pytest.mark.parametrize("missing", ["seat", "active", "prompt", "wall", "asked_times"])
def test_a_missing_value_is_refused(missing: str) -> None:
    data = state_to_json(DayState())
    del data[missing]
    with pytest.raises(ValueError, match=missing):
        state_from_json(data)


@pytest.mark.parametrize("data", [None, [], "text", 5, {}])
def test_other_json_is_refused(data: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - likewise
        state_from_json(data)
