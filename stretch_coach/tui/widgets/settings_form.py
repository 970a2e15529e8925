"""The settings of some sections, each written to config.toml as soon as it is changed."""

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.routine.library import Library
from stretch_coach.settings import Settings
from stretch_coach.settings.edit import change_setting, remove_setting
from stretch_coach.settings.kinds import WordChoice, parse_text
from stretch_coach.settings.schema import RULES, SECTION_TITLES, SETTINGS, Setting
from stretch_coach.tui.offer_options import offer_options
from stretch_coach.tui.widgets.setting_field import SettingField

_DEFAULT = ("Default", "")


class SettingsForm(VerticalScroll, can_focus=False):
    """Shows sections of settings in columns, which are below each other where the screen is not wide.

    A choice that is highlighted in an open list applies until the list is closed, so that its effect can be seen.

    Args:
        context: Holds the settings.
        library: The routines to choose from.
        columns: The names of the sections of each column.
    """

    DEFAULT_CSS = """
    SettingsForm { layout: vertical; height: 1fr; scrollbar-size-vertical: 1; }
    SettingsForm .settings-column { height: auto; width: 1fr; padding-right: 2; }
    SettingsForm .settings-section { text-style: bold; color: $text-accent; margin-top: 1; }
    SettingsForm .settings-section { padding: 0 1; }
    SettingsForm .setting-problem { color: $text-error; height: auto; padding: 0 1 0 3; }
    SettingsForm .settings-column > .settings-section:first-child { margin-top: 0; }
    SettingsForm .settings-column:last-child { margin-top: 1; }
    SettingsForm.-airy SettingField, SettingsForm.-airy .settings-section { margin-bottom: 1; }
    SettingsForm.-across { layout: horizontal; }
    SettingsForm.-across .settings-column:last-child { margin-top: 0; }
    """

    def __init__(self, context: Context, library: Library, columns: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self.context = context
        self._library = library
        self._columns = columns
        self._saved: Settings | None = None

    def compose(self) -> ComposeResult:
        """Lay out the sections."""
        for sections in self._columns:
            with Vertical(classes="settings-column"):
                for section in sections:
                    yield Static(SECTION_TITLES[section], classes="settings-section")
                    for setting in SETTINGS.values():
                        if setting.section == section and setting != RULES:
                            value = self.context.settings.value(setting)
                            yield SettingField(setting, value, self._choices(setting))

    def on_mount(self) -> None:
        """Follow changes made elsewhere."""
        self._unsubscribe = self.context.subscribe(self._show)

    def on_unmount(self) -> None:
        """Stop following changes, and end any try."""
        self._unsubscribe()
        self._end_trial()

    def _show(self, settings: Settings) -> None:
        for field in self.query(SettingField):
            field.show(settings.value(field.setting))

    @on(SettingField.Tried)
    def _tried(self, message: SettingField.Tried) -> None:
        """Apply a choice while it is highlighted, without writing it."""
        if message.value is None:
            self._end_trial()
        elif message.field.is_open:  # and was not closed since
            self._saved = self._saved or self.context.settings
            self.context.settings = self._saved.with_value(message.field.setting, message.value)

    def _end_trial(self) -> None:
        if self._saved:
            self.context.settings, self._saved = self._saved, None

    @on(SettingField.Edited)
    def _edited(self, message: SettingField.Edited) -> None:
        """Write a change, or say at the field why that is not possible."""
        self._end_trial()
        setting = message.field.setting
        value = parse_text(setting.kind, message.value) if message.is_text else message.value
        self._change(message.field, value)

    def _change(self, field: SettingField, value: Any) -> None:
        name = field.setting.name
        if value == self.context.settings.value(field.setting):
            field.show_problem("")
            return
        try:
            self.context.edit_settings(lambda file: change_setting(file, name, value))
        except CoachError as error:
            field.show_problem(_problem(error, name))
        else:
            field.show_problem("")

    @on(SettingField.Reset)
    def _reset(self, message: SettingField.Reset) -> None:
        """Remove a setting from the file, so that its default applies."""
        field = message.field
        self._end_trial()
        try:
            self.context.edit_settings(lambda file: remove_setting(file, field.setting.name))
        except CoachError as error:
            field.show_problem(str(error))
        else:
            field.show_problem("")

    def _choices(self, setting: Setting) -> list[tuple[str, str]]:
        """Return the labels and values to choose from; none for a setting that is typed or switched."""
        match setting.name:
            case "app.theme":
                return [_DEFAULT, *((name, name) for name in self.app.available_themes)]
            case "start.routine":
                return offer_options(self.context.places, self._library, self.context.settings.start.routine)
        words = setting.kind.words if isinstance(setting.kind, WordChoice) else ()
        return [(word.capitalize(), word) if word else _DEFAULT for word in words]


def _problem(error: CoachError, name: str) -> str:
    """Return what is wrong, without the name of the setting, which is beside it."""
    return str(error).removeprefix(f"{name}: ")
