"""The keys that the user has changed, and what a key is called on the screen."""

from typing import Any

from textual.screen import Screen

from stretch_coach.settings.keys import KeyChanges

_HELP = "app.help"
_SAME_AS_HELP = ("coach.help", "detail.help", "prompt.help")
"""The bindings that open help in their own way, with the keys that open it elsewhere."""


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
