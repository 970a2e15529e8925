"""How the figure is drawn: as the settings and the terminal want it, in the colours of the theme."""

from textual.app import App
from textual.color import Color

from stretch_coach.figure.film import Film, Style, View
from stretch_coach.figure.palette import HAIRS, SKINS, Palette, make_palette
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Side
from stretch_coach.settings import AppSettings

_MODES = ("blocks", "outline", "off")
_FEW_COLOURS = (None, "standard")


class Drawing:
    """Makes films and their colours.

    Args:
        settings: What the user wants.
    """

    def __init__(self, settings: AppSettings) -> None:
        self._settings = settings
        self._mode = settings.figure

    @property
    def shown(self) -> bool:
        """Whether there is a figure at all."""
        return self._mode != "off"

    def next_mode(self, app: App[object]) -> str:
        """Turn to blocks, outline and none in turn; the one it is now."""
        now = _MODES.index(self._style(app).value if self.shown else "off")
        self._mode = _MODES[(now + 1) % len(_MODES)]
        return self._mode

    def film(self, exercise: Exercise, side: Side | None, app: App[object]) -> Film:
        """An exercise's film; reduced motion, in the settings or in Textual's own, shows poses alone."""
        still = self._settings.motion == "reduced" or app.animation_level == "none"
        return Film(exercise, side, View(self._settings.view), self._style(app), still=still)

    def palette(self, app: App[object]) -> Palette:
        """The colours of the figure on the app's theme."""
        variables = app.theme_variables
        return make_palette(
            background=_rgb(variables["background"]),
            surface=_rgb(variables["surface"]),
            accent=_rgb(variables["accent"]),
            dark=app.current_theme.dark,
            skin=self._settings.skin or SKINS[1],
            hair=self._settings.hair or HAIRS[1],
        )

    def _style(self, app: App[object]) -> Style:
        """Blocks need colours to be told apart; where there are few, the outline is clearer."""
        if self._mode == "auto":
            few = app.no_color or app.console.color_system in _FEW_COLOURS
            return Style.OUTLINE if few else Style.BLOCKS
        return Style(self._mode)


def _rgb(colour: str) -> tuple[int, int, int]:
    return Color.parse(colour).rgb
