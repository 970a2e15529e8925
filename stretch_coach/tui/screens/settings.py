"""The settings, each written to config.toml as soon as it is changed here."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Select, Static, Switch

from stretch_coach.context import Context
from stretch_coach.routine.library import Library
from stretch_coach.settings import Settings
from stretch_coach.settings.edit import change_setting
from stretch_coach.settings.kinds import Flag, RoutineId, Text, WordChoice, parse_text, plain_value
from stretch_coach.settings.schema import RULES, SECTION_TITLES, SETTINGS, Setting
from stretch_coach.tui.repairs import edit_settings_file
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.labelled_switch import LabelledSwitch

_DEFAULT = ("Default", "")


class SettingsScreen(Screen[None]):
    """A line for each setting but the break rules, which have a screen of their own.

    Args:
        context: Holds the settings.
        library: The routines to choose the usual one from.
    """

    HELP = (
        "Each change is saved in config.toml at once; your comments there are kept. Press Tab for the next setting, "
        "and Enter to open a choice or accept what you typed."
    )
    CSS = """
    SettingsScreen {
        #settings { layout: grid; grid-size: 2; grid-columns: 26 1fr; grid-rows: auto; padding: 0 2; height: 1fr; }
        .settings-section { column-span: 2; height: 2; padding-top: 1; text-style: bold; color: $text-accent; }
        .settings-title { padding-right: 2; }
        #settings Select, #settings Input { width: 100%; max-width: 40; }
        #settings-file { column-span: 2; height: auto; padding-top: 1; color: $text-muted; }
        #settings-help { height: 3; padding: 0 2; color: $text-muted; border-top: solid $border; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "edit_file", "Edit the file", id="settings.edit", tooltip="Open config.toml in your editor"),
        Binding("escape", "app.pop_screen", "Back", id="settings.back", tooltip="Back"),
    ]

    def __init__(self, context: Context, library: Library) -> None:
        super().__init__()
        self.context = context
        self._library = library
        self._rejected: str | None = None
        self._by_id = {setting.name.replace(".", "-"): setting for setting in SETTINGS.values() if setting != RULES}

    def compose(self) -> ComposeResult:
        """Show the settings by section, and where they are kept."""
        with VerticalScroll(id="settings", can_focus=False):
            for section, title in SECTION_TITLES.items():
                yield Static(title, classes="settings-section")
                for id_, setting in self._by_id.items():
                    if setting.section == section:
                        yield Static(Content(setting.title), classes="settings-title")
                        yield self._field(id_, setting)
            yield Static(Content(f"Saved in {self.context.places.settings_file}."), id="settings-file")
        yield Static(id="settings-help")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Follow changes made elsewhere."""
        self._unsubscribe = self.context.subscribe(self._show)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show what the focused setting does."""
        if setting := self._by_id.get(event.widget.id or ""):
            self.query_one("#settings-help", Static).update(Content(_help(setting)), layout=False)

    def on_unmount(self) -> None:
        """Stop following changes."""
        self._unsubscribe()

    def action_edit_file(self) -> None:
        """Open the file in the user's editor, and read it afterwards."""
        with self.context.reporting_errors():
            edit_settings_file(self.app, self.context)

    def _field(self, id_: str, setting: Setting) -> Select[str] | LabelledSwitch | Input:
        value = self.context.settings.value(setting)
        if isinstance(setting.kind, Flag):
            return LabelledSwitch(value, id_)
        choices = self._choices(setting)
        if not choices:
            return Input(plain_value(value), id=id_, compact=True)
        if value not in [one for _, one in choices]:
            choices.append((value, value))
        options = [(Content(label), one) for label, one in choices]
        return Select(options, value=value, allow_blank=False, id=id_, compact=True)

    def _choices(self, setting: Setting) -> list[tuple[str, str]]:
        """Return the labels and values to choose from; none for a setting that is typed."""
        match setting.name:
            case "app.theme":
                return [_DEFAULT, *((name, name) for name in self.app.available_themes)]
            case "start.routine":
                return [(routine.title, id_) for id_, routine in self._library.routines.items()]
        words = setting.kind.words if isinstance(setting.kind, WordChoice) else ()
        return [(word.capitalize(), word) if word else _DEFAULT for word in words]

    def _show(self, settings: Settings) -> None:
        with self.prevent(Select.Changed, Switch.Changed):
            for id_, setting in self._by_id.items():
                field, value = self.query_one(f"#{id_}", Widget), settings.value(setting)
                if isinstance(field, Input):
                    if not field.has_focus:  # what is being typed is not overwritten
                        field.value = plain_value(value)
                elif isinstance(field, Select | Switch) and field.value != value:
                    field.value = value

    @on(Select.Changed)
    def _selected(self, message: Select.Changed) -> None:
        self._change(self._by_id[message.select.id or ""], message.value)

    @on(Switch.Changed)
    def _switched(self, message: Switch.Changed) -> None:
        self._change(self._by_id[message.switch.id or ""], message.value)

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        self._accept(message.input)

    @on(Input.Blurred)
    def _left(self, message: Input.Blurred) -> None:
        # What was rejected once is not reported again; the field shows the present value again.
        if message.value != self._rejected:
            self._accept(message.input)
        self._rejected = None
        message.input.value = plain_value(self.context.settings.value(self._by_id[message.input.id or ""]))

    def _accept(self, field: Input) -> None:
        """Write what was typed if it is a valid change."""
        setting = self._by_id[field.id or ""]
        value = self.context.settings.value(setting)
        if field.value != plain_value(value):
            self._change(setting, parse_text(setting.kind, field.value))
            self._rejected = field.value if self.context.settings.value(setting) == value else None

    def _change(self, setting: Setting, value: Any) -> None:
        if value != self.context.settings.value(setting):
            with self.context.reporting_errors():
                self.context.edit_settings(lambda file: change_setting(file, setting.name, value))


def _help(setting: Setting) -> str:
    text = setting.help.replace("`", "")
    has_bounds = not isinstance(setting.kind, WordChoice | Flag | RoutineId | Text)
    return f"{text} ({setting.kind.accepts})" if has_bounds else text
