"""The sizes from which a screen gets a class, so that styles alone decide what is shown in a small terminal."""

from collections.abc import Sequence
from typing import Any

from textual.app import App, ReturnType
from textual.screen import Screen

WIDTHS: list[tuple[int, str]] = [(0, "-narrow"), (64, "-medium"), (100, "-wide")]
HEIGHTS: list[tuple[int, str]] = [(0, "-low"), (18, "-mid"), (30, "-high")]


class SizedApp(App[ReturnType]):
    """Opens screens with the classes of their size.

    Textual sets them after a screen was shown, and then styles, lays out and draws it again.
    """

    def push_screen(self, screen: Screen[Any] | str, *args: Any, **options: Any) -> Any:
        """Open a screen, as Textual does."""
        if isinstance(screen, Screen):
            names = [
                *_name_at(self.size.width, screen.HORIZONTAL_BREAKPOINTS or ()),
                *_name_at(self.size.height, screen.VERTICAL_BREAKPOINTS or ()),
            ]
            screen.update_classes(dict.fromkeys(names, True), update=False)
        return super().push_screen(screen, *args, **options)


def _name_at(cells: int, breakpoints: Sequence[tuple[int, str]]) -> list[str]:
    """Return the class of a width or height in a list of at most one."""
    return [name for least, name in sorted(breakpoints) if least <= cells][-1:]
