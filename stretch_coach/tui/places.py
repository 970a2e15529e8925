"""The screens one can go to from home, each made when it is wanted."""

from collections.abc import Callable
from typing import Any, NamedTuple

from textual.binding import Binding
from textual.screen import Screen

from stretch_coach.tui.room import Room
from stretch_coach.tui.screens.breaks import BreaksScreen
from stretch_coach.tui.screens.history import HistoryScreen
from stretch_coach.tui.screens.settings import SettingsScreen


class Place(NamedTuple):
    """A screen with its key.

    Attributes:
        name: What it is called in actions.
        key: The key on the home screen.
        title: What the footer and the palette call it.
        tooltip: What one does there.
        open: Makes the screen.
    """

    name: str
    key: str
    title: str
    tooltip: str
    open: Callable[[Room], Screen[Any]]


PLACES = (
    Place("breaks", "b", "Breaks", "Plan breaks, and see how they go", BreaksScreen),
    Place("history", "h", "History", "See what was done, and put it right", HistoryScreen),
    Place("settings", "s", "Settings", "Change the settings", SettingsScreen),
)


def place_bindings() -> list[Binding]:
    """The keys of all places."""
    return [
        Binding(one.key, f"app.open('{one.name}')", one.title, id=f"home.{one.name}", tooltip=one.tooltip)
        for one in PLACES
    ]
