"""Each setting's bounds, and a sentence for each value that will not do."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

from stretch_coach.settings.rules import read_rules
from stretch_coach.settings.unfit import Unfit, one_word_of, routine_id, time_of_day, whole_number

Check = Callable[[Any], Any]


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Unfit("true or false. Write one of them, without quotes.")


def _text(value: Any) -> str:
    if isinstance(value, str) and value.isprintable():
        return value
    raise Unfit("text. Write it in quotes.")


def _rate(value: Any) -> int:
    return whole_number(value, 80, 300, "a rate in words a minute", 160)


def _volume(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return min(1.0, max(0.0, float(value)))
    raise Unfit("a volume. Write a number from 0 to 1.")


def _number(least: int, most: int, what: str, example: int) -> Check:
    return lambda value: whole_number(value, least, most, what, example)


def _snooze(value: Any) -> tuple[int, ...]:
    most, longest = 6, 120
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        raise Unfit(f"a list of up to {most} numbers of minutes. Write it as [5, 10, 15].")
    return tuple(whole_number(one, 1, longest, "a number of minutes", 5) for one in value)


def _day_start(value: Any) -> time:
    return time_of_day(value, "04:00")


CHECKS: dict[str, dict[str, Check]] = {
    "record": {"day_start": _day_start, "partial_counts": _truth, "manual_counts": _truth},
    "start": {"routine": routine_id},
    "voice": {
        "level": one_word_of("full", "brief", "tones", "off"),
        "voice": _text,
        "rate": _rate,
        "volume": _volume,
        "source": one_word_of("bundled", "system"),
        "explain": one_word_of("auto", "always", "never"),
    },
    "app": {
        "theme": _text,
        "view": one_word_of("mirror", "teacher"),
        "skin": _text,
        "hair": _text,
        "figure": one_word_of("auto", "blocks", "outline", "off"),
        "motion": one_word_of("full", "reduced"),
        "start_when_ready": _truth,
        "lead_in": _number(0, 30, "a number of seconds", 3),
        "ask_comfort": _truth,
        "title": _truth,
    },
    "breaks": {
        "gap": _number(0, 480, "a number of minutes", 10),
        "daily_cap": _number(0, 200, "a number of prompts", 8),
        "snooze": _snooze,
        "snooze_limit": _number(0, 20, "a number of times", 3),
        "answer_in": _number(10, 3600, "a number of seconds", 120),
        "heads_up": _number(0, 300, "a number of seconds", 30),
        "fullscreen": _truth,
        "do_not_disturb": _truth,
        "microphone": _truth,
        "hold_limit": _number(0, 720, "a number of minutes", 60),
        "natural": _number(1, 120, "a number of minutes", 5),
        "sound": _truth,
        "voice_only": _truth,
        "terminal": _text,
        "rules": read_rules,
    },
}
"""What may stand in each section."""


def quoted(value: Any) -> str:
    """A value as it stands in the file, fit to be shown."""
    text = f'"{value}"' if isinstance(value, str) else re.sub(r"\b(True|False)\b", _in_toml, str(value))
    return text if text.isprintable() else ascii(value)


def did_you_mean(word: str, known: list[str]) -> str:
    """A sentence that helps with a word that is not known."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    close = get_close_matches(word, known, n=1)
    return f" Did you mean {close[0]}?" if close else f" Write one of: {', '.join(known)}."


def _in_toml(word: re.Match[str]) -> str:
    return word[0].lower()
