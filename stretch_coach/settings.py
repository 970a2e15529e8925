"""``config.toml`` to ``Settings``: each setting with its bounds, and a sentence for each value that will not do."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from stretch_coach.errors import CoachError

# No model library here: `streak` and the break watcher read the settings, and pydantic costs more than all they do.


class _Unfit(Exception):  # noqa: N818 - it never leaves this module
    """A value that will not do; the text is what it should be."""


def _time_of_day(value: Any) -> time:
    if isinstance(value, time) and not (value.second or value.microsecond):
        return value
    if isinstance(value, str) and re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        hours, minutes = value.split(":")
        return time(int(hours), int(minutes))
    raise _Unfit('a time of day. Write it as "04:00".')


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _Unfit("yes or no. Write true or false.")


def _routine_name(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise _Unfit('a routine\'s id. Write it in quotes, such as "micro-break".')


def _checked(check: Callable[[Any], Any]) -> dict[str, Any]:
    return {"check": check}


@dataclass(frozen=True, slots=True)
class RecordSettings:
    """What counts as done, and when a day begins."""

    day_start: time = field(default=time(4), metadata=_checked(_time_of_day))
    """The local time at which a new day begins in the record."""

    partial_counts: bool = field(default=False, metadata=_checked(_truth))
    """Whether a session of which 80 % was done makes its day a done one."""

    manual_counts: bool = field(default=False, metadata=_checked(_truth))
    """Whether sessions that were logged by hand count like those the timer ran."""


@dataclass(frozen=True, slots=True)
class StartSettings:
    """What ``stretch-coach start`` does when it is not told."""

    routine: str = field(default="micro-break", metadata=_checked(_routine_name))
    """The routine that is started when none is named."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, a section each."""

    record: RecordSettings = field(default_factory=RecordSettings)
    start: StartSettings = field(default_factory=StartSettings)


def load_settings(file: Path) -> Settings:
    """Read the settings; a file that does not exist gives the defaults.

    Raises:
        CoachError: The file cannot be read, is no TOML, or has a key or a value that will not do.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise CoachError(str(file), "cannot be read as UTF-8 text.", f"({error})") from error
    import tomllib  # noqa: PLC0415 - without a file it is not needed, and it is slow to import

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CoachError(str(file), f"is not valid TOML: {error}.", "Nothing in it was changed.") from error
    return _read_document(document, _Source(file, text))


@dataclass(frozen=True, slots=True)
class _Source:
    file: Path
    text: str

    def error(self, key: str, message: str) -> CoachError:
        """An error at the line on which the key's last part is set, as far as that can be told."""
        name = re.escape(key.rpartition(".")[2])
        found = re.search(rf"^[ \t\[]*(?:[\w.]+\.)?{name}[ \t]*[=\]]", self.text, re.MULTILINE)
        line = f":{self.text.count(chr(10), 0, found.start()) + 1}" if found else ""
        return CoachError(f"{self.file}{line}", f"{key}: {message}")


def _read_document(document: dict[str, Any], source: _Source) -> Settings:
    sections = {one.name: one.default_factory for one in fields(Settings)}
    read = {}
    for name, values in document.items():
        if name not in sections:
            raise source.error(name, f"is not a section of the settings.{_did_you_mean(name, list(sections))}")
        if not isinstance(values, dict):
            raise source.error(name, f"is a section. Write [{name}] on a line of its own.")
        read[name] = _read_section(sections[name], name, values, source)  # type: ignore[arg-type]  # all have a factory
    return Settings(**read)


def _read_section(section: Callable[[], Any], name: str, values: dict[str, Any], source: _Source) -> Any:
    checks = {one.name: one.metadata["check"] for one in fields(section())}
    read = {}
    for key, value in values.items():
        if key not in checks:
            raise source.error(f"{name}.{key}", f"is not a setting.{_did_you_mean(key, list(checks))}")
        try:
            read[key] = checks[key](value)
        except _Unfit as unfit:
            raise source.error(f"{name}.{key}", f"{value!r} is not {unfit}") from unfit
    return section(**read)


def _did_you_mean(word: str, known: list[str]) -> str:
    close = get_close_matches(word, known, n=1)
    return f" Did you mean {close[0]}?" if close else f" Write one of: {', '.join(known)}."
