"""How the figure is drawn: as the settings and the terminal ask, in the colours of the theme."""

import os
import sys

from textual.app import App
from textual.color import Color

from stretch_coach.context import Context
from stretch_coach.figure.animation import Animation, Style, View
from stretch_coach.figure.blocks import OCTANTS, Cells
from stretch_coach.figure.palette import HAIRS, SKINS, Palette, make_palette
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Side
from stretch_coach.stand_ins import can_show_figure
from stretch_coach.tui.glyphs import cells_for
from stretch_coach.tui.graphics import Graphics

_MODES = ("blocks", "outline", "off")
_KEPT_ANIMATIONS = 4
"""The latest sets, whose frames the next segment shows again."""
_FEW_COLOURS = (None, "standard")


class Drawing:
    """Makes animations and their palettes.

    Args:
        context: Holds the settings.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._chosen_mode: str | None = None
        self._cells = cells_for(os.environ, sys.platform)
        self._animations: dict[tuple[str, Side | None, str, Style, Cells, bool], tuple[Exercise, Animation]] = {}

    @property
    def shown(self) -> bool:
        """Whether a figure is drawn at all."""
        return self._mode != "off"

    def next_mode(self, app: App[object]) -> str:
        """Switch to the next of blocks, outline and off, for as long as this object lives, and return it.

        Pixels take the place of blocks where the settings ask for them, or suit the terminal.
        """
        current = _MODES.index(self._style(app).value if self.shown else "off")
        if not can_show_figure():
            return "off"
        following = _MODES[(current + 1) % len(_MODES)]
        wanted = self._context.settings.app.figure
        finer = wanted == "pixels" or (wanted == "auto" and _terminal_graphics(app))
        self._chosen_mode = "pixels" if following == "blocks" and finer else following
        return self._chosen_mode

    def animation(self, exercise: Exercise, side: Side | None, app: App[object]) -> Animation:
        """Return the animation of an exercise, without motion if the settings or Textual's environment ask for that."""
        view, still = self._context.settings.app.view, self.is_still(app)
        cells = OCTANTS if self._mode == "pixels" else self._cells
        key = (exercise.id, side, view, self._style(app), cells, still)
        of, animation = self._animations.get(key, (None, None))
        if animation is None or of is not exercise:
            animation = Animation(exercise, side, View(view), self._style(app), cells=cells, reduced_motion=still)
            self._animations[key] = (exercise, animation)
            if len(self._animations) > _KEPT_ANIMATIONS:
                del self._animations[next(iter(self._animations))]
        return animation

    def graphics(self, app: App[object]) -> Graphics | None:
        """Return where pictures are shown, or None if glyphs are to be drawn."""
        wanted = self._mode in ("auto", "pixels") and self._style(app) is Style.BLOCKS
        return _terminal_graphics(app) if wanted else None

    def style_and_cells(self, app: App[object]) -> tuple[Style, Cells]:
        """Return how anything else than an exercise is drawn, so that it looks like the figure."""
        return self._style(app), OCTANTS if self._mode == "pixels" else self._cells

    def is_still(self, app: App[object]) -> bool:
        """Return whether the settings or Textual's environment ask for poses without motion."""
        return self._context.settings.app.motion == "reduced" or app.animation_level == "none"

    def palette(self, app: App[object]) -> Palette:
        """Return the colours of the figure in the app's theme."""
        settings, variables = self._context.settings.app, app.theme_variables
        return make_palette(
            background=Color.parse(variables["background"]).rgb,
            surface=Color.parse(variables["surface"]).rgb,
            accent=Color.parse(variables["accent"]).rgb,
            dark=app.current_theme.dark,
            skin=settings.skin or SKINS[1],
            hair=settings.hair or HAIRS[1],
        )

    @property
    def _mode(self) -> str:
        if not can_show_figure():
            return "off"
        return self._chosen_mode or self._context.settings.app.figure

    def _style(self, app: App[object]) -> Style:
        """Return the style. Blocks differ only by colour, so with few colours an outline is clearer."""
        if self._mode == "auto":
            few = app.no_color or app.console.color_system in _FEW_COLOURS
            return Style.OUTLINE if few else Style.BLOCKS
        return Style.BLOCKS if self._mode == "pixels" else Style(self._mode)


def _terminal_graphics(app: App[object]) -> Graphics | None:
    """Return what shows pictures, or None without it: they need colours."""
    graphics: Graphics | None = getattr(app._driver, "graphics", None)  # noqa: SLF001 - it has no public name
    return graphics if graphics and graphics.available and not app.no_color else None
