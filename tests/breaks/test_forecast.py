"""The prompts that are expected are the ones that come, if the user keeps working and takes each break."""

from datetime import UTC, time

import pytest

from stretch_coach.breaks.forecast import ExpectedPrompt, Forecast
from stretch_coach.breaks.prompt import Choice
from stretch_coach.breaks.state import DayState
from stretch_coach.settings import BreakRule, BreakSettings, Window
from tests.breaks.simulation import DESK, MONDAY, Desk
from tests.breaks.zones import RegionZone

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
def test_expected_prompts_come(settings: BreakSettings) -> None:
    desk = Desk(settings)
    expected = Forecast(settings, ZONE).predict(DayState(), MONDAY, 4)
    came: list[ExpectedPrompt] = []
    while len(came) < 4:
        desk.work(0.5)
        prompt = desk.day.state.prompt
        if prompt and prompt.times_shown:
            came.append(ExpectedPrompt(desk.wall, prompt.rules[0], prompt.routine))
            desk.answer(Choice.START)
            desk.day.state = desk.day.state._replace(prompt=None)
    assert came == expected


def test_a_daily_cap_postpones_the_rest_to_the_next_day() -> None:
    settings = BreakSettings(rules=(TIMES,), daily_cap=1)
    expected = Forecast(settings, ZONE).predict(DayState(), MONDAY, 3)
    assert [round((one.at - MONDAY) / 3600, 2) for one in expected] == [1.5, 25.5, 49.5]


def test_nothing_is_expected_without_rules_or_before_the_end_of_a_pause() -> None:
    assert Forecast(BreakSettings(), ZONE).predict(DayState(), MONDAY, 3) == []
    [first] = Forecast(BreakSettings(rules=(TIMES,)), ZONE).predict(DayState(), MONDAY, 1, MONDAY + 2 * 3600)
    assert first.at == MONDAY + 125 * 60
