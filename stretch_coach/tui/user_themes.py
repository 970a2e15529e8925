"""The user's own themes: a TOML file each, whose name is the theme's. A file that cannot be used costs one sentence."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from textual.color import Color
from textual.theme import Theme

from stretch_coach.errors import CoachError
from stretch_coach.files import read_regular_file
from stretch_coach.phrasing import did_you_mean
from stretch_coach.text import clean, quoted

REQUIRED = ("background", "foreground", "primary")
OPTIONAL = ("secondary", "accent", "surface", "panel", "warning", "error", "success")
_FLAG = "dark"
_FIELDS = (*REQUIRED, *OPTIONAL, _FLAG)
_MOST_BYTES, _MOST_FILES = 100_000, 100
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_HALF = 0.5
_CURE = 'Write lines such as primary = "#4a9fc4".'


class LoadedThemes(NamedTuple):
    """The themes of a folder.

    Attributes:
        themes: The themes that can be used.
        errors: Why others cannot be used, each with its file, its line and the cure.
    """

    themes: tuple[Theme, ...] = ()
    errors: tuple[CoachError, ...] = ()


def load_themes(folder: Path) -> LoadedThemes:
    """Return the themes of all `.toml` files in a folder; none if it does not exist."""
    themes, errors = [], []
    try:
        files = sorted(folder.glob("*.toml"))[:_MOST_FILES]
    except OSError:
        return LoadedThemes()
    for file in files:
        try:
            themes.append(read_theme(file))
        except CoachError as error:
            errors.append(error)
    return LoadedThemes(tuple(themes), tuple(errors))


def read_theme(file: Path) -> Theme:
    """Return the theme of a file.

    Raises:
        CoachError: The file cannot be read, or it is not a theme.
    """
    if not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", file.stem):
        raise CoachError(str(file), "cannot be the name of a theme.", "Use lowercase letters, digits and hyphens.")
    text = _read(file)
    values = _parse(file, text)
    for field, value in values.items():
        if mistake := _mistake(field, value):
            raise CoachError(_place(file, text, field), *mistake)
    missing = [field for field in REQUIRED if field not in values]
    if missing:
        raise CoachError(str(file), f"has no {missing[0]}.", f'Add a line such as {missing[0]} = "#7fd6c2".')
    values.setdefault(_FLAG, Color.parse(values["background"]).brightness < _HALF)
    return Theme(name=file.stem, **values)


def _mistake(field: str, value: Any) -> tuple[str, str] | None:
    """Return what is wrong with a field and the cure, or None if it is right."""
    if field not in _FIELDS:
        return f"{clean(field)} is not part of a theme.", did_you_mean(field, _FIELDS)
    if field == _FLAG:
        return None if isinstance(value, bool) else ("dark is not a flag.", "Write true or false, without quotes.")
    if isinstance(value, str) and _HEX.fullmatch(value):
        return None
    return f"{field}: {quoted(value)} is not a colour.", 'Write it as "#7fd6c2".'


def _read(file: Path) -> str:
    try:
        return read_regular_file(file, _MOST_BYTES).decode("utf-8")
    except UnicodeDecodeError as error:
        raise CoachError(str(file), "has a character that is not UTF-8.", "Save it as UTF-8.") from error
    except OSError as error:
        hint = "Check the file and its permissions."
        raise CoachError(str(file), f"cannot be read ({error.strerror}).", hint) from error


def _parse(file: Path, text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - most users have no theme of their own

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(error))
        problem, place = (found[1], f":{found[2]}:{found[3]}") if found else (str(error), "")
        raise CoachError(
            f"{file}{place}", f"is not valid TOML: {problem}.", 'Write lines such as primary = "#4a9fc4".'
        ) from error
    except RecursionError as error:
        raise CoachError(str(file), "is nested too deeply.", _CURE) from error


def _place(file: Path, text: str, field: str) -> str:
    """Return the file with the line that sets a field, if that is found."""
    found = re.search(rf"^[ \t\[]*[\"']?{re.escape(field)}[\"']?[ \t]*[=\].]", text, re.MULTILINE)
    return f"{file}:{text.count(chr(10), 0, found.start()) + 1}" if found else str(file)
