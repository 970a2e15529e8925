import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.phrasing import count, minutes, minutes_and_seconds, percent


@pytest.mark.parametrize(("number", "text"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1_000, "1000 days")])
def test_count_takes_the_plural_for_everything_but_one(number: int, text: str) -> None:
    assert count(number, "day") == text


def test_count_takes_an_irregular_plural() -> None:
    assert (count(1, "entry", "entries"), count(2, "entry", "entries")) == ("1 entry", "2 entries")


@pytest.mark.parametrize(("share", "text"), [(None, "\N{EN DASH}"), (0.0, "0%"), (0.826, "83%"), (1.0, "100%")])
def test_percent_is_whole_and_a_dash_without_a_share(share: float | None, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59.4, "0:59"), (59.5, "1:00"), (60.5, "1:01"), (185, "3:05"), (3600, "60:00")]
)
def test_minutes_and_seconds_round_to_the_nearest_second(seconds: float, text: str) -> None:
    assert minutes_and_seconds(seconds) == text


@given(st.floats(0, 1e6))
def test_minutes_and_seconds_are_within_half_a_second(seconds: float) -> None:
    whole, rest = map(int, minutes_and_seconds(seconds).split(":"))
    assert rest < 60
    assert abs(whole * 60 + rest - seconds) <= 0.5


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 minutes"), (89, "1 minute"), (90, "2 minutes"), (600, "10 minutes")]
)
def test_minutes_round_to_the_nearest_minute(seconds: float, text: str) -> None:
    assert minutes(seconds) == text


def test_minutes_name_their_kind() -> None:
    assert minutes(60, "active") == "1 active minute"
