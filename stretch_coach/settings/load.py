"""Reads `config.toml`. Errors name the file, the line, the setting and the cure."""

import errno
import re
from pathlib import Path
from typing import Any, NamedTuple

from stretch_coach.errors import CoachError, sentence
from stretch_coach.files import read_regular_file
from stretch_coach.phrasing import did_you_mean
from stretch_coach.settings.keys import KeyChanges, read_keys
from stretch_coach.settings.kinds import InvalidValue
from stretch_coach.settings.schema import SECTION_TITLES, SETTINGS, Settings
from stretch_coach.text import clean

_KEYS = "keys"
_MOST_BYTES = 1_000_000
"""A larger file is not a file of settings."""


class LoadedSettings(NamedTuple):
    """The settings to use, whether or not the file is valid.

    Attributes:
        settings: The settings of the file, or the defaults if it cannot be used.
        error: Why the file cannot be used, with its line, or None if it can.
    """

    settings: Settings
    error: CoachError | None = None


def load_settings(file: Path) -> Settings:
    """Return the settings of a file; the defaults if it does not exist.

    Raises:
        CoachError: The file cannot be read, is not TOML, or has an unknown key or an invalid value.
    """
    text = read_text(file)
    return Settings() if text is None else read_settings(text, file)


def load_settings_or_defaults(file: Path) -> LoadedSettings:
    """Return the settings of a file; the defaults and the error if it cannot be used."""
    try:
        return LoadedSettings(load_settings(file))
    except CoachError as error:
        return LoadedSettings(Settings(), error)


def read_settings(text: str, file: Path) -> Settings:
    """Return the settings that a text sets; the rest are defaults.

    Args:
        text: The text of a settings file.
        file: The file, for errors.

    Raises:
        CoachError: The text is not TOML, or has an unknown key or an invalid value.
    """
    return _read_tables(parse(text, file), _SettingsText(file, text))


def parse(text: str, file: Path) -> dict[str, Any]:
    """Return the tables and values of a text, unchecked.

    Raises:
        CoachError: The text is not TOML.
    """
    import tomllib  # noqa: PLC0415 - without a file it is not needed, and it is slow to import

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem, place = str(error), ""
        if found := re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", problem):
            problem, place = found[1], f":{found[2]}:{found[3]}"
        raise CoachError(f"{file}{place}", f"is not valid TOML: {problem}.", "Nothing in it was changed.") from error
    except RecursionError as error:
        raise CoachError(str(file), "is nested too deeply.", "Write a setting as name = value in a section.") from error


def read_text(file: Path) -> str | None:
    """Return the text of a settings file, or None if it does not exist.

    Only a regular file of a sensible size is read, so that nothing blocks.

    Raises:
        CoachError: It cannot be read, or is not UTF-8.
    """
    try:
        raw = read_regular_file(file, _MOST_BYTES)
    except NotADirectoryError as error:
        raise CoachError(str(file.parent), "is not a folder.", "Settings and history need a folder there.") from error
    except OSError as error:
        if file.is_symlink() and error.errno in (errno.ENOENT, errno.ELOOP):
            raise CoachError(str(file), "is a link that leads nowhere.", "Repair or remove the link.") from error
        if error.errno == errno.ENOENT:
            return None
        hint = "Check the file and its permissions."
        raise CoachError(str(file), f"cannot be read ({error.strerror}).", hint) from error
    if raw.startswith(b"\xef\xbb\xbf"):
        raise CoachError(f"{file}:1:1", "starts with a byte order mark.", "Save it as UTF-8 without BOM.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CoachError(f"{file}:{line}", "has a character that is not UTF-8.", "Save it as UTF-8.") from error


class _SettingsText(NamedTuple):
    file: Path
    text: str

    def error(self, key: str, message: str, start: int = 0) -> CoachError:
        """Return an error at the line that sets the last part of `key`, or at the file if that line is not found.

        Args:
            key: The setting, or a part of one.
            message: What is wrong with it.
            start: The position in the text from which to search.
        """
        name = re.escape(key.rpartition(".")[2])
        line = rf"^[ \t\[]*[\"']?(?:[\w.]+\.)?{name}[\"']?[ \t]*[=\]]"
        found = re.compile(line, re.MULTILINE).search(self.text, start)
        place = self.place(found.start()) if found else str(self.file)
        return CoachError(place, sentence(clean(key), message))

    def place(self, position: int) -> str:
        """Return the file and the line of a position in the text."""
        return f"{self.file}:{self.text.count(chr(10), 0, position) + 1}"

    def start_of_section(self, section: str) -> int:
        """Return where a section begins; 0 if that is not found."""
        head = re.search(rf"^[ \t]*\[[ \t]*{re.escape(section)}[ \t.\]]", self.text, re.MULTILINE)
        return head.start() if head else 0

    def start_of(self, table: str, number: int) -> int:
        """Return where a table of a list of tables begins; 0 if that is not found."""
        heads = list(re.finditer(rf"^[ \t]*\[\[[ \t]*{re.escape(table)}[ \t]*\]\]", self.text, re.MULTILINE))
        return heads[number].start() if number < len(heads) else 0


def _read_tables(tables: dict[str, Any], source: _SettingsText) -> Settings:
    settings = Settings()
    for section, values in tables.items():
        if section not in (*SECTION_TITLES, _KEYS):
            hint = did_you_mean(section, (*SECTION_TITLES, _KEYS))
            raise source.error(section, f"is not a section of the settings. {hint}")
        if not isinstance(values, dict):
            raise source.error(section, f"is a section. Write [{section}] on a line of its own.")
        if section == _KEYS:
            settings = settings._replace(keys=_read_keys(values, source))
            continue
        for key, value in values.items():
            name = f"{section}.{key}"
            if name not in SETTINGS:
                known = [one.key for one in SETTINGS.values() if one.section == section]
                raise source.error(name, f"is not a setting. {did_you_mean(key, known)}")
            try:
                settings = settings.with_value(SETTINGS[name], SETTINGS[name].kind.read(value))
            except InvalidValue as invalid:
                raise _located(invalid, name, source) from invalid
    return settings


def _read_keys(table: dict[str, Any], source: _SettingsText) -> KeyChanges:
    try:
        return read_keys(table)
    except InvalidValue as invalid:
        action = str(invalid.path[0])
        raise source.error(f"{_KEYS}.{action}", invalid.message, source.start_of_section(_KEYS)) from invalid


def _located(invalid: InvalidValue, name: str, source: _SettingsText) -> CoachError:
    """Return the error about a setting, or a part of one, at the line where that is set."""
    if not invalid.path:
        return source.error(name, invalid.message)
    number, *inner = invalid.path
    start = source.start_of(name, number) if isinstance(number, int) else 0
    part = ".".join([f"{name}[{number}]", *map(str, inner)])
    if inner:
        return source.error(part, invalid.message, start)
    # The rule as a whole: the line of its head.
    return CoachError(source.place(start), sentence(part, invalid.message))
