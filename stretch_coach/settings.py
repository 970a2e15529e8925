"""``config.toml`` to ``Settings``: each setting with its bounds, and a sentence for each value that will not do."""

import re
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any, NamedTuple

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
    raise _Unfit("true or false. Write one of them, without quotes.")


def _routine_name(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise _Unfit('a routine\'s id. Write it in quotes, such as "micro-break".')


def _one_of(*words: str) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if value in words:
            return value
        raise _Unfit(f"one of {', '.join(words)}. Write one of them in quotes.")

    return check


def _text(value: Any) -> Any:
    if isinstance(value, str) and value.isprintable():
        return value
    raise _Unfit("text. Write it in quotes.")


def _rate(value: Any) -> Any:
    slowest, fastest = 80, 300
    if isinstance(value, int) and not isinstance(value, bool) and slowest <= value <= fastest:
        return value
    raise _Unfit(f"a rate in words a minute. Write a whole number from {slowest} to {fastest}, such as 160.")


def _volume(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return min(1.0, max(0.0, float(value)))
    raise _Unfit("a volume. Write a number from 0 to 1.")


class RecordSettings(NamedTuple):
    """What counts as done, and when a day begins.

    Attributes:
        day_start: The local time at which a new day begins in the record.
        partial_counts: Whether a session of which 80 % was done makes its day a done one.
        manual_counts: Whether sessions that were logged by hand count like those the timer ran.
    """

    day_start: time = time(4)
    partial_counts: bool = False
    manual_counts: bool = False


class StartSettings(NamedTuple):
    """What ``stretch-coach start`` does when it is not told.

    Attributes:
        routine: The routine that is started when none is named.
    """

    routine: str = "micro-break"


class VoiceSettings(NamedTuple):
    """How the coach speaks.

    Attributes:
        level: How much is said: full, brief, tones, off.
        voice: The id, name or language of a voice; empty for one of the routine's language.
        rate: Words a minute, 80 to 300.
        volume: From 0 to 1.
        source: Where the voice comes from: bundled with the program, or the system's own.
        explain: When the full instructions are said: auto (to who is new to an exercise), always, never.
    """

    level: str = "full"
    voice: str = ""
    rate: int = 160
    volume: float = 1.0
    source: str = "bundled"
    explain: str = "auto"


class Settings(NamedTuple):
    """All settings, a section each."""

    record: RecordSettings = RecordSettings()
    start: StartSettings = StartSettings()
    voice: VoiceSettings = VoiceSettings()


_CHECKS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "record": {"day_start": _time_of_day, "partial_counts": _truth, "manual_counts": _truth},
    "start": {"routine": _routine_name},
    "voice": {
        "level": _one_of("full", "brief", "tones", "off"),
        "voice": _text,
        "rate": _rate,
        "volume": _volume,
        "source": _one_of("bundled", "system"),
        "explain": _one_of("auto", "always", "never"),
    },
}


def load_settings(file: Path) -> Settings:
    """Read the settings; a file that does not exist gives the defaults.

    Raises:
        CoachError: The file cannot be read, is no TOML, or has a key or a value that will not do.
    """
    text = _read_text(file)
    if text is None:
        return Settings()
    import tomllib  # noqa: PLC0415 - without a file it is not needed, and it is slow to import

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, place = str(error), ""
        if found := re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", what):
            what, place = found[1], f":{found[2]}:{found[3]}"
        raise CoachError(f"{file}{place}", f"is not valid TOML: {what}.", "Nothing in it was changed.") from error
    except RecursionError as error:
        raise CoachError(str(file), "is nested too deeply.", "Settings are a section and a value.") from error
    return _read_document(document, _Source(file, text))


def _read_text(file: Path) -> str | None:
    """The text of the settings file; none if there is no such file."""
    try:
        if file.exists() and not file.is_file():
            raise CoachError(str(file), "is not a file.", "Move it away, or write a file in its place.")
        raw = file.read_bytes()
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise CoachError(str(file.parent), "is not a folder.", "Settings and history need a folder there.") from error
    except OSError as error:
        raise CoachError(str(file), f"cannot be read ({error.strerror}).", "Check its permissions.") from error
    if raw.startswith(b"\xef\xbb\xbf"):
        raise CoachError(f"{file}:1:1", "starts with a byte order mark.", "Save it as UTF-8 without BOM.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CoachError(f"{file}:{line}", "has a character that is not UTF-8.", "Save it as UTF-8.") from error


class _Source(NamedTuple):
    file: Path
    text: str

    def error(self, key: str, message: str) -> CoachError:
        """An error at the line on which the key's last part is set, as far as that can be told."""
        name = re.escape(key.rpartition(".")[2])
        key = key if key.isprintable() else ascii(key)
        found = re.search(rf"^[ \t\[]*(?:[\w.]+\.)?{name}[ \t]*[=\]]", self.text, re.MULTILINE)
        line = f":{self.text.count(chr(10), 0, found.start()) + 1}" if found else ""
        return CoachError(f"{self.file}{line}", f"{key}: {message}")


def _read_document(document: dict[str, Any], source: _Source) -> Settings:
    settings = Settings()
    for name, values in document.items():
        if name not in _CHECKS:
            raise source.error(name, f"is not a section of the settings.{_did_you_mean(name, list(_CHECKS))}")
        if not isinstance(values, dict):
            raise source.error(name, f"is a section. Write [{name}] on a line of its own.")
        section = getattr(settings, name)._replace(**_read_section(name, values, source))
        settings = settings._replace(**{name: section})
    return settings


def _read_section(name: str, values: dict[str, Any], source: _Source) -> dict[str, Any]:
    checks = _CHECKS[name]
    read = {}
    for key, value in values.items():
        if key not in checks:
            raise source.error(f"{name}.{key}", f"is not a setting.{_did_you_mean(key, list(checks))}")
        try:
            read[key] = checks[key](value)
        except _Unfit as unfit:
            raise source.error(f"{name}.{key}", f"{_quoted(value)} is not {unfit}") from unfit
    return read


def _quoted(value: Any) -> str:
    """A value as it stands in the file, fit to be shown."""
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if text.isprintable() else ascii(value)


def _did_you_mean(word: str, known: list[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    close = get_close_matches(word, known, n=1)
    return f" Did you mean {close[0]}?" if close else f" Write one of: {', '.join(known)}."
