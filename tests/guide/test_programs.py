"""Where somebody is in a program: a missed day moves everything, and nothing is ever lost."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretch_coach.guide.programs import (
    ProgramStatus,
    day_name,
    find_status,
    name_routines,
    program_steps,
    today_sentences,
)
from stretch_coach.guide.progression import advise_doses, follow_program
from stretch_coach.journal.day import DAY
from stretch_coach.journal.doses import DoseChoice, Practice
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import load_library
from stretch_coach.routine.program import Program, ProgramFile

LIBRARY = load_library(bundled_routines(), Path("/nonexistent"))
TITLES = {id_: routine.title for id_, routine in LIBRARY.routines.items()}
MONDAY = date(2026, 11, 16)
DAYS = [{"routines": ["micro-break"]}, {"routines": ["screen-break", "micro-break"]}, {"rest": "Rest today."}]


def make_program(*weeks: dict[str, object], **more: object) -> Program:
    content = {"id": "mine", "title": "Mine", "weeks": list(weeks) or [{"title": "One", "times": 2, "days": DAYS}]}
    return Program(ProgramFile.model_validate(content | more), Path("mine.json"))


PROGRAM = make_program()
BUNDLED = list(LIBRARY.programs.values())
DONE = st.dictionaries(
    st.integers(0, 120).map(lambda day: MONDAY + day * DAY),
    st.lists(st.sampled_from(sorted({id_ for one in [*BUNDLED, PROGRAM] for id_ in one.routines})), max_size=4),
    max_size=80,
)


def status(done: dict[int, list[str]], day: int, program: Program = PROGRAM) -> ProgramStatus:
    return find_status(
        program, MONDAY, {MONDAY + one * DAY: Counter(all_) for one, all_ in done.items()}, MONDAY + day * DAY
    )


def counted(done: dict[date, list[str]]) -> dict[date, Counter[str]]:
    return {day: Counter(routines) for day, routines in done.items()}


class TestStatus:
    def test_day_waits_until_all_its_routines_are_done_on_one_day(self) -> None:
        assert [status({}, day).position for day in range(4)] == [0, 0, 0, 0]
        done = {1: ["micro-break"], 2: ["micro-break"], 3: ["screen-break"], 4: ["micro-break", "screen-break"]}
        assert [status(done, day).position for day in range(7)] == [0, 0, 1, 1, 1, 2, 3]
        assert status(done, 2).left == ("screen-break",)
        assert status(done, 4).is_done
        assert status(done, 4).done_days == 2

    def test_routine_that_is_named_twice_is_done_twice(self) -> None:
        twice = make_program({"title": "One", "days": [{"routines": ["micro-break", "micro-break"]}]})
        assert status({0: ["micro-break"]}, 0, twice).left == ("micro-break",)
        assert status({0: ["micro-break"] * 2}, 0, twice).is_done
        assert status({0: ["micro-break"] * 2}, 1, twice).day is None

    def test_weekdays_that_it_is_not_for_do_not_count(self) -> None:
        workdays = make_program(weekdays=["mon", "tue", "wed", "thu", "fri"])
        on_saturday = status({5: ["micro-break"]}, 5, workdays)
        assert (on_saturday.waits, on_saturday.left, on_saturday.is_done) == (True, (), False)
        assert on_saturday.next_day == MONDAY + 7 * DAY
        assert status({5: ["micro-break"]}, 7, workdays).position == 0

    def test_day_before_its_first_one_counts_as_that(self) -> None:
        assert status({}, -3).position == 0

    def test_program_waits_for_what_passes_and_continues_without_what_lasts(self) -> None:
        done = {MONDAY: Counter(["micro-break"])}
        ill = [find_status(PROGRAM, MONDAY, done, MONDAY + day * DAY, unsuitable_now={"micro-break"}) for day in (1, 9)]
        assert [(one.position, one.left, one.pauses, one.is_done) for one in ill] == [(1, (), True, False)] * 2
        assert today_sentences(ill[0], TITLES) == [
            "Week 1, day 2 of 2.",
            "Today it does not suit you, so the program waits.",
        ]
        assert not find_status(PROGRAM, MONDAY, done, MONDAY, unsuitable_now={"micro-break"}).pauses, "it was done"
        lasting = find_status(PROGRAM, MONDAY, done, MONDAY + DAY, {"micro-break"})
        assert (lasting.left, lasting.pauses) == (("screen-break",), False)

    def test_week_starts_when_its_first_day_follows(self) -> None:
        done = {0: ["micro-break"], 1: ["screen-break", "micro-break"]}
        assert [status(done, day).week_since for day in (2, 3, 9)] == [MONDAY, MONDAY + 3 * DAY, MONDAY + 3 * DAY]

    @settings(max_examples=150)
    @given(st.sampled_from([*BUNDLED, PROGRAM]), DONE, st.integers(0, 120))
    def test_time_never_leads_back(self, program: Program, done: dict[date, list[str]], day: int) -> None:
        today = MONDAY + day * DAY
        now = find_status(program, MONDAY, counted(done), today)
        later = find_status(program, MONDAY, counted(done), today + DAY)
        assert now.position <= later.position <= now.position + 1
        assert later.position == now.position + (
            now.is_done or (now.day is not None and not now.waits and not now.left)
        )

    @settings(max_examples=150)
    @given(st.sampled_from([*BUNDLED, PROGRAM]), DONE, st.integers(0, 120), st.sets(st.integers(0, 80)))
    def test_missed_day_only_delays(
        self, program: Program, done: dict[date, list[str]], day: int, missed: set[int]
    ) -> None:
        today = MONDAY + day * DAY
        fewer = {when: routines for number, (when, routines) in enumerate(done.items()) if number not in missed}
        less = find_status(program, MONDAY, counted(fewer), today)
        more = find_status(program, MONDAY, counted(done), today)
        assert less.position <= more.position
        assert less.done_days <= more.done_days


class TestWords:
    def test_day_is_named_with_its_routines(self) -> None:
        assert today_sentences(status({}, 0), TITLES) == ["Week 1, day 1 of 2: One-minute micro-break."]
        assert name_routines(["a", "micro-break", "micro-break"], TITLES) == "a, One-minute micro-break (2 times)"

    def test_done_rest_and_finished_days_say_what_follows(self) -> None:
        done = {
            0: ["micro-break"],
            1: ["screen-break", "micro-break"],
            3: ["micro-break"],
            4: ["screen-break", "micro-break"],
        }
        assert today_sentences(status(done, 0), TITLES) == [
            "Week 1, day 1 of 2 is done.",
            "Tomorrow: Three-minute screen break, One-minute micro-break.",
        ]
        assert today_sentences(status(done, 2), TITLES) == [
            "Week 1, a day of rest.",
            "Rest today.",
            "Tomorrow: One-minute micro-break.",
        ]
        assert today_sentences(status(done, 6), TITLES) == ["You have finished Mine: 4 days done."]
        assert day_name(status(done, 6)) == "Finished"

    def test_weekend_says_when_it_continues(self) -> None:
        saturday = status({}, 5, make_program(weekdays=["mon", "tue", "wed", "thu", "fri"]))
        assert today_sentences(saturday, TITLES) == [
            "Week 1, a day of rest.",
            "Mine is for mon-fri.",
            "On Monday: One-minute micro-break.",
        ]


class TestSteps:
    STRONGER = make_program({"title": "More", "steps": 1, "days": DAYS})

    def test_program_asks_for_steps_in_its_own_routines_alone(self) -> None:
        stronger = status({}, 0, self.STRONGER)
        assert [program_steps(stronger, id_) for id_ in ("micro-break", "screen-break")] == [1, 0]
        assert program_steps(None, "micro-break") == 0

    @pytest.mark.parametrize(
        ("practice", "choices", "steps"),
        [
            ([], [], 1),
            ([Practice(9, MONDAY, "chin-tuck", finished=True, worse=True)], [], -1),
            ([], [DoseChoice("chin-tuck", 0, accepted=True, at_ms=1, day=MONDAY)], 0),
            ([], [DoseChoice("chin-tuck", 0, accepted=True, at_ms=1, day=MONDAY - DAY)], 1),
            ([], [DoseChoice("chin-tuck", 2, accepted=True, at_ms=1, day=MONDAY)], 2),
        ],
    )
    def test_choices_and_worse_days_count_more_than_the_program(
        self, practice: list[Practice], choices: list[DoseChoice], steps: int
    ) -> None:
        advice = advise_doses(["chin-tuck"], practice, choices, MONDAY)
        assert follow_program(advice, 1, MONDAY, practice, choices).steps == {"chin-tuck": steps}


@pytest.mark.parametrize("program", BUNDLED, ids=lambda one: one.id)
def test_bundled_program_rests_and_cites_its_sources(program: Program) -> None:
    assert LIBRARY.errors == ()
    assert program.bundled
    assert program.file.summary
    assert program.file.evidence
    assert program.file.evidence.sources
    assert all(day.of <= 5 for day in program.days)
    assert not any(LIBRARY.routines[id_].locked for id_ in program.routines)
