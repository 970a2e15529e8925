"""The calendar file: another program reads from it what was meant."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from shlex import quote
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from stretch_coach.breaks.calendar import calendar_text, calendar_user
from stretch_coach.settings import BreakRule

MADE = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
TIMES = st.lists(
    st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=4, unique=True
).map(lambda times: tuple(sorted(times)))
RULES = st.builds(
    BreakRule,
    id=st.from_regex(r"[a-z0-9]{1,20}", fullmatch=True),
    at=TIMES,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    routine=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=120),
)
MORNING = BreakRule("desk", at=(time(10, 30), time(15)))


def export(*rules: BreakRule, user: str = "somebody") -> str:
    return calendar_text(rules, TODAY, MADE, user=user, title_of=str)


def events_in(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def uids(text: str) -> dict[str, str]:
    """Return the id of each event by the wall time of its start."""
    return {f"{event['DTSTART'].dt:%H:%M}": str(event["UID"]) for event in events_in(text)}


@given(RULES)
def test_a_rule_reads_back(rule: BreakRule) -> None:
    events = events_in(export(rule))
    assert len(events) == len(rule.at)
    for event, at in zip(events, rule.at, strict=True):
        start = event["DTSTART"].dt
        assert start.tzinfo is None  # floating: the wall clock, wherever the user is
        assert start.time() == at
        assert TODAY <= start.date() < TODAY + timedelta(days=7)
        assert start.weekday() in rule.days
        assert sorted(event["RRULE"]["BYDAY"]) == sorted(DAYS[day] for day in rule.days)
        assert event["SUMMARY"] == f"Stretch: {rule.routine}"
        assert event["DESCRIPTION"] == f"stretch-coach start {quote(rule.routine)}"
        [alarm] = event.walk("VALARM")
        assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(0))


@pytest.mark.parametrize("title", ["x" * 75, "ä" * 60, "🧘" * 40, "a🧘" * 30, "\\;," * 40])
def test_lines_are_folded_between_characters(title: str) -> None:
    text = export(BreakRule("x", at=(time(10),), routine=title))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    [event] = events_in(text)
    assert event["SUMMARY"] == f"Stretch: {title}"


class TestIds:
    def test_stay_when_a_rule_changes(self) -> None:
        changed = MORNING._replace(at=(time(9), *MORNING.at), days=frozenset({1}), routine="screen-break")
        before, after = uids(export(MORNING)), uids(export(changed))
        assert {at: after[at] for at in before} == before

    def test_stay_when_another_rule_is_added_before(self) -> None:
        tea = BreakRule("tea", at=(time(16),))
        assert uids(export(MORNING)).items() <= uids(export(tea, MORNING)).items()

    def test_differ_between_times_rules_and_users(self) -> None:
        texts = [export(MORNING), export(MORNING._replace(id="tea")), export(MORNING, user="somebody else")]
        found = [uid for text in texts for uid in uids(text).values()]
        assert len(set(found)) == len(found) == 6

    def test_the_user_is_remembered_and_no_two_are_alike(self, tmp_path: Path) -> None:
        one, another = calendar_user(tmp_path / "a", 0), calendar_user(tmp_path / "b", 0)
        assert one == calendar_user(tmp_path / "a", 5) != another

    @pytest.mark.parametrize("content", ["", "[]", '{"user": 5}', '{"user": "\\u001b"}'])
    def test_a_damaged_user_is_replaced(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "calendar.json").write_text(content, encoding="utf-8")
        assert calendar_user(tmp_path, 0) == calendar_user(tmp_path, 0)


class TestRulesThatMeet:
    def test_one_alarm_for_a_moment_of_the_first_rule(self) -> None:
        events = events_in(export(MORNING, BreakRule("tea", at=(time(15),), routine="screen-break")))
        assert [(f"{event['DTSTART'].dt:%H:%M}", event["SUMMARY"]) for event in events] == [
            ("10:30", "Stretch: micro-break"),
            ("15:00", "Stretch: micro-break"),
        ]

    def test_the_other_days_of_the_second_rule_stay(self) -> None:
        weekdays = MORNING._replace(at=(time(15),), days=frozenset(range(5)))
        daily = BreakRule("tea", at=(time(15),))
        days = [sorted(event["RRULE"]["BYDAY"]) for event in events_in(export(weekdays, daily))]
        assert days == [sorted(DAYS[:5]), sorted(DAYS[5:])]


def test_rules_of_active_time_are_left_out() -> None:
    assert not events_in(export(BreakRule("x", every=45)))
