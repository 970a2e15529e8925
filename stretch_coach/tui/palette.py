"""The command palette, in which `x` still means that it hurts."""

from textual import on
from textual.command import CommandPalette
from textual.widgets import Input


class Palette(CommandPalette):
    """Searches the commands. Over a session, `x` as the first key is not a search: it ends the session."""

    @on(Input.Changed)
    async def _stop_session(self, message: Input.Changed) -> None:
        if message.value == "x":
            await self.run_action("app.stop_session")  # which is offered during a session only
