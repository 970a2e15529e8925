"""What is expected is what then comes, if somebody works on and takes each break."""

from datetime import UTC, time

import pytest

from stretch_coach.breaks.forecast import Expected, Forecast
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.state import DayState
from stretch_coach.breaks.zone import RegionZone
from stretch_coach.settings import BreakRule, BreakSettings, Window
from tests.breaks.played import DESK, MONDAY, Desk

ZONE = RegionZone(UTC)
TIMES = BreakRule("times", at=(time(10, 30), time(11, 5)), routine="screen-break")
LONG = BreakRule("long", every=120, routine="desk-reset")


@pytest.mark.parametrize(
    "settings",
    [
        BreakSettings(rules=(DESK,)),
        BreakSettings(rules=(DESK, TIMES)),
        BreakSettings(rules=(DESK, LONG)),
        BreakSettings(rules=(DESK, TIMES, LONG), gap=30),
        BreakSettings(rules=(DESK._replace(windows=(Window(time(9), time(10)), Window(time(11), time(13)))),)),
    ],
)
def test_what_is_expected_comes(settings: BreakSettings) -> None:
    desk = Desk(settings)
    expected = Forecast(settings, ZONE).expect(DayState(), MONDAY, 4)
    came: list[Expected] = []
    while len(came) < 4:
        desk.work(0.5)
        prompt = desk.day.state.prompt
        if prompt and prompt.asking:
            came.append(Expected(desk.wall, prompt.rules[0], prompt.routine))
            desk.answer(Choice.START)
            desk.day.state = desk.day.state._replace(prompt=None)
    assert came == expected


def test_a_daily_limit_puts_the_rest_off_to_the_next_day() -> None:
    settings = BreakSettings(rules=(TIMES,), daily_cap=1)
    expected = Forecast(settings, ZONE).expect(DayState(), MONDAY, 3)
    assert [round((one.at - MONDAY) / 3600, 2) for one in expected] == [1.5, 25.5, 49.5]


def test_nothing_is_expected_in_a_pause_or_without_rules() -> None:
    assert Forecast(BreakSettings(), ZONE).expect(DayState(), MONDAY, 3) == []
    [first] = Forecast(BreakSettings(rules=(TIMES,)), ZONE).expect(DayState(), MONDAY, 1, MONDAY + 2 * 3600)
    assert first.at == MONDAY + 125 * 60
