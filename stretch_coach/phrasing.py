"""Phrases that many sentences share: counts with their noun, shares in percent, times as `m:ss`, and suggestions.

Numbers are rounded to the nearest. A countdown, which must not show 0:00 while it runs, rounds up before it asks for
`minutes_and_seconds`.
"""

from collections.abc import Iterable


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, such as `1 day` or `3 days`.

    Args:
        number: How many.
        noun: The noun for one.
        plural: The noun for any other number; the noun with an `s` if empty.
    """
    return f"{number} {inflect(number, noun, plural)}"


def inflect(number: int, noun: str, plural: str = "") -> str:
    """Return a noun as it follows a number; the arguments are the same as for `count`."""
    return noun if number == 1 else plural or f"{noun}s"


def percent(share: float | None) -> str:
    """Return a share from 0.0 to 1.0 in whole percent, such as `83%`, or an en dash where there is none."""
    return "\N{EN DASH}" if share is None else f"{share:.0%}"


def minutes_and_seconds(seconds: float) -> str:
    """Return a duration as minutes and seconds, such as `3:05`, to the nearest second; halves round up."""
    whole = int(max(0.0, seconds) + 0.5)
    return f"{whole // 60}:{whole % 60:02d}"


def minutes(seconds: float, kind: str = "") -> str:
    """Return a duration in whole minutes with the noun, such as `1 minute` or `12 minutes`.

    Args:
        seconds: The duration.
        kind: An adjective before the noun, such as `active`.
    """
    return count(int(max(0.0, seconds) / 60 + 0.5), f"{kind} minute" if kind else "minute")


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a sentence that helps with an unknown word.

    Args:
        word: The word.
        known: The words it may stand for.
        otherwise: The sentence if no known word is similar, where `{nearest}` stands for the least different of them;
            if empty, one that lists all known words.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    words = list(known)
    if close := get_close_matches(word, words, n=1, cutoff=0.55):
        return f'Did you mean "{close[0]}"?'
    if not otherwise:
        return f"Write one of: {', '.join(words)}."
    return otherwise.replace("{nearest}", next(iter(get_close_matches(word, words, n=1, cutoff=0)), ""))
