"""Changes `config.toml` and keeps the user's comments and order. A file that is not valid is never overwritten."""

import re
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from stretch_coach.errors import CoachError
from stretch_coach.files import atomic_write, exclusive_lock
from stretch_coach.paths import make_private_folder
from stretch_coach.settings.kinds import InvalidValue
from stretch_coach.settings.load import parse, read_settings, read_text
from stretch_coach.settings.rules import BreakRule, free_id
from stretch_coach.settings.schema import RULES, Settings, find_value_setting
from stretch_coach.text import quoted

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_WAIT_SECONDS, _TRIES = 0.02, 250


def change_setting(file: Path, name: str, value: Any) -> Settings:
    """Set one setting in the file, which is created if it does not exist.

    Args:
        file: The settings file.
        name: The setting, such as `voice.rate`.
        value: What TOML can hold: text, a number, a flag, a time or a list of these.

    Returns:
        All settings after the change.

    Raises:
        CoachError: There is no such setting, the value is not valid, or the file is not valid or cannot be written.
    """
    setting = find_value_setting(name)
    try:
        setting.kind.read(value)
    except InvalidValue as invalid:
        raise CoachError(name, invalid.message) from invalid

    def rewrite(text: str, tables: dict[str, Any]) -> str | None:
        tables.setdefault(setting.section, {})[setting.key] = value
        line = _as_toml({setting.key: value})
        document = _document(text)
        if setting.section not in document:
            return _append_section(text, setting.section, line)
        if setting.key not in document[setting.section] and (longer := _insert_line(text, setting.section, line)):
            return longer
        document[setting.section][setting.key] = value
        return document.as_string()

    return _edit(file, rewrite)


def remove_setting(file: Path, name: str) -> Settings:
    """Remove one setting from the file, so that its default applies again.

    Args:
        file: The settings file.
        name: The setting, such as `voice.rate`.

    Returns:
        All settings after the change.

    Raises:
        CoachError: There is no such setting, or the file is not valid or cannot be written.
    """
    setting = find_value_setting(name)

    def rewrite(text: str, tables: dict[str, Any]) -> str | None:
        if tables.get(setting.section, {}).pop(setting.key, None) is None:
            return text
        document = _document(text)
        del document[setting.section][setting.key]
        return document.as_string()

    return _edit(file, rewrite)


def read_rule(rule: Mapping[str, Any]) -> BreakRule:
    """Return the break rule that a table of the file means.

    Raises:
        CoachError: It is not valid.
    """
    try:
        (read,) = RULES.kind.read([dict(rule)])
    except InvalidValue as invalid:
        raise CoachError("breaks", invalid.message) from invalid
    return cast("BreakRule", read)


def add_rule(file: Path, rule: Mapping[str, Any]) -> Settings:
    """Add a break rule after the others.

    Args:
        file: The settings file.
        rule: The keys and values of its table in the file.

    Returns:
        All settings after the change.

    Raises:
        CoachError: The rule is not valid, or the file is not valid or cannot be written.
    """
    # Checked by itself first: an error should name what was asked for, not a line that was never written.
    wanted = read_rule(rule)

    def rewrite(text: str, tables: dict[str, Any]) -> str | None:
        existing = read_settings(text, file).breaks.rules
        taken = {one.id for one in existing}
        if "id" in rule and wanted.id in taken:
            raise CoachError(
                "breaks", f"there is already a rule {quoted(wanted.id)}.", "Choose another name, or remove it."
            )
        if "id" not in rule and any(one._replace(id=wanted.id) == wanted for one in existing):
            return text
        # The name is written, so that it stays the same when other rules are removed.
        named = {"id": free_id(wanted.id, taken), **rule}
        tables.setdefault("breaks", {}).setdefault("rules", []).append(named)
        return _insert_table(text, RULES.name, _as_toml(named))

    return _edit(file, rewrite)


def replace_rule(file: Path, rule_id: str, rule: Mapping[str, Any]) -> Settings:
    """Replace what a break rule says; its name, its place and the comments in it stay.

    Args:
        file: The settings file.
        rule_id: The rule's name.
        rule: The keys and values of its table in the file, without the name.

    Returns:
        All settings after the change.

    Raises:
        CoachError: There is no such rule, the new one is not valid, or the file is not valid or cannot be written.
    """
    read_rule(rule)

    def rewrite(text: str, tables: dict[str, Any]) -> str | None:
        number = _number_of(rule_id, text, file)
        named = {"id": rule_id, **rule}
        tables["breaks"]["rules"][number] = named
        document = _document(text)
        table = document["breaks"]["rules"][number]
        for key in [key for key in table if key not in named]:
            del table[key]
        for key, value in named.items():
            if key not in table or table[key] != value:
                table[key] = value
        return document.as_string()

    return _edit(file, rewrite)


def remove_rule(file: Path, rule_id: str) -> Settings:
    """Remove a break rule from the file.

    Args:
        file: The settings file.
        rule_id: The rule's name.

    Returns:
        All settings after the change.

    Raises:
        CoachError: There is no such rule, or the file is not valid or cannot be written.
    """

    def rewrite(text: str, tables: dict[str, Any]) -> str | None:
        number = _number_of(rule_id, text, file)
        del tables["breaks"]["rules"][number]
        return _remove_table(text, RULES.name, number)

    return _edit(file, rewrite)


def _number_of(rule_id: str, text: str, file: Path) -> int:
    """Return which of the rules in a text this is, from 0.

    Raises:
        CoachError: It is none of them.
    """
    ids = [rule.id for rule in read_settings(text, file).breaks.rules]
    if rule_id not in ids:
        hint = f"The rules are: {', '.join(ids)}." if ids else "There are none."
        raise CoachError("breaks", f"{quoted(rule_id)} is not a rule.", hint)
    return ids.index(rule_id)


_Rewrite = Callable[[str, dict[str, Any]], str | None]
"""Changes the file's tables to what they should be, and returns its new text, or None if that cannot be written."""


def _edit(file: Path, rewrite: _Rewrite) -> Settings:
    """Rewrite the file if the result means exactly what it should, while no other process can."""
    make_private_folder(file.parent)
    with exclusive_lock(file, wait=partial(time.sleep, _WAIT_SECONDS), tries=_TRIES):
        text = read_text(file) or ""
        read_settings(text, file)  # raises if the file is not valid, which leaves it unchanged
        tables = parse(text, file)
        new = _try_rewrite(file, rewrite, text, tables)
        settings = read_settings(new, file)
        if new != text:
            make_private_folder(file.resolve().parent)
            with atomic_write(file) as stream:
                stream.write(new)
    return settings


def _try_rewrite(file: Path, rewrite: _Rewrite, text: str, tables: dict[str, Any]) -> str:
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415 - only a change needs it

    try:
        if (new := rewrite(text, tables)) is not None and _says(new, tables, file):
            return new
    except (TOMLKitError, TypeError, ValueError, KeyError):
        pass
    hint = "Nothing in it was changed. `stretch-coach config edit` opens it."
    raise CoachError(str(file), "is written in a way that does not allow this change.", hint)


def _says(text: str, tables: dict[str, Any], file: Path) -> bool:
    """Return whether a text has these tables; an empty section or list means as much as none."""
    try:
        return _without_empty(parse(text, file)) == _without_empty(tables)
    except CoachError:
        return False


def _without_empty(tables: dict[str, Any]) -> dict[str, Any]:
    full = {
        section: {key: value for key, value in table.items() if f"{section}.{key}" != RULES.name or value}
        for section, table in tables.items()
    }
    return {section: table for section, table in full.items() if table}


def _document(text: str) -> "TOMLDocument":
    import tomlkit  # noqa: PLC0415 - only a change needs it

    return tomlkit.parse(text)


def _as_toml(values: Mapping[str, Any]) -> str:
    import tomlkit  # noqa: PLC0415 - only a change needs it

    return tomlkit.dumps(dict(values))


# tomlkit moves comments when it adds something to a document, so additions are made in the text. A line that looks like
# the head of a table may be part of a text of several lines: `_edit` reads the result again and compares.

_HEAD = re.compile(r"^[ \t]*\[.*$", re.MULTILINE)


def _insert_line(text: str, section: str, line: str) -> str | None:
    """Return the text with one more line at the end of a section, or None if the section has no head of its own."""
    head = re.search(rf"^[ \t]*\[[ \t]*{re.escape(section)}[ \t]*\][^\n]*$", text, re.MULTILINE)
    return None if head is None else _insert(text, _end_of_block(text, head.end()), line)


def _append_section(text: str, section: str, line: str) -> str:
    """Return the text with one more section of one line at its end."""
    return _insert(text, len(text), f"{_separator(text)}[{section}]\n{line}")


def _insert_table(text: str, name: str, body: str) -> str:
    """Return the text with one more table in a list of tables, after the others or at the end."""
    heads = _heads_of(text, name)
    end = _end_of_block(text, heads[-1].end()) if heads else len(text)
    return _insert(text, end, f"{_separator(text[:end])}[[{name}]]\n{body}")


def _remove_table(text: str, name: str, number: int) -> str | None:
    """Return the text without one table of a list, counted from 0, or None if the list is not written as tables."""
    heads = _heads_of(text, name)
    if number >= len(heads):
        return None
    return text[: heads[number].start()] + text[_end_of_block(text, heads[number].end()) :]


def _heads_of(text: str, name: str) -> list[re.Match[str]]:
    dotted = r"[ \t]*\.[ \t]*".join(map(re.escape, name.split(".")))
    return list(re.finditer(rf"^[ \t]*\[\[[ \t]*{dotted}[ \t]*\]\][^\n]*$", text, re.MULTILINE))


def _end_of_block(text: str, start: int) -> int:
    """Return the end of the last line of a table. Comments right above the next head belong to that one."""
    following = _HEAD.search(text, start)
    if following is None:
        return len(text)
    lines = text[start : following.start()].split("\n")[:-1]
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return start + sum(len(line) + 1 for line in lines)


def _separator(before: str) -> str:
    return "\n" if before.strip() else ""


def _insert(text: str, end: int, new: str) -> str:
    before = text[:end]
    if before and not before.endswith("\n"):
        before += "\n"
    return before + new + text[end:]
