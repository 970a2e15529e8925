"""When the next prompt comes, in one sentence: what the app shows at home."""

from datetime import time
from typing import NamedTuple

from stretch_coach.breaks.forecast import Forecast
from stretch_coach.breaks.state import DayState, Phase
from stretch_coach.breaks.wording import HELD_BACK, minutes_text, moment_text, routine_name
from stretch_coach.breaks.zone import Zone
from stretch_coach.settings import BreakSettings


class Moment(NamedTuple):
    """What the sentence is made of.

    Attributes:
        state: What has been counted so far.
        settings: The rules, and how to ask.
        now: The instant.
        paused_until: When the pause ends; none if there is none.
        day_start: When a day of the record begins.
    """

    state: DayState
    settings: BreakSettings
    now: float
    paused_until: float | None = None
    day_start: time = time(4)


def next_prompt(moment: Moment, zone: Zone) -> str:
    """When the next prompt comes, and what it waits for; empty where no rule asks for any."""
    if not moment.settings.rules:
        return ""
    if moment.paused_until is not None:
        return f"Breaks are paused until {moment_text(zone, moment.paused_until, moment.now)}."
    return _of_prompt(moment.state) if moment.state.prompt else _of_forecast(moment, zone)


def _of_forecast(moment: Moment, zone: Zone) -> str:
    state, settings, now = moment.state, moment.settings, moment.now
    expected = Forecast(settings, zone, moment.day_start).expect(state, now, 1)
    if not expected:
        return "No break is planned for the next month."
    at = f"Next break at {moment_text(zone, expected[0].at, now)}"
    rule = next((one for one in settings.rules if one.id == expected[0].rule), None)
    if rule is None or rule.every is None:
        return f"{at}, by the clock."
    left = rule.every * 60 - state.active_for(rule.id)
    if left <= 0 or expected[0].at - now > left + settings.gap * 60:
        return f"{at}."
    return f"{at}, after {minutes_text(left, 'more active ')}."


def _of_prompt(state: DayState) -> str:
    prompt = state.prompt
    if prompt is None:
        return ""
    name = routine_name(prompt.routine)
    match prompt.phase:
        case Phase.ASKING:
            return f"{name} is being asked for."
        case Phase.SNOOZED:
            return f"{name} is snoozed for {minutes_text(prompt.left)}."
        case Phase.STARTED:
            return f"{name} is under way."
        case Phase.ANNOUNCED:
            return f"{name} comes in a moment."
        case _:
            return f"{name} is due, and held back{f': {HELD_BACK[prompt.hold]}' if prompt.hold else ''}."
