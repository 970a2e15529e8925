"""What a day of breaks remembers from one sample to the next, and its JSON form, which survives a restart."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from stretch_coach.breaks.activity import Seat
from stretch_coach.breaks.prompt import Deferral, Phase, Prompt

MAX_INSTANT = 221_845_392_000.0
"""The year 9000: no later instant can be shown on every wall clock."""

MAX_NAME_LENGTH = 200
_ID_LENGTH = 36
_MAX_COUNT = 1_000_000


class DayState(NamedTuple):
    """Everything that is remembered. All durations are in seconds.

    Attributes:
        seat: Whether the user is at the screen.
        active: Active time since the last break that counted for all rules.
        resets: For each rule, the value of `active` at which its own count last restarted; 0 for other rules.
        prompt: The prompt that is due, if any.
        since_asked: The time since a prompt was last shown, or None if none has been.
        day: The date in the history for which prompts are counted.
        asked: How many prompts there have been on that date.
        times_seen_until: The instant up to which times of the day have been looked for; None before the first sample.
        asked_times: For each rule, the wall time for which it last asked, in ISO 8601.
        wall: The instant of the last sample; None before the first.
        in_session: Whether a session was running then.
    """

    seat: Seat = Seat()
    active: float = 0.0
    resets: Mapping[str, float] = {}
    prompt: Prompt | None = None
    since_asked: float | None = None
    day: str = ""
    asked: int = 0
    times_seen_until: float | None = None
    asked_times: Mapping[str, str] = {}
    wall: float | None = None
    in_session: bool = False

    def active_for(self, rule_id: str) -> float:
        """Return the active time that a rule has counted."""
        return self.active - self.resets.get(rule_id, 0.0)


def state_to_json(state: DayState) -> dict[str, Any]:
    """Return a state as JSON values. Keys may be added, but the first keys have not changed."""
    prompt = state.prompt
    return {
        "seat": state.seat._asdict(),
        "active": state.active,
        "zeros": dict(state.resets),
        "prompt": prompt
        and {
            "id": prompt.id,
            "rules": prompt.rules,
            "routine": prompt.routine,
            "due": prompt.due,
            "phase": prompt.phase,
            "left": prompt.left,
            "asking": prompt.times_shown,
            "snoozes": prompt.snoozes,
            "unanswered": prompt.unanswered,
            "announced": prompt.announced,
            "hold": prompt.deferral,
            "held": prompt.deferred,
            "why": prompt.why,
        },
        "since_asked": state.since_asked,
        "day": state.day,
        "asked": state.asked,
        "looked_until": state.times_seen_until,
        "asked_times": dict(state.asked_times),
        "wall": state.wall,
        "in_session": state.in_session,
    }


def state_from_json(data: Any) -> DayState:
    """Return the state in JSON values that `state_to_json` made.

    Raises:
        ValueError: A value is missing, or is not one that a day could have.
    """
    try:
        return _read_state(data)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error


def _read_state(data: Any) -> DayState:
    seat = data["seat"]
    state = DayState(
        seat=Seat(
            away=_flag(seat["away"]),
            away_seconds=seconds(seat["away_seconds"]),
            rested=_flag(seat["rested"]),
            signs=_count(seat["signs"]),
            since_sign=seconds(seat["since_sign"]),
        ),
        active=seconds(data["active"]),
        resets={name(rule): seconds(active) for rule, active in data["zeros"].items()},
        prompt=None if data["prompt"] is None else _read_prompt(data["prompt"]),
        since_asked=None if data["since_asked"] is None else seconds(data["since_asked"]),
        day=date_or_empty(data["day"]),
        asked=_count(data["asked"]),
        times_seen_until=None if data["looked_until"] is None else seconds(data["looked_until"]),
        asked_times={name(rule): _wall_time(at) for rule, at in data["asked_times"].items()},
        wall=None if data["wall"] is None else seconds(data["wall"]),
        in_session=_flag(data["in_session"]),
    )
    if state.prompt and not state.day:
        raise ValueError("a prompt without a day")
    return state


def _read_prompt(data: Any) -> Prompt:
    rules = tuple(name(rule) for rule in data["rules"])
    if not rules:
        raise ValueError("a prompt without rules")
    return Prompt(
        id=prompt_id(data["id"]),
        rules=rules,
        routine=name(data["routine"]),
        due=seconds(data["due"]),
        phase=Phase(data["phase"]),
        left=seconds(data["left"]),
        times_shown=_count(data["asking"]),
        snoozes=_count(data["snoozes"]),
        unanswered=_flag(data["unanswered"]),
        announced=_flag(data["announced"]),
        deferral=None if data["hold"] is None else Deferral(data["hold"]),
        deferred=seconds(data["held"]),
        why=name(data.get("why", "")),
    )


def seconds(value: Any) -> float:
    """Return a value if it is a duration, or an instant that can be shown, in seconds; else raise ValueError."""
    # `bool` is a kind of `int`, and no comparison with NaN is true.
    if type(value) not in (int, float) or not 0 <= value <= MAX_INSTANT:
        raise ValueError("not a number of seconds")
    return float(value)


def name(value: Any) -> str:
    """Return a value if it is a short printable text, such as an id or a date; else raise ValueError."""
    if not isinstance(value, str) or len(value) > MAX_NAME_LENGTH or not value.isprintable():
        raise ValueError("not a name")
    return value


def prompt_id(value: Any) -> str:
    """Return a value if it has the form of a UUID, as the history requires; else raise ValueError."""
    if len(name(value)) != _ID_LENGTH:
        raise ValueError("not an id")
    return str(value)


def date_or_empty(value: Any) -> str:
    """Return a value if it is a date in ISO 8601, or empty; else raise ValueError."""
    if value and date.fromisoformat(name(value)).isoformat() != value:
        raise ValueError("not a date")
    return name(value)


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _MAX_COUNT:
        raise ValueError("not a count")
    return int(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")  # noqa: TRY004 - every mistake in a state is the same error
    return value


def _wall_time(value: Any) -> str:
    text = name(value)
    if datetime.fromisoformat(text).tzinfo is not None:
        raise ValueError("not a wall time")
    return text
