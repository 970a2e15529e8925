"""The calendar file: what another program reads in it is what was meant."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from stretch_coach.breaks.calendar import calendar_text
from stretch_coach.settings import BreakRule

MADE = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
RULES = st.builds(
    BreakRule,
    id=st.from_regex(r"[a-z0-9]{1,20}", fullmatch=True),
    at=st.lists(
        st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=4, unique=True
    ).map(lambda times: tuple(sorted(times))),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    routine=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=120),
)


def events_in(text: str) -> list[Any]:
    """What another program reads in it."""
    return list(Calendar.from_ical(text).walk("VEVENT"))


@given(st.lists(RULES, min_size=1, max_size=3, unique_by=lambda rule: rule.id))
def test_what_is_written_reads_back(rules: list[BreakRule]) -> None:
    text = calendar_text(rules, TODAY, MADE)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    events = events_in(text)
    assert len({str(event["UID"]) for event in events}) == len(events)
    read = [(event["DTSTART"].dt, event["RRULE"]["BYDAY"], str(event["DESCRIPTION"])) for event in events]
    meant = [(rule, at) for rule in rules for at in rule.at]
    assert len(read) == len(meant)
    for (start, days, description), (rule, at) in zip(read, meant, strict=True):
        assert start.tzinfo is None  # floating: wherever you are
        assert start.time() == at
        assert TODAY <= start.date() < TODAY + timedelta(days=7)
        assert start.weekday() in rule.days
        assert sorted(days) == sorted(DAYS[day] for day in rule.days)
        assert description == f"stretch-coach start {rule.routine}"
    for event in events:
        [alarm] = event.walk("VALARM")
        assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(0))


def test_rules_of_active_time_are_no_events() -> None:
    assert not events_in(calendar_text([BreakRule("x", every=45)], TODAY, MADE))


def test_a_rule_is_an_event_a_time() -> None:
    text = calendar_text([BreakRule("x", at=(time(10, 30), time(15)))], TODAY, MADE)
    assert [event["DTSTART"].dt.time() for event in events_in(text)] == [time(10, 30), time(15)]
