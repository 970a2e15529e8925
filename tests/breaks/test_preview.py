"""What a rule would do: the parts of the day in which it may ask, and its prompts if the user works through them."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.breaks.preview import open_spans, preview_rule
from stretch_coach.breaks.rules import is_open
from stretch_coach.breaks.timetable import SystemZone
from stretch_coach.settings import BreakRule, BreakSettings, Window

FRIDAY = date(2026, 11, 20)
ZONE = SystemZone()
DESK = (Window(time(9), time(12)), Window(time(13), time(17)))

TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 7, 30]))
WINDOWS = st.lists(st.builds(Window, TIMES, TIMES).filter(lambda one: one.start != one.end), max_size=3).map(tuple)
RULES = st.builds(BreakRule, st.just("x"), every=st.just(45), days=st.frozensets(st.integers(0, 6)), windows=WINDOWS)


@given(st.lists(RULES, max_size=3), st.integers(0, 6), st.integers(0, 1439))
def test_rules_may_ask_exactly_in_their_spans(rules: list[BreakRule], day: int, minute: int) -> None:
    today = FRIDAY + timedelta(days=day)
    spans = open_spans(rules, today)
    assert all(end < start for (_, end), (start, _) in pairwise(spans))
    wall = datetime.combine(today, time(minute // 60, minute % 60))
    assert any(start <= minute < end for start, end in spans) == any(is_open(rule, wall) for rule in rules)


def preview(rule: BreakRule, day: date = FRIDAY) -> tuple[list[str], str]:
    now = ZONE.instant(datetime.combine(day, time(14, 20)))
    found = preview_rule(rule, BreakSettings(), now, ZONE, time(4))
    return [f"{one:%H:%M}" for one in found.today], f"{found.following:%a %H:%M}" if found.following else ""


class TestPreview:
    def test_prompts_are_counted_from_the_opening(self) -> None:
        rule = BreakRule("x", every=60, days=frozenset(range(5)), windows=DESK)
        assert preview(rule) == (["10:00", "11:00", "13:00", "14:00", "15:00", "16:00"], "Mon 10:00")

    def test_day_without_the_rule_has_no_prompts(self) -> None:
        rule = BreakRule("x", every=60, days=frozenset({4}), windows=DESK)
        assert preview(rule, date(2026, 11, 21)) == ([], "Fri 10:00")

    def test_rule_that_may_always_ask_counts_from_now(self) -> None:
        assert preview(BreakRule("x", every=240))[0] == ["18:20", "22:20"]

    def test_times_of_day_are_all_shown(self) -> None:
        rule = BreakRule("x", at=(time(0), time(10, 30), time(15)), days=frozenset(range(5)))
        assert preview(rule) == (["00:00", "10:30", "15:00"], "Mon 00:00")

    def test_rule_without_days_does_nothing(self) -> None:
        assert preview(BreakRule("x", every=45, days=frozenset(), windows=DESK)) == ([], "")
