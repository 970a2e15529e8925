"""The keys that the user has changed, and what a key is called on the screen."""

import re
from typing import Any

from textual.keys import format_key
from textual.screen import Screen

from stretch_coach.settings.keys import DEFAULT_KEYS, KeyChanges

_HELP = "app.help"
_SAME_AS_HELP = ("coach.help", "detail.help", "prompt.help")
"""The bindings that open help in their own way, with the keys that open it elsewhere."""


_PLACE = re.compile(r"\{([a-z]+\.[a-z]+)\}")
_NAMES = {"escape": "Esc", "enter": "Enter"}


def make_keymap(changes: KeyChanges) -> dict[str, str]:
    """Return the keys by the ids of bindings, as Textual wants them."""
    keymap = dict(changes)
    if _HELP in keymap:
        keymap |= dict.fromkeys(_SAME_AS_HELP, keymap[_HELP])
    return keymap


def key_for(screen: Screen[Any], binding_id: str) -> str:
    """Return what the first key of a binding is called, or an empty text if it does nothing on the screen now."""
    for active in screen.active_bindings.values():
        if active.binding.id == binding_id:
            return screen.app.get_key_display(active.binding)
    return ""


def name_keys(text: str, changes: KeyChanges) -> str:
    """Return a text with the first key of each action, such as `{home.breaks}`, in its place."""
    keys = DEFAULT_KEYS | dict(changes)
    return _PLACE.sub(lambda place: _name(keys[place[1]].partition(",")[0]), text)


def _name(key: str) -> str:
    if "+" in key or (key[0] == "f" and key[1:].isdecimal()):
        return "+".join(part.capitalize() for part in key.split("+"))
    return _NAMES.get(key) or format_key(key)
