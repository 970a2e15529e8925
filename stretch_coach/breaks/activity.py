"""How long somebody has really been at the screen, from samples of how long the seat has been idle."""

from collections.abc import Callable
from typing import NamedTuple

from stretch_coach.breaks.prompt import Deferral

GRACE_SECONDS = 60.0
"""Somebody who has touched nothing for less than this counts as reading."""

MAX_STEP_SECONDS = 90.0
"""A longer time between two samples means that the machine, or the program, was not running."""

_SIGNS_OF_RETURN = 2
_SIGN_SECONDS = 5.0


class Seat(NamedTuple):
    """What is known about the seat.

    Attributes:
        away: Whether the user counts as being away.
        away_seconds: The length of the absence so far.
        rested: Whether the absence has been long enough to be a break by itself.
        signs: How many consecutive samples have found the seat in use during the absence.
        since_sign: Seconds since the last of these samples.
    """

    away: bool = False
    away_seconds: float = 0.0
    rested: bool = False
    signs: int = 0
    since_sign: float = 0.0


class Sample(NamedTuple):
    """What seat and clock show at one moment.

    Attributes:
        step: Seconds since the last sample, including any time the machine slept; for the first, since the state was
            stored.
        wall: The instant, by the wall clock.
        idle: Seconds since the seat was used, or None if unknown.
        locked: Whether the screen is locked.
        paused: Whether the user has paused prompts.
        in_session: Whether a session is running.
        find_deferral: Returns why a prompt cannot be shown now, or None. Called only when one could be shown.
    """

    step: float
    wall: float
    idle: float | None
    locked: bool = False
    paused: bool = False
    in_session: bool = False
    find_deferral: Callable[[], Deferral | None] = lambda: None


class Observation(NamedTuple):
    """What one sample of the seat shows.

    Attributes:
        seat: The seat now.
        active_seconds: How much of the time since the last sample the user was there.
        natural_break: Whether the absence has just become long enough to be a break by itself.
    """

    seat: Seat
    active_seconds: float
    natural_break: bool


def observe(seat: Seat, step: float, idle: float | None, *, locked: bool, natural_seconds: float) -> Observation:
    """Take one sample of the seat.

    Args:
        seat: The seat after the last sample.
        step: Seconds since the last sample, including any time the machine slept.
        idle: Seconds since the seat was last used, or None if unknown, which counts as in use.
        locked: Whether the screen is locked.
        natural_seconds: The length of an absence that is a break by itself.
    """
    was_stopped = step > MAX_STEP_SECONDS
    untouched = idle or 0.0
    if not seat.away:
        if not (locked or was_stopped or untouched >= GRACE_SECONDS):
            return Observation(seat, step, natural_break=False)
        away_seconds = max(untouched, step if was_stopped else 0.0)
        seat = Seat(away=True, away_seconds=away_seconds)
    else:
        seat = _continue_absence(seat, step, idle, gone=locked or was_stopped)
        if seat.signs >= _SIGNS_OF_RETURN and not seat.away:
            return Observation(Seat(), 0.0, natural_break=False)
    natural = seat.away_seconds >= natural_seconds and not seat.rested
    return Observation(seat._replace(rested=seat.rested or natural), 0.0, natural_break=natural)


def _continue_absence(seat: Seat, step: float, idle: float | None, *, gone: bool) -> Seat:
    """Return the seat of a user who was away. A return takes two consecutive samples in use."""
    away_seconds, since = max(seat.away_seconds + step, idle or 0.0), seat.since_sign + step
    if gone:
        return seat._replace(away_seconds=away_seconds, signs=0, since_sign=0.0)
    if since < _SIGN_SECONDS:
        return seat._replace(away_seconds=away_seconds, since_sign=since)
    signs = seat.signs + 1 if idle is None or idle < since else 0
    # The absence does not grow while the seat is being used again.
    away_seconds = away_seconds if signs == 0 else seat.away_seconds
    return seat._replace(away=signs < _SIGNS_OF_RETURN, away_seconds=away_seconds, signs=signs, since_sign=0.0)
