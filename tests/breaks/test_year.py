"""A year of watching on a clock of its own: random use, suspends, travels and summer time."""

import random
from collections import Counter
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from stretch_coach.breaks.actions import Ask, Record
from stretch_coach.breaks.day import BreakDay, Look
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.rules import is_open, times_between
from stretch_coach.breaks.state import Phase
from stretch_coach.breaks.zone import RegionZone, Zone
from stretch_coach.settings import BreakRule, BreakSettings, Window
from tests.breaks.played import ids
from tests.breaks.test_rules import ZONE_NAMES

DESK = BreakRule(
    "desk",
    every=45,
    days=frozenset(range(5)),
    windows=(Window(time(9), time(12, 30)), Window(time(13, 30), time(17, 30))),
)
TIMES = BreakRule("times", at=(time(1, 30), time(2, 30), time(10, 30), time(15)), routine="screen-break")
SETTINGS = BreakSettings(rules=(DESK, TIMES), gap=10, daily_cap=9, snooze_limit=2)
DAYS = 365
STEP = 60.0
START = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
ANSWERS = (Choice.START, Choice.SNOOZE, Choice.SKIP, Choice.DISMISSED, None)


class Traveller(Zone):
    """Where somebody is who moves now and then."""

    def __init__(self, home: str) -> None:
        self.zone = RegionZone(ZoneInfo(home))

    def wall(self, instant: float) -> datetime:
        """The wall clock of the place."""
        return self.zone.wall(instant)

    def instant(self, wall: datetime) -> float:
        """An instant of the place."""
        return self.zone.instant(wall)


class Year:
    """Plays a year, and checks each action as it comes."""

    def __init__(self, home: str, *, travels: bool) -> None:
        self.chance = random.Random(f"{home}{travels}")  # noqa: S311 - a year that can be played again
        self.zone = Traveller(home)
        self.home = home
        self.travels = travels
        self.day = BreakDay(SETTINGS, self.zone, ids())
        self.wall = START
        self.idle = 0.0
        self.open_prompt = ""
        self.last_ask = float("-inf")
        self.asked_on: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()
        self.moved_at = START
        self.session = 0

    def look(self, step: float, *, locked: bool = False) -> None:
        """Look once."""
        self.wall += step
        look = Look(step, self.wall, self.idle, locked=locked, in_session=self.session > 0)
        self.session = max(0, self.session - 1)
        for action in self.day.tick(look):
            if isinstance(action, Ask):
                self.check_ask(action, look)
            elif isinstance(action, Record):
                self.check_record(action)
        prompt = self.day.state.prompt
        if prompt and prompt.phase is Phase.ASKING and (choice := self.chance.choice(ANSWERS)):
            for action in self.day.answer(choice, self.wall):
                if isinstance(action, Record):
                    self.check_record(action)
            if choice is Choice.START and self.chance.random() < 0.9:
                self.session = 3

    def check_ask(self, ask: Ask, look: Look) -> None:
        """One at a time, of somebody who is there, at its time, and not too many."""
        prompt = ask.prompt
        assert look.idle is not None
        assert look.idle < 60
        assert not look.locked
        assert look.step <= 90
        assert self.open_prompt in ("", prompt.id)
        self.open_prompt = prompt.id
        if prompt.rules == ("desk",):
            assert is_open(DESK, self.zone.wall(self.wall))
        if prompt.asking == 1:
            assert self.wall - self.last_ask >= SETTINGS.gap * 60
            self.asked_on[self.day.state.day] += 1
            assert self.travels or self.asked_on[self.day.state.day] <= SETTINGS.daily_cap
        self.last_ask = self.wall

    def check_record(self, action: Record) -> None:
        """An answer ends the prompt that was shown, or lets it come back."""
        self.answers[action.record.answer.value] += 1
        if action.record.id == self.open_prompt:
            self.open_prompt = ""

    def play(self) -> None:
        """A year of days."""
        end = START + DAYS * 86_400
        while self.wall < end:
            kind = self.chance.choices(["work", "away", "nap", "night", "lock", "travel"], [50, 20, 8, 18, 5, 1])[0]
            minutes = self.chance.randint(1, 150)
            match kind:
                case "work":
                    for _ in range(minutes):
                        self.idle = self.chance.choice([0.0, 0.0, 10.0, 40.0])
                        self.look(STEP)
                case "away" | "lock":
                    for _ in range(minutes // 4):
                        self.idle += STEP
                        self.look(STEP, locked=kind == "lock")
                case "nap":
                    self.idle = 0.0
                    self.look(self.chance.uniform(91, 3600))
                case "night":
                    self.idle = 0.0
                    self.look(self.chance.uniform(5, 11) * 3600)
                case _ if self.travels:
                    self.zone.zone = RegionZone(
                        ZoneInfo(self.chance.choice([self.home, "Asia/Tokyo", "America/Denver"]))
                    )


@pytest.mark.parametrize("travels", [False, True], ids=["at home", "travelling"])
@pytest.mark.parametrize("home", ZONE_NAMES)
def test_a_year(home: str, travels: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    year = Year(home, travels=travels)
    year.play()
    assert sum(year.asked_on.values()) > 500
    assert set(year.answers) == {"started", "snoozed", "skipped", "missed", "natural"}


@pytest.mark.parametrize("home", ZONE_NAMES)
def test_somebody_who_is_always_there_loses_no_time_of_the_year(home: str) -> None:
    zone = RegionZone(ZoneInfo(home))
    settings = BreakSettings(rules=(TIMES,), gap=0)
    day = BreakDay(settings, zone, ids())
    end = START + DAYS * 86_400
    due = [instant for instant, _ in times_between(TIMES, START, end, zone)]
    asked = []
    day.tick(Look(0.0, START, 0.0))
    for instant in due:
        # From a little before each time on; what was between was as quiet as that.
        for minute in range(-3, 3):
            wall = instant + minute * STEP
            if any(isinstance(action, Ask) for action in day.tick(Look(STEP, wall, 0.0))):
                asked.append(wall)
                day.answer(Choice.SKIP, wall)
    assert asked == due
