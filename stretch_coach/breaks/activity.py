"""How long somebody has really been at the screen: pure accounting of what a seat shows."""

from typing import NamedTuple

GRACE_SECONDS = 60.0
"""Who has touched nothing for less than this is taken to be reading."""

LONGEST_STEP_SECONDS = 90.0
"""More than this between two looks means that the machine, or the program, was not running."""

_SIGNS_OF_RETURN = 2
_SIGN_SECONDS = 5.0


class Seat(NamedTuple):
    """What is known of the seat.

    Attributes:
        away: Whether nobody counts as being there.
        away_seconds: For how long.
        rested: Whether this absence is long enough to be a break by itself.
        signs: Looks in a row, since then, that saw it used.
        since_sign: Seconds since the last of them was taken.
    """

    away: bool = False
    away_seconds: float = 0.0
    rested: bool = False
    signs: int = 0
    since_sign: float = 0.0


class Observed(NamedTuple):
    """What a look at the seat says.

    Attributes:
        seat: The seat as it is now.
        active_seconds: How much of the time since the last look somebody was there.
        natural_break: Whether an absence has just become a break by itself.
    """

    seat: Seat
    active_seconds: float
    natural_break: bool


def observe(seat: Seat, step: float, idle: float | None, *, locked: bool, natural_seconds: float) -> Observed:
    """Look at the seat.

    Args:
        seat: The seat as it was.
        step: Seconds since the last look, the machine's sleep counted.
        idle: Seconds since it was last used; none where that is not known, which counts as being used.
        locked: Whether the screen is locked.
        natural_seconds: How long an absence is a break by itself.
    """
    was_stopped = step > LONGEST_STEP_SECONDS
    untouched = idle or 0.0
    if not seat.away:
        if not (locked or was_stopped or untouched >= GRACE_SECONDS):
            return Observed(seat, step, natural_break=False)
        away_seconds = max(untouched, step if was_stopped else 0.0)
        seat = Seat(away=True, away_seconds=away_seconds)
    else:
        seat = _still_away(seat, step, idle, gone=locked or was_stopped)
        if seat.signs >= _SIGNS_OF_RETURN and not seat.away:
            return Observed(Seat(), 0.0, natural_break=False)
    natural = seat.away_seconds >= natural_seconds and not seat.rested
    return Observed(seat._replace(rested=seat.rested or natural), 0.0, natural_break=natural)


def _still_away(seat: Seat, step: float, idle: float | None, *, gone: bool) -> Seat:
    """A seat that was left: one touch is not a return, two looks in a row that see it used are."""
    away_seconds, since = max(seat.away_seconds + step, idle or 0.0), seat.since_sign + step
    if gone:
        return seat._replace(away_seconds=away_seconds, signs=0, since_sign=0.0)
    if since < _SIGN_SECONDS:
        return seat._replace(away_seconds=away_seconds, since_sign=since)
    signs = seat.signs + 1 if idle is None or idle < since else 0
    # While it is being used again, the absence grows no longer.
    away_seconds = away_seconds if signs == 0 else seat.away_seconds
    return seat._replace(away=signs < _SIGNS_OF_RETURN, away_seconds=away_seconds, signs=signs, since_sign=0.0)
