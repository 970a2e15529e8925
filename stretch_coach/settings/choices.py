"""What a setting or a rule may name to be done: one routine, or several of which one is chosen each time."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from stretch_coach.settings.kinds import InvalidValue

ROTATE = "rotate:"
EVERYTHING = "all"
"""The name that stands for every routine for everybody."""

SHORT_BREAKS = "rotate: quick"
"""What the app's own rules offer: the short routines in turn, so that no day is five times the same."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_NAMES = 20
_CURE = (
    'Write a routine\'s id in quotes, such as "micro-break", or several to take turns: '
    '["micro-break", "screen-break"] or "rotate: quick", where quick is a tag.'
)


class RoutineChoice(NamedTuple):
    """One routine or several. The settings do not know which routines and tags exist: entry points check that."""

    @property
    def accepts(self) -> str:
        """The id of one, or several."""
        return 'a routine\'s id, a list of ids, or "rotate: TAG"'

    def read(self, value: Any) -> str:
        """Return the id of one routine, or `rotate:` with the names of several."""
        if isinstance(value, list):
            return rotating(self._names(value))
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise InvalidValue(_CURE, value)
        if value.startswith("["):  # a list that was typed is read as TOML
            raise InvalidValue(_CURE, value)
        if not value.strip().startswith(ROTATE):
            return value
        return rotating(self._names(value.strip().removeprefix(ROTATE).split(","), value))

    def _names(self, names: Sequence[Any], written: Any = None) -> list[str]:
        """Return the names of a rotation without the space around them, each once."""
        found = [name.strip() if isinstance(name, str) else name for name in names]
        if not 1 <= len(found) <= _MOST_NAMES:
            raise InvalidValue(f"Write 1 to {_MOST_NAMES} ids or tags.", found)
        for name in found:
            if not (isinstance(name, str) and _NAME.fullmatch(name)):
                raise InvalidValue(_CURE, written if written is not None else name)
        return list(dict.fromkeys(found))


def rotating(names: Sequence[str]) -> str:
    """Return the choice that stands for several names: ids of routines, and tags."""
    return f"{ROTATE} {', '.join(names)}"


def rotating_names(choice: str) -> tuple[str, ...]:
    """Return the ids and tags of a choice between several routines; none for a single routine."""
    if not choice.startswith(ROTATE):
        return ()
    return tuple(name.strip() for name in choice.removeprefix(ROTATE).split(","))
