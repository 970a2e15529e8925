"""A setting's value as it is typed after a command, and as it is shown."""

from datetime import time
from typing import Any

from stretch_coach.errors import CoachError
from stretch_coach.settings.checks import CHECKS, Check
from stretch_coach.settings.model import Settings
from stretch_coach.settings.unfit import Unfit


def value_from_words(section: str, key: str, words: str) -> Any:
    """The value somebody means who types these words for a setting: TOML where that will do, else the words as text.

    What will not do either way is given back as it would be read, so that whoever sets it tells what is wrong with it.
    """
    read = _as_toml(words)
    check = CHECKS.get(section, {}).get(key)
    meant = [read, words] if isinstance(read, str) else [words, read]
    return next((value for value in meant if check and _fits(check, value)), read)


def _as_toml(words: str) -> Any:
    import tomllib  # noqa: PLC0415 - only a change needs it

    try:
        return tomllib.loads(f"value = {words}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return words


def _fits(check: Check, value: Any) -> bool:
    try:
        check(value)
    except Unfit:
        return False
    return True


def shown_value(value: Any) -> str:
    """A value as TOML would have it."""
    match value:
        case bool():
            return str(value).lower()
        case time():
            return f'"{value:%H:%M}"'
        case str():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
        case tuple():
            return f"[{', '.join(map(shown_value, value))}]"
        case _:
            return str(value)


def value_of(settings: Settings, section: str, key: str) -> Any:
    """The value in force.

    Raises:
        CoachError: There is no such setting.
    """
    if section not in Settings._fields or key not in getattr(settings, section)._fields:
        raise CoachError(f"{section}.{key}", "is not a setting.", "`stretch-coach config` lists them.")
    return getattr(getattr(settings, section), key)
