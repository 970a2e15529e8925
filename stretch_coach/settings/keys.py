"""The keys of the app: what each action's are, and the table `[keys]` of the settings file, which changes them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stretch_coach.phrasing import did_you_mean
from stretch_coach.settings.kinds import InvalidValue

DEFAULT_KEYS = {
    "app.help": "question_mark,f1",
    "app.jump": "ctrl+o",
    "app.quit": "ctrl+q",
    "app.suspend": "ctrl+z",
    "breaks.at": "t",
    "breaks.back": "escape",
    "breaks.day": "1",
    "breaks.every": "e",
    "breaks.off": "o",
    "breaks.pause": "p",
    "breaks.remove": "d",
    "breaks.resume": "r",
    "breaks.settings": "2",
    "breaks.snooze": "z",
    "builder.add": "a",
    "builder.back": "escape",
    "builder.copy": "c",
    "builder.down": "shift+down,j",
    "builder.less": "minus",
    "builder.more": "plus,equals_sign",
    "builder.redo": "y",
    "builder.rehearse": "f",
    "builder.remove": "d,delete",
    "builder.rest": "r",
    "builder.save": "s,ctrl+s",
    "builder.start": "space",
    "builder.title": "t",
    "builder.undo": "u",
    "builder.up": "shift+up,k",
    "builder.words": "w",
    "coach.begin": "enter",
    "coach.doses": "d",
    "coach.end": "q,escape",
    "coach.figure": "f",
    "coach.more": "plus",
    "coach.mute": "m",
    "coach.next": "n,right",
    "coach.pause": "space",
    "coach.previous": "p,left",
    "coach.repeat": "r",
    "coach.stop": "x",
    "exercises.back": "escape",
    "exercises.list": "left",
    "exercises.read": "right",
    "exercises.search": "slash",
    "exercises.start": "enter",
    "history.back": "escape",
    "history.comfort": "4",
    "history.days": "1",
    "history.delete": "d",
    "history.earlier": "left_square_bracket",
    "history.habits": "3",
    "history.later": "right_square_bracket",
    "history.measure": "m",
    "history.trends": "2",
    "history.undo": "u",
    "home.breaks": "b",
    "home.change": "m",
    "home.continue": "c",
    "home.exercises": "e",
    "home.history": "h",
    "home.new": "n",
    "home.next": "right",
    "home.plan": "p",
    "home.previous": "left",
    "home.profile": "y",
    "home.program": "g",
    "home.quit": "q",
    "home.settings": "s",
    "home.signs": "w",
    "home.start": "space",
    "home.tight": "t",
    "list.clear": "escape",
    "list.filter": "slash",
    "profile.back": "escape",
    "program.back": "escape",
    "program.start": "enter",
    "program.stop": "d",
    "settings.back": "escape",
    "settings.edit": "f2",
    "settings.hear": "f6",
    "settings.profile": "f7",
    "tight.back": "escape",
    "tight.clear": "delete,backspace",
    "tight.longer": "plus,equals_sign",
    "tight.places": "1",
    "tight.routine": "enter",
    "tight.save": "w",
    "tight.second": "2",
    "tight.shorter": "minus",
    "tight.start": "s",
}
"""The keys of each action, as Textual calls them, with commas between them. The part before the dot is the screen."""

HURTS = "coach.stop"
"""The action that no setting can take its key from."""

_SHARED = {"home": ("app", "home", "list")}
_ANYWHERE = {"app.jump", "app.quit", "app.suspend"}  # even while something is typed
_RESERVED = {"ctrl+c", "ctrl+p", "tab", "shift+tab"}
_MODIFIERS = r"(?:(?:ctrl|alt|shift|super)\+)*"
_NAMES = "space|enter|escape|tab|backspace|delete|insert|home|end|pageup|pagedown|up|down|left|right"
_NAMED = re.compile(rf"{_MODIFIERS}(?:{_NAMES}|f(?:[1-9]|1\d|2[0-4])|[a-z0-9])")
_TEXTUAL_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_CURE = 'Write a key such as "p", "space", "f5" or "ctrl+r", or several with commas between them.'

KeyChanges = tuple[tuple[str, str], ...]
"""Actions with the keys that they have instead of their default ones."""


def read_keys(table: Mapping[str, Any]) -> KeyChanges:
    """Return the changes that a table of the settings file makes.

    Raises:
        InvalidValue: An action or a key does not exist, or a key has two meanings on one screen.
    """
    changes: dict[str, str] = {}
    for action, value in _flattened(table):
        if action not in DEFAULT_KEYS:
            problem = "is not an action."
            raise InvalidValue(did_you_mean(action, DEFAULT_KEYS), path=(action,), problem=problem)
        if action == HURTS:
            problem = "is always x, so that a session can be stopped at once."
            raise InvalidValue("Remove it.", path=(action,), problem=problem)
        try:
            changes[action] = ",".join(_read_key(action, one) for one in _parts(value))
        except InvalidValue as invalid:
            raise invalid.inside(action) from invalid
    for action in changes:
        _check_conflicts(action, changes)
    return tuple(sorted(changes.items()))


def _flattened(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the actions: in TOML, `coach.pause = "p"` is a table in a table, and `"coach.pause" = "p"` is not."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{key}", inner) for key, inner in value.items())
        else:
            yield name, value


def _parts(value: Any) -> list[str]:
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(_CURE, value)
    return [part.strip() or part for part in value.split(",")]


def _read_key(action: str, key: str) -> str:
    """Return a key as Textual calls it."""
    named = key if _NAMED.fullmatch(key) else _name_of(key)
    if named is None:
        raise InvalidValue(_CURE, key)
    if named == DEFAULT_KEYS[HURTS] and action.partition(".")[0] in ("app", "coach"):
        raise InvalidValue("Choose another key.", problem="x always means that it hurts.")
    if action in _ANYWHERE and not re.match(r"(?:ctrl|alt|super)\+|f\d", named):
        raise InvalidValue("Choose one with ctrl or alt, or a function key.", problem=f"{key} is needed to type.")
    if named in _RESERVED:
        raise InvalidValue("Choose another key.", problem=f"{key} cannot be changed.")
    return named


def _name_of(key: str) -> str | None:
    """Return Textual's name for a key that is written as its character, or None if it is none."""
    if len(key) != 1:
        names = {one for keys in DEFAULT_KEYS.values() for one in keys.split(",")}
        return key if key in names else None
    if key.isspace() or not key.isprintable():
        return None
    if key.isalnum():
        return key
    import unicodedata  # noqa: PLC0415 - seldom needed, and a large table

    name = unicodedata.name(key, "").lower().replace("-", "_").replace(" ", "_")
    return _TEXTUAL_NAMES.get(name, name) or None


def _check_conflicts(action: str, changes: Mapping[str, str]) -> None:
    """Refuse keys that another action of the same screen has."""
    screen = action.partition(".")[0]
    keys = set(changes[action].split(","))
    for other, default in DEFAULT_KEYS.items():
        if other != action and _meet(screen, other.partition(".")[0]):
            shared = keys & set(changes.get(other, default).split(","))
            if shared:
                problem = f"{min(shared)} is a key of {other} too."
                raise InvalidValue("Choose another key, or give that one another.", path=(action,), problem=problem)


def _meet(screen: str, other: str) -> bool:
    """Return whether actions of two screens are offered at the same time."""
    if "app" in (screen, other):
        return True
    return any(screen in together and other in together for together in [*_SHARED.values(), (screen,)])
