"""What can be opened over every screen: the command palette, the help, and the letters to jump with."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.command import CommandPalette

from stretch_coach.tui.palette import CoachPalette, CommandProvider
from stretch_coach.tui.themed import ThemedApp


class LayeredApp(ThemedApp):
    """Opens what lies over a screen, once at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", "Help", key_display="?", id="app.help", tooltip="Show what the keys do"),
        Binding("ctrl+o", "jump", show=False, id="app.jump", tooltip="Jump to a part of the screen", priority=True),
    ]

    def action_command_palette(self) -> None:
        """Open the command palette."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CoachPalette(providers=[CommandProvider]))

    def action_help(self) -> None:
        """Show the keys of the screen."""
        from stretch_coach.tui.screens.help import HelpScreen  # noqa: PLC0415 - not needed for the first frame

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_jump(self) -> None:
        """Show a letter on each part of the screen, to move the focus there."""
        from stretch_coach.tui.screens.jump import JumpScreen  # noqa: PLC0415 - not needed for the first frame

        if not isinstance(self.screen, JumpScreen | CommandPalette):
            self.push_screen(JumpScreen(self.screen))
