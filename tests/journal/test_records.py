"""Sessions as JSON: RFC 3339 with the offset of the user's clock, and seconds as a person writes them."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord, session_json

HALF_AN_HOUR = 1800


def test_session_json(session: Callable[..., SessionRecord], now_ms: int) -> None:
    record = session(
        source=Source.BREAK, started_ms=now_ms + 5, done_ms=59_500, planned_ms=90_000, utc_offset_s=-5 * 3600
    )
    record = record._replace(outcome=Outcome.PARTIAL, segments_done=3, device="a-device")
    step = StepRecord(2, "left", "chin-tuck", 20_000, 19_500, 2, 1, StepOutcome.PARTIAL)
    message = session_json(record, [step])
    assert message == {
        "type": "session",
        "id": record.id,
        "started_at": "2026-11-19T19:00:00.005-05:00",
        "ended_at": "2026-11-19T19:00:59.505-05:00",
        "day": "2026-11-20",
        "routine": "micro-break",
        "title": "Micro break",
        "planned_seconds": 90,
        "done_seconds": 59.5,
        "segments": 4,
        "segments_done": 3,
        "outcome": "partial",
        "source": "break",
        "device": "a-device",
        "note": None,
        "comfort_before": None,
        "comfort_after": None,
        "deleted": False,
        "steps": [
            {
                "step": 2,
                "side": "left",
                "exercise": "chin-tuck",
                "planned_seconds": 20,
                "done_seconds": 19.5,
                "reps": 2,
                "reps_done": 1,
                "outcome": "partial",
            }
        ],
    }
    assert json.loads(json.dumps(message)) == message


def test_session_json_whole_seconds_have_no_decimal_point(session: Callable[..., SessionRecord]) -> None:
    message = json.dumps(session_json(session(), []))
    assert '"planned_seconds": 60, "done_seconds": 60,' in message


def test_session_json_of_a_session_that_has_not_ended(session: Callable[..., SessionRecord]) -> None:
    assert session_json(session()._replace(ended_ms=None), [])["ended_at"] is None


@pytest.mark.parametrize(("offset_s", "written"), [(0, "+00:00"), (20_700, "+05:45"), (-12_600, "-03:30")])
def test_session_json_has_the_offset_of_the_users_clock(
    session: Callable[..., SessionRecord], offset_s: int, written: str
) -> None:
    assert session_json(session(utc_offset_s=offset_s), [])["started_at"].endswith(written)


@given(
    ms=st.integers(0, 4_102_444_800_000),
    offset_s=st.integers(-28, 28).map(lambda halves: halves * HALF_AN_HOUR),
)
def test_timestamp_is_exact_to_the_millisecond(ms: int, offset_s: int) -> None:
    record = SessionRecord("", ms, ms, offset_s, None, "", "", "", 1, 0, 1, 0, Outcome.COMPLETED, Source.TIMER, None)
    read = datetime.fromisoformat(session_json(record, [])["started_at"])
    assert read.timestamp() == pytest.approx(ms / 1000, abs=1e-4)
    assert read.utcoffset() == timedelta(seconds=offset_s)
