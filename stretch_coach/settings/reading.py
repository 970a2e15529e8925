"""``config.toml`` to ``Settings``, and a located sentence for what will not do."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.settings.checks import CHECKS, did_you_mean, quoted
from stretch_coach.settings.model import Settings
from stretch_coach.settings.unfit import Unfit


def load_settings(file: Path) -> Settings:
    """Read the settings; a file that does not exist gives the defaults.

    Raises:
        CoachError: The file cannot be read, is no TOML, or has a key or a value that will not do.
    """
    text = read_text(file)
    return Settings() if text is None else read_settings(text, file)


def read_settings(text: str, file: Path) -> Settings:
    """The settings in a text.

    Args:
        text: The text of a settings file.
        file: The file, for what is told of it.

    Raises:
        CoachError: The text is no TOML, or has a key or a value that will not do.
    """
    return _read_document(parse(text, file), _Source(file, text))


def parse(text: str, file: Path) -> dict[str, Any]:
    """The tables and values in a text, unchecked.

    Raises:
        CoachError: The text is no TOML.
    """
    import tomllib  # noqa: PLC0415 - without a file it is not needed, and it is slow to import

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, place = str(error), ""
        if found := re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", what):
            what, place = found[1], f":{found[2]}:{found[3]}"
        raise CoachError(f"{file}{place}", f"is not valid TOML: {what}.", "Nothing in it was changed.") from error
    except RecursionError as error:
        raise CoachError(str(file), "is nested too deeply.", "Settings are a section and a value.") from error


def read_text(file: Path) -> str | None:
    """The text of the settings file; none if there is no such file.

    Raises:
        CoachError: It cannot be read, or is no UTF-8.
    """
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

    def error(self, key: str, message: str, start: int = 0) -> CoachError:
        """An error at the line on which the key's last part is set, as far as that can be told.

        Args:
            key: The setting.
            message: What is wrong with it.
            start: Where in the text to look from.
        """
        name = re.escape(key.rpartition(".")[2])
        key = key if key.isprintable() else ascii(key)
        found = re.compile(rf"^[ \t\[]*(?:[\w.]+\.)?{name}[ \t]*[=\]]", re.MULTILINE).search(self.text, start)
        line = f":{self.text.count(chr(10), 0, found.start()) + 1}" if found else ""
        return CoachError(f"{self.file}{line}", f"{key}: {message}")

    def start_of(self, table: str, number: int) -> int:
        """Where the table of this number in a list of tables begins; the text's beginning if that cannot be told."""
        heads = list(re.finditer(rf"^[ \t]*\[\[[ \t]*{re.escape(table)}[ \t]*\]\]", self.text, re.MULTILINE))
        return heads[number].start() if number < len(heads) else 0


def _read_document(document: dict[str, Any], source: _Source) -> Settings:
    settings = Settings()
    for name, values in document.items():
        if name not in CHECKS:
            raise source.error(name, f"is not a section of the settings.{did_you_mean(name, list(CHECKS))}")
        if not isinstance(values, dict):
            raise source.error(name, f"is a section. Write [{name}] on a line of its own.")
        section = getattr(settings, name)._replace(**_read_section(name, values, source))
        settings = settings._replace(**{name: section})
    return settings


def _read_section(name: str, values: dict[str, Any], source: _Source) -> dict[str, Any]:
    checks = CHECKS[name]
    read = {}
    for key, value in values.items():
        if key not in checks:
            raise source.error(f"{name}.{key}", f"is not a setting.{did_you_mean(key, list(checks))}")
        try:
            read[key] = checks[key](value)
        except Unfit as unfit:
            raise _told(unfit, f"{name}.{key}", value, source) from unfit
    return read


def _told(unfit: Unfit, key: str, value: Any, source: _Source) -> CoachError:
    """What is wrong with a setting, or with a part of it, where that stands."""
    if not unfit.path:
        return source.error(key, f"{quoted(value)} is not {unfit.expected}")
    number, *inner = unfit.path
    start = source.start_of(key, number) if isinstance(number, int) else 0
    place = ".".join([f"{key}[{number}]", *map(str, inner)])
    message = unfit.sentence or f"{quoted(unfit.value)} is not {unfit.expected}"
    if inner:
        return source.error(place, message, start)
    # The rule as a whole: the line of its head.
    line = source.text.count("\n", 0, start) + 1
    return CoachError(f"{source.file}:{line}", f"{place}: {message}")
