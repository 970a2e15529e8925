"""Seasons of breaks with random use, suspends, travel and summer time; tests/e2e simulates whole years."""

import random
from collections import Counter
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from stretch_coach.breaks.activity import Sample
from stretch_coach.breaks.day import BreakDay
from stretch_coach.breaks.prompt import Ask, Choice, Phase, RecordAnswer
from stretch_coach.breaks.rules import is_open
from stretch_coach.breaks.timetable import times_between
from stretch_coach.settings import BreakRule, BreakSettings, Window
from tests.breaks.simulation import id_maker
from tests.breaks.test_timetable import ZONE_NAMES
from tests.breaks.zones import RegionZone

DESK = BreakRule(
    "desk",
    every=45,
    days=frozenset(range(5)),
    windows=(Window(time(9), time(12, 30)), Window(time(13, 30), time(17, 30))),
)
TIMES = BreakRule("times", at=(time(1, 30), time(2, 30), time(10, 30), time(15)), routine="screen-break")
SETTINGS = BreakSettings(rules=(DESK, TIMES), gap=10, daily_cap=9, snooze_limit=2)
STEP = 60.0
START = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
YEAR_DAYS = 365
ANSWERS = (Choice.START, Choice.SNOOZE, Choice.SKIP, Choice.DISMISSED, None)


class Traveller:
    """The zone of somebody who moves now and then."""

    def __init__(self, home: str) -> None:
        self.zone = RegionZone(ZoneInfo(home))

    def wall(self, instant: float) -> datetime:
        return self.zone.wall(instant)

    def instant(self, wall: datetime) -> float:
        return self.zone.instant(wall)


class Simulation:
    """Simulates days, and checks each action as it comes."""

    def __init__(self, home: str, *, travels: bool, start: float = START) -> None:
        self.chance = random.Random(f"{home}{travels}")  # noqa: S311 - the same days each time
        self.zone = Traveller(home)
        self.home = home
        self.travels = travels
        self.day = BreakDay(SETTINGS, self.zone, id_maker())
        self.wall = start
        self.idle = 0.0
        self.open_prompt = ""
        self.last_ask = float("-inf")
        self.asked_on: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()
        self.session = 0

    def sample(self, step: float, *, locked: bool = False) -> None:
        self.wall += step
        sample = Sample(step, self.wall, self.idle, locked=locked, in_session=self.session > 0)
        self.session = max(0, self.session - 1)
        for action in self.day.tick(sample):
            if isinstance(action, Ask):
                self.check_ask(action, sample)
            elif isinstance(action, RecordAnswer):
                self.check_record(action)
        prompt = self.day.state.prompt
        if prompt and prompt.phase is Phase.ASKING and (choice := self.chance.choice(ANSWERS)):
            for action in self.day.answer(choice, self.wall):
                if isinstance(action, RecordAnswer):
                    self.check_record(action)
            if choice is Choice.START and self.chance.random() < 0.9:
                self.session = 3

    def check_ask(self, ask: Ask, sample: Sample) -> None:
        """Check that one prompt at a time is shown, to somebody who is there, at its time and not too often."""
        prompt = ask.prompt
        assert sample.idle is not None
        assert sample.idle < 60
        assert not sample.locked
        assert sample.step <= 90
        assert self.open_prompt in ("", prompt.id)
        self.open_prompt = prompt.id
        if prompt.rules == ("desk",):
            assert is_open(DESK, self.zone.wall(self.wall))
        if prompt.times_shown == 1:
            assert self.wall - self.last_ask >= SETTINGS.gap * 60
            self.asked_on[self.day.state.day] += 1
            assert self.travels or self.asked_on[self.day.state.day] <= SETTINGS.daily_cap
        self.last_ask = self.wall

    def check_record(self, action: RecordAnswer) -> None:
        """Check that an answer ends the prompt that was shown, or lets it return."""
        self.answers[action.record.answer.value] += 1
        if action.record.id == self.open_prompt:
            self.open_prompt = ""

    def run(self, days: int) -> None:
        end = self.wall + days * 86_400
        while self.wall < end:
            kind = self.chance.choices(["work", "away", "nap", "night", "lock", "travel"], [50, 20, 8, 18, 5, 1])[0]
            minutes = self.chance.randint(1, 150)
            match kind:
                case "work":
                    for _ in range(minutes):
                        self.idle = self.chance.choice([0.0, 0.0, 10.0, 40.0])
                        self.sample(STEP)
                case "away" | "lock":
                    for _ in range(minutes // 4):
                        self.idle += STEP
                        self.sample(STEP, locked=kind == "lock")
                case "nap":
                    self.idle = 0.0
                    self.sample(self.chance.uniform(91, 3600))
                case "night":
                    self.idle = 0.0
                    self.sample(self.chance.uniform(5, 11) * 3600)
                case _ if self.travels:
                    region = self.chance.choice([self.home, "Asia/Tokyo", "America/Denver"])
                    self.zone.zone = RegionZone(ZoneInfo(region))


@pytest.mark.parametrize(
    ("home", "travels", "start"),
    [
        ("America/New_York", False, datetime(2026, 2, 20, tzinfo=UTC)),
        ("Australia/Lord_Howe", False, datetime(2026, 3, 20, tzinfo=UTC)),
        ("Europe/London", True, datetime(2026, 10, 5, tzinfo=UTC)),
    ],
)
def test_prompts_keep_every_rule_while_the_clock_changes(home: str, travels: bool, start: datetime) -> None:  # noqa: FBT001 - a case
    simulation = Simulation(home, travels=travels, start=start.timestamp())
    simulation.run(days=40)
    assert sum(simulation.asked_on.values()) > 50
    assert set(simulation.answers) == {"started", "snoozed", "skipped", "missed", "natural"}


@pytest.mark.parametrize("home", ZONE_NAMES[:4])
def test_no_time_of_day_of_a_year_is_lost_or_repeated(home: str) -> None:
    zone = RegionZone(ZoneInfo(home))
    day = BreakDay(BreakSettings(rules=(TIMES,), gap=0), zone, id_maker())
    due = [instant for instant, _ in times_between(TIMES, START, START + YEAR_DAYS * 86_400, zone)]
    asked = []
    day.tick(Sample(0.0, START, 0.0))
    for instant in due:
        # Only the minutes around each time; nothing happens in between.
        for minute in range(-3, 3):
            wall = instant + minute * STEP
            if any(isinstance(action, Ask) for action in day.tick(Sample(STEP, wall, 0.0))):
                asked.append(wall)
                day.answer(Choice.SKIP, wall)
    assert asked == due
