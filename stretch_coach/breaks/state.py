"""What a day of breaks remembers from one look to the next, and through a restart. All spans are seconds."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from stretch_coach.breaks.activity import Seat


class Phase(StrEnum):
    """Where a prompt stands."""

    WAITING = "waiting"
    ANNOUNCED = "announced"
    ASKING = "asking"
    SNOOZED = "snoozed"
    STARTED = "started"


class Hold(StrEnum):
    """Why a prompt that could be shown is not."""

    APP = "app"
    FULLSCREEN = "fullscreen"
    DO_NOT_DISTURB = "do_not_disturb"
    MICROPHONE = "microphone"
    AWAY = "away"
    GAP = "gap"


class Prompt(NamedTuple):
    """A break that is due.

    Attributes:
        id: A UUIDv7.
        rules: The ids of the rules that ask, the one that decided what is offered first.
        routine: What is offered.
        due: The instant at which it came due.
        phase: Where it stands.
        left: Until that phase is over, or until it is looked at again.
        asking: How often it was shown.
        snoozes: How often it was snoozed or left unanswered.
        unanswered: Whether it was left unanswered when it was shown last.
        announced: Whether it was announced.
        hold: Why it is not shown; none if nothing holds it.
        held: For how long it has been held back.
    """

    id: str
    rules: tuple[str, ...]
    routine: str
    due: float
    phase: Phase = Phase.WAITING
    left: float = 0.0
    asking: int = 0
    snoozes: int = 0
    unanswered: bool = False
    announced: bool = False
    hold: Hold | None = None
    held: float = 0.0


class DayState(NamedTuple):
    """All that is remembered.

    Attributes:
        seat: Who is at the screen.
        active: Active time since the last break of any kind that counted for all rules.
        zeros: Per rule, what ``active`` was when its own count began anew; 0 for a rule that is not there.
        prompt: The prompt that is due; none if none is.
        since_asked: Since a prompt was last shown; none if none was.
        day: The day of the record in which prompts are counted.
        asked: How many prompts there were on it.
        looked_until: The instant up to which times of the day have been looked at; none before the first look.
        asked_times: Per rule, the wall time for which it asked last, in ISO 8601.
        wall: The instant of the last look; none before the first.
        in_session: Whether a session was under way then.
    """

    seat: Seat = Seat()
    active: float = 0.0
    zeros: Mapping[str, float] = {}
    prompt: Prompt | None = None
    since_asked: float | None = None
    day: str = ""
    asked: int = 0
    looked_until: float | None = None
    asked_times: Mapping[str, str] = {}
    wall: float | None = None
    in_session: bool = False

    def active_for(self, rule_id: str) -> float:
        """Active time that one rule has counted."""
        return self.active - self.zeros.get(rule_id, 0.0)


def state_json(state: DayState) -> dict[str, Any]:
    """The state as JSON can hold it."""
    prompt = state.prompt._asdict() if state.prompt else None
    return {**state._asdict(), "seat": state.seat._asdict(), "prompt": prompt}


def state_from_json(data: Any) -> DayState:
    """The state that was made into JSON.

    Raises:
        ValueError: It is none.
    """
    try:
        prompt = data["prompt"]
        if prompt is not None:
            hold = Hold(prompt["hold"]) if prompt["hold"] else None
            prompt = Prompt(
                **{**prompt, "rules": tuple(prompt["rules"]), "phase": Phase(prompt["phase"]), "hold": hold}
            )
        state = DayState(**{**data, "seat": Seat(**data["seat"]), "prompt": prompt})
        _require_numbers(state)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error
    return state


def _require_numbers(state: DayState) -> None:
    """Refuse what arithmetic would stumble over later."""
    numbers = [state.active, state.since_asked or 0, state.looked_until or 0, state.wall or 0, state.asked]
    numbers += [*state.zeros.values(), state.seat.away_seconds]
    if state.prompt:
        numbers += [state.prompt.due, state.prompt.left, state.prompt.held, state.prompt.snoozes]
    if not all(isinstance(one, int | float) for one in numbers):
        raise ValueError("a number is missing")
