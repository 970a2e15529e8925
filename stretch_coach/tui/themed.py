"""What the app takes from the settings: its keys, its motion, and its themes with the list to choose from."""

import os
from contextlib import suppress

from textual import constants
from textual.app import ScreenStackError
from textual.theme import Theme

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.settings import Settings
from stretch_coach.settings.keys import KeyChanges
from stretch_coach.text import quoted
from stretch_coach.tui.breakpoints import SizedApp
from stretch_coach.tui.keymap import make_keymap
from stretch_coach.tui.themes import DARK, THEMES, with_readable_colours
from stretch_coach.tui.user_themes import LoadedThemes, load_themes


class ThemedApp(SizedApp[int]):
    """Has the colours of the settings, and follows the settings.

    Args:
        context: The user's settings and folders.
    """

    _own = LoadedThemes()
    _theme_list: tuple[LoadedThemes, dict[str, Theme]] | None = None
    _changed_keys: KeyChanges = ()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._own = load_themes(context.places.themes)
        self._apply_settings(context.settings)
        self.stop_following = context.subscribe(self._apply_settings)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """All themes by name. Textual looks for the one of `TEXTUAL_THEME` before any theme could be registered."""
        if self._theme_list is None or self._theme_list[0] is not self._own:
            self._theme_list = self._own, {theme.name: theme for theme in (*THEMES, *self._own.themes)}
        return super().available_themes | self._theme_list[1]

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme, each of them readable."""
        self.theme_variables = with_readable_colours(super().get_css_variables())
        return self.theme_variables

    @property
    def theme_errors(self) -> list[CoachError]:
        """Why themes of the user cannot be used."""
        errors, name = [*self._own.errors], self.context.settings.app.theme
        if name and name not in self.available_themes:
            errors.append(CoachError("app.theme", f"{quoted(name)} is not a theme.", f"{self.theme} is used instead."))
        return errors

    def search_themes(self) -> None:
        """List the themes; each is shown while it is highlighted, and the one that is chosen is kept."""
        from stretch_coach.tui.palette import ChoicePalette, PaletteChoice  # noqa: PLC0415 - not needed for the first frame

        self._own = load_themes(self.context.places.themes)
        own = [theme.name for theme in (*self._own.themes, *THEMES)]
        names = dict.fromkeys([self.theme, *own, *sorted(self.available_themes)])
        choices = [PaletteChoice(name, name, "now" if name == self.theme else "") for name in names]
        palette = ChoicePalette(
            choices, self._keep_theme, preview=self._preview_theme, placeholder="Search for themes…"
        )
        self.push_screen(palette)

    def _preview_theme(self, name: str) -> None:
        self.theme = name
        # Textual leaves out the list itself, which is on top of the screens.
        self.call_next(self._restyle_top)

    def _restyle_top(self) -> None:
        with suppress(ScreenStackError):  # when the app ends with the list open
            self.stylesheet.update(self.screen)

    def _theme_for(self, settings: Settings) -> str:
        """Return the theme from the settings; failing that, from the environment; failing that, the app's own."""
        names = [settings.app.theme, *os.environ.get("TEXTUAL_THEME", "").split(","), DARK.name]
        return next(name for name in map(str.strip, names) if name in self.available_themes)

    def _apply_settings(self, settings: Settings) -> None:
        self.theme = self._theme_for(settings)
        self.animation_level = "none" if settings.app.motion == "reduced" else constants.TEXTUAL_ANIMATIONS
        if settings.keys != self._changed_keys:
            self._changed_keys = settings.keys
            self.set_keymap(make_keymap(settings.keys))

    def _keep_theme(self, name: str) -> None:
        """Write a theme that was chosen to the settings."""
        from stretch_coach.settings.edit import change_setting  # noqa: PLC0415 - not needed for the first frame

        with self.context.reporting_errors():
            self.context.edit_settings(lambda file: change_setting(file, "app.theme", name))
        self.theme = self._theme_for(self.context.settings)
