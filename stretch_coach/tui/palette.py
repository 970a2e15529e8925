"""The command palette, in which `x` still means that it hurts, and the lists that it opens to choose from."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from textual import on
from textual.app import SystemCommand
from textual.command import Command, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets import Input, OptionList

from stretch_coach.text import pad_to_width
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS

_TITLE_CELLS = 22


class CoachPalette(CommandPalette):
    """Searches the commands. Over a session, `x` as the first key is not a search: it ends the session."""

    DEFAULT_CSS = """
    CoachPalette { align: center top; }
    CoachPalette > #--container { width: 84; max-width: 96%; height: auto; margin-top: 2; visibility: visible; }
    CoachPalette > #--container, CoachPalette:dark > #--container { background: $surface; border: round $border; }
    CoachPalette #--input, CoachPalette #--input.--list-visible { border: none; padding: 1 1 0 1; }
    CoachPalette SearchIcon, CoachPalette LoadingIndicator { display: none; }
    CoachPalette LoadingIndicator.--visible { display: block; }
    CoachPalette #--results { height: auto; overlay: none; }
    CoachPalette CommandList, CoachPalette CommandList.--visible { border: none; max-height: 60vh; padding: 1 0 0 0; }
    CoachPalette CommandList { text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1; }
    CoachPalette CommandList > .option-list--option { text-style: none; }
    CoachPalette CommandList > .option-list--option-highlighted { text-style: bold; }
    CoachPalette.-low > #--container { margin: 0; border: none; }
    CoachPalette.-low #--input, CoachPalette.-low CommandList { padding: 0; }
    """
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    SCOPED_CSS = False
    _typed = False

    @on(Input.Changed)
    async def _stop_session(self, message: Input.Changed) -> None:
        if message.value == "x" and not self._typed:
            await self.run_action("app.stop_session")  # which is offered during a session only
        self._typed = self._typed or bool(message.value)


class CommandProvider(Provider):
    """Offers what the app offers on a screen, in that order. No text in it is taken as markup."""

    def _commands(self) -> Iterator[SystemCommand]:
        yield from self.app.get_system_commands(self.screen)

    async def discover(self) -> Hits:
        """Yield the commands to show before anything is typed."""
        for command in self._commands():
            if command.discover:
                yield DiscoveryHit(_line(command), command.callback, command.title)

    async def search(self, query: str) -> Hits:
        """Yield the commands that match what is typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            score, offsets = matcher.fuzzy_search.match(query, command.title)
            score = max(score, matcher.match(command.help) / 2)
            if score > 0:
                line = _line(command)
                for offset in offsets:
                    line = line.stylize(matcher.match_style, offset, offset + 1)
                yield Hit(score, line, command.callback, command.title)


class PaletteChoice(NamedTuple):
    """One thing to choose.

    Attributes:
        title: What it is called.
        value: What it stands for.
        help: A few words about it.
    """

    title: str
    value: str
    help: str = ""


class ChoicePalette(CoachPalette):
    """Lists a few things to choose from; what is highlighted can be seen at once.

    It leaves most of the screen to be seen.

    Args:
        choices: The choices, the present one first.
        choose: Called with the value that was chosen.
        preview: Called with each value that is highlighted, and at the end with the present one if none was chosen.
        placeholder: What is searched.
    """

    DEFAULT_CSS = """
    ChoicePalette { background: $background 10%; align: right top; }
    ChoicePalette > #--container { width: 38; }
    """

    def __init__(
        self,
        choices: Sequence[PaletteChoice],
        choose: Callable[[str], None],
        *,
        preview: Callable[[str], None] | None = None,
        placeholder: str,
    ) -> None:
        super().__init__(providers=[_provider_of(choices, choose)], placeholder=placeholder)
        self._choices = choices
        self._preview = preview

    @on(OptionList.OptionHighlighted)
    def _show(self, message: OptionList.OptionHighlighted) -> None:
        if self._preview and isinstance(message.option, Command):
            title = message.option.hit.text
            self._preview(next((one.value for one in self._choices if one.title == title), self._choices[0].value))

    def on_unmount(self) -> None:
        """Show the present one again if nothing was chosen."""
        if self._preview and self._selected_command is None:
            self._preview(self._choices[0].value)


def _provider_of(choices: Sequence[PaletteChoice], choose: Callable[[str], None]) -> type[Provider]:
    class ChoiceProvider(CommandProvider):
        """Offers the choices."""

        def _commands(self) -> Iterator[SystemCommand]:
            for choice in choices:
                yield SystemCommand(choice.title, choice.help, partial(choose, choice.value))

    return ChoiceProvider


def _line(command: SystemCommand) -> Content:
    """Return the title, and beside it a few words about it."""
    return Content.assemble(pad_to_width(command.title, _TITLE_CELLS), " ", (command.help, "$text-muted"))
