"""The settings, each written to config.toml as soon as it is changed here."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import DescendantFocus
from textual.screen import Screen
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.routine.library import Library
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.repairs import edit_settings_file
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.setting_field import SettingField
from stretch_coach.tui.widgets.setting_help import SettingHelp
from stretch_coach.tui.widgets.settings_form import SettingsForm

_COLUMNS = (("app", "voice", "start"), ("breaks", "record"))
_ACROSS_FROM = 136
"""From this width on, there are two columns of settings beside the help."""

_AIRY_FROM = 50
"""From this height on, there is a line between two settings."""


class SettingsScreen(Screen[None]):
    """Shows all settings but the break rules, which have a screen of their own, and explains the focused one.

    Args:
        context: Holds the settings.
        library: The routines to choose the usual one from.
    """

    HELP = (
        "Each change is saved in config.toml at once; your comments there are kept. Press Tab for the next setting, "
        "and Enter to open a choice or accept what you typed. A choice applies while it is highlighted."
    )
    DEFAULT_CSS = """
    SettingsScreen {
        #settings-title { height: 1; padding: 0 2; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
        #settings-body { height: 1fr; }
        SettingsForm { padding: 0 0 0 1; }
        SettingHelp { width: 40; }
        &.-high #settings-title { margin: 1 0; }
        &.-narrow #settings-body, &.-medium #settings-body { layout: vertical; }
        &.-narrow SettingHelp, &.-medium SettingHelp {
            width: 1fr; height: 5; border-left: none; border-top: solid $border;
        }
        &.-narrow #help-facts, &.-medium #help-facts { margin-top: 0; }
        &.-narrow #help-figure, &.-medium #help-figure { display: none; }
        &.-low SettingHelp { height: 2; border: none; }
        &.-low #help-title, &.-low #help-facts { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "hear", "Hear it", id="settings.hear", tooltip="Say a sentence with this voice"),
        Binding("f2", "edit_file", "Edit the file", id="settings.edit", tooltip="Open config.toml in your editor"),
        Binding("f7", "app.open('profile')", "You", id="settings.profile", tooltip="Say what applies to you"),
        Binding("escape", "app.pop_screen", "Back", id="settings.back", tooltip="Back"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, context: Context, library: Library) -> None:
        super().__init__()
        self.context = context
        self._library = library

    def compose(self) -> ComposeResult:
        """Lay out the settings beside the help of the focused one, and where they are kept."""
        where = Content.assemble(
            "Settings  ", (f"saved in {self.context.places.settings_file}", "not bold $text-muted")
        )
        yield Static(where, id="settings-title")
        with Horizontal(id="settings-body"):
            yield SettingsForm(self.context, self._library, _COLUMNS)
            yield SettingHelp(self.context, self._library)
        yield KeyFooter()

    def on_resize(self) -> None:
        """Lay out the columns beside each other where there is space."""
        form = self.query_one(SettingsForm)
        is_across = self.size.width >= _ACROSS_FROM
        form.set_class(is_across, "-across")
        form.set_class(is_across and self.size.height >= _AIRY_FROM, "-airy")

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Explain the focused setting."""
        fields = [one for one in event.widget.ancestors_with_self if isinstance(one, SettingField)]
        if fields:
            self.query_one(SettingHelp).show(fields[0].setting)
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer to hear only what can be heard."""
        if action == "hear":
            return any(one.has_voice for one in self.query(SettingHelp))
        return True

    def action_hear(self) -> None:
        """Say a sentence as the settings ask for."""
        self.query_one(SettingHelp).say()

    def action_edit_file(self) -> None:
        """Open the file in the user's editor, and read it afterwards."""
        title = self.query_one("#settings-title", Static)
        try:
            edit_settings_file(self.app, self.context)
        except CoachError as error:
            title.update(Content.styled(str(error), "$text-error"))
        else:
            title.update(Content(f"Settings  read again from {self.context.places.settings_file}"))
