"""Changes ``config.toml`` and keeps the user's comments and order. A file that is broken is never written over."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stretch_coach.errors import CoachError
from stretch_coach.new_file import new_file
from stretch_coach.paths import make_private_folder
from stretch_coach.settings.checks import CHECKS, did_you_mean, quoted
from stretch_coach.settings.layout import append_section, insert_setting, insert_table, remove_table
from stretch_coach.settings.model import Settings
from stretch_coach.settings.reading import parse, read_settings, read_text
from stretch_coach.settings.unfit import Unfit

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_RULES = "breaks.rules"


def change_setting(file: Path, section: str, key: str, value: Any) -> Settings:
    """Set one setting in the file, which is made if there is none.

    Args:
        file: The settings file.
        section: A section's name, such as ``voice``.
        key: A setting of it, such as ``rate``.
        value: What TOML can hold: text, number, truth, time or a list of them.

    Returns:
        All settings as they are now.

    Raises:
        CoachError: There is no such setting, the value will not do, or the file is broken or cannot be written.
    """
    check = _check_of(section, key)
    try:
        check(value)
    except Unfit as unfit:
        raise CoachError(f"{section}.{key}", f"{quoted(value)} is not {unfit.expected}") from unfit

    def change(tables: dict[str, Any]) -> None:
        tables.setdefault(section, {})[key] = value

    def write(text: str) -> str | None:
        line = _as_toml({key: value})
        document = _document(text)
        if section not in document:
            return append_section(text, section, line)
        if key not in document[section] and (longer := insert_setting(text, section, line)):
            return longer
        document[section][key] = value
        return document.as_string()

    return _edit(file, change, write)


def remove_setting(file: Path, section: str, key: str) -> Settings:
    """Take one setting out of the file, so that its default holds again.

    Returns:
        All settings as they are now.

    Raises:
        CoachError: There is no such setting, or the file is broken or cannot be written.
    """
    _check_of(section, key)

    def change(tables: dict[str, Any]) -> None:
        tables.get(section, {}).pop(key, None)

    def write(text: str) -> str | None:
        document = _document(text)
        if key not in document.get(section, {}):
            return text
        del document[section][key]
        return document.as_string()

    return _edit(file, change, write)


def add_rule(file: Path, rule: Mapping[str, Any]) -> Settings:
    """Add a break rule after the others, with the keys and values of its table in the file.

    Returns:
        All settings as they are now.

    Raises:
        CoachError: The rule will not do, or the file is broken or cannot be written.
    """

    def change(tables: dict[str, Any]) -> None:
        tables.setdefault("breaks", {}).setdefault("rules", []).append(dict(rule))

    def write(text: str) -> str | None:
        return insert_table(text, _RULES, _as_toml(rule))

    return _edit(file, change, write)


def remove_rule(file: Path, rule_id: str) -> Settings:
    """Take a break rule out of the file.

    Returns:
        All settings as they are now.

    Raises:
        CoachError: There is no such rule, or the file is broken or cannot be written.
    """
    text = read_text(file)
    ids = [] if text is None else [rule.id for rule in read_settings(text, file).breaks.rules]
    if rule_id not in ids:
        known = f"The rules are: {', '.join(ids)}." if ids else "There are none."
        raise CoachError("breaks", f"{quoted(rule_id)} is not a rule.", known)

    def change(tables: dict[str, Any]) -> None:
        del tables["breaks"]["rules"][ids.index(rule_id)]

    def write(text: str) -> str | None:
        return remove_table(text, _RULES, ids.index(rule_id))

    return _edit(file, change, write)


def _check_of(section: str, key: str) -> Callable[[Any], Any]:
    if section not in CHECKS:
        message = f"is not a section of the settings.{did_you_mean(section, list(CHECKS))}"
        raise CoachError(quoted(section), message)
    if f"{section}.{key}" == _RULES:
        raise CoachError(_RULES, "is a list of rules.", "See `stretch-coach breaks every`, `at` and `remove`.")
    known = [name for name in CHECKS[section] if f"{section}.{name}" != _RULES]
    if key not in known:
        raise CoachError(quoted(f"{section}.{key}"), f"is not a setting.{did_you_mean(key, known)}")
    return CHECKS[section][key]


def _document(text: str) -> "TOMLDocument":
    import tomlkit  # noqa: PLC0415 - only a change needs it

    return tomlkit.parse(text)


def _as_toml(values: Mapping[str, Any]) -> str:
    import tomlkit  # noqa: PLC0415 - only a change needs it

    return tomlkit.dumps(dict(values))


def _edit(file: Path, change: Callable[[dict[str, Any]], None], write: Callable[[str], str | None]) -> Settings:
    """Let a new text take the place of the file's, if it says what it is meant to say.

    Args:
        file: The settings file.
        change: Changes the tables that the text says.
        write: Writes the changed text; none where it cannot.
    """
    text = read_text(file) or ""
    read_settings(text, file)  # a file that is broken is told and stays as it is
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415 - only a change needs it

    meant = parse(text, file)
    change(meant)
    try:
        new = write(text)
    except (TOMLKitError, TypeError, ValueError, KeyError) as error:
        raise _cannot_be_changed(file) from error
    if new is None or not _says(new, meant, file):
        raise _cannot_be_changed(file)
    settings = read_settings(new, file)
    if new != text:
        _replace(file, new)
    return settings


def _says(text: str, meant: dict[str, Any], file: Path) -> bool:
    """Whether the text says what is meant; an empty section or list says as much as none."""
    try:
        said = parse(text, file)
    except CoachError:
        return False
    return _without_empty(said) == _without_empty(meant)


def _without_empty(tables: dict[str, Any]) -> dict[str, Any]:
    full = {
        name: {key: value for key, value in table.items() if f"{name}.{key}" != _RULES or value}
        for name, table in tables.items()
    }
    return {name: table for name, table in full.items() if table}


def _cannot_be_changed(file: Path) -> CoachError:
    hint = "Nothing in it was changed; `stretch-coach config edit` opens it."
    return CoachError(str(file), "is written in a way that this change cannot be made in.", hint)


def _replace(file: Path, text: str) -> None:
    """Put a text in the file's place, wholly or not at all; where the file is a link, in that of what it leads to."""
    make_private_folder(file.resolve().parent)
    with new_file(file) as stream:
        stream.write(text)
