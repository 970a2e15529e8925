"""One setting on a line: its title and its value, which is changed in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.input import Selection
from textual.widgets.option_list import Option

from stretch_coach.settings.kinds import Flag, plain_value
from stretch_coach.settings.schema import Setting
from stretch_coach.text import cut_to_width, pad_to_width

_EMPTY = "(empty)"
_TITLE_CELLS = 24
_QUIET = "$text-muted"


class _Choices(OptionList):
    """The open list of choices."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Cancel", id="setting.close", tooltip="Close the list and change nothing"),
    ]

    def action_close(self) -> None:
        """Close the list."""
        if isinstance(self.parent, SettingField):
            self.parent.close()

    def on_blur(self) -> None:
        """Close the list, as the user has gone elsewhere."""
        self.action_close()


class _Typing(Input):
    """What is being typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Cancel", id="setting.cancel", tooltip="Keep the value as it was"),
    ]

    def action_close(self) -> None:
        """Stop typing, and change nothing."""
        if isinstance(self.parent, SettingField):
            self.parent.close()


class SettingField(Widget, can_focus=True):
    """Shows a setting. A widget to change it is there only while it is being changed, so that a screen opens quickly.

    Args:
        setting: The setting.
        value: Its value.
        choices: The labels and values to choose from; none for a setting that is typed or switched.
    """

    @dataclass
    class Edited(Message):
        """The user chose or typed another value.

        Attributes:
            field: The field.
            value: The value of a choice or switch, or the text that was typed.
            is_text: Whether the value was typed.
        """

        field: "SettingField"
        value: Any
        is_text: bool = False

    @dataclass
    class Tried(Message):
        """The user highlighted a choice in an open list, or closed the list.

        Attributes:
            field: The field.
            value: The value of the choice, or None if the list was closed.
        """

        field: "SettingField"
        value: str | None

    @dataclass
    class Reset(Message):
        """The user wants the default of a field."""

        field: "SettingField"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "edit", "Change", id="setting.edit", tooltip="Change this setting"),
        Binding("left", "step(-1)", "Previous", show=False, id="setting.previous", tooltip="Take the previous choice"),
        Binding("right", "step(1)", "Next", show=False, id="setting.next", tooltip="Take the next choice"),
        Binding("up", "leave(-1)", "Up", show=False, id="setting.up", tooltip="Go to the setting above"),
        Binding("down", "leave(1)", "Down", show=False, id="setting.down", tooltip="Go to the setting below"),
        Binding("f3", "reset", "Default", id="setting.reset", tooltip="Use the default of this setting"),
    ]
    DEFAULT_CSS = """
    SettingField { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    SettingField:focus { background: $block-cursor-background; text-style: bold; }
    SettingField > Input { margin-left: 24; width: 1fr; max-width: 40; background: $panel; }
    SettingField > OptionList {
        margin-left: 23; width: 1fr; max-width: 40; height: auto; max-height: 14; overlay: screen;
        constrain: none inside; border: round $border; background: $panel; padding: 0;
        & > .option-list--option { padding: 0 1; }
    }
    """

    def __init__(self, setting: Setting, value: Any, choices: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(id=field_id(setting))
        self.setting = setting
        self.value = value
        self.problem = ""
        self._choices = list(choices)
        if self._choices and value not in [one for _, one in self._choices]:
            self._choices.append((value, value))
        self._problem: Static | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is being changed."""
        return bool(self.children)

    def render(self) -> Content:
        """Return title and value."""
        cells = min(_TITLE_CELLS, max(12, self.size.width * 3 // 5))
        title = pad_to_width(cut_to_width(self.setting.title, cells - 1), cells)
        return Content.assemble((title, "" if self.has_focus else _QUIET), self._value_content())

    def show(self, value: Any) -> None:
        """Show a value."""
        self.value = value
        self.refresh()

    def show_problem(self, sentence: str) -> None:
        """Show below the line why a change was not possible, or nothing if the sentence is empty."""
        self.problem = sentence
        if self._problem:
            self._problem.remove()
            self._problem = None
        if sentence and isinstance(self.parent, Widget):
            self._problem = Static(Content(sentence), classes="setting-problem")
            self.parent.mount(self._problem, after=self)
            self.call_after_refresh(self._problem.scroll_visible, animate=False)

    def close(self) -> None:
        """Stop changing the value."""
        if not self.is_open:
            return
        was_choice = bool(self._choices)
        had_focus = self.screen.focused in self.children
        self.remove_children()
        if had_focus:
            self.focus()
        if was_choice:
            self.post_message(self.Tried(self, None))
        self.refresh()

    async def action_edit(self) -> None:
        """Toggle the switch, open the list, or let the user type."""
        if typing := next(iter(self.query(_Typing)), None):  # the key came before the text field had the focus
            await typing.action_submit()
            return
        if isinstance(self.setting.kind, Flag):
            self._edited(not self.value)
        elif self._choices:
            values = [one for _, one in self._choices]
            choices = _Choices(*(Option(Content(label)) for label, _ in self._choices), markup=False)
            choices.highlighted = values.index(self.value) if self.value in values else 0
            await self._open(choices)
        else:
            text = plain_value(self.value)
            typing = _Typing(text, compact=True, select_on_focus=False)
            typing.selection = Selection(0, len(text))
            await self._open(typing)

    def action_step(self, by: int) -> None:
        """Take the previous (-1) or the next choice (1)."""
        if isinstance(self.setting.kind, Flag):
            self._edited(by > 0)
        elif self._choices:
            values = [one for _, one in self._choices]
            at = values.index(self.value) if self.value in values else 0
            self._edited(values[(at + by) % len(values)])

    def action_leave(self, by: int) -> None:
        """Go to the setting above (-1) or below (1)."""
        if by < 0:
            self.screen.focus_previous(SettingField)
        else:
            self.screen.focus_next(SettingField)

    def action_reset(self) -> None:
        """Ask for the default."""
        self.post_message(self.Reset(self))

    def on_key(self, event: events.Key) -> None:
        """Pass on what was typed before the text field had the focus."""
        typing = next(iter(self.query(_Typing)), None)
        if typing and event.character and event.is_printable:
            event.stop()
            event.prevent_default()
            typing.replace(event.character, *typing.selection)

    async def on_click(self, event: events.Click) -> None:
        """Change the value that was clicked."""
        if event.widget is self:
            await self.action_edit()

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        """Report which choice is highlighted."""
        message.stop()
        if self.is_open:
            self.post_message(self.Tried(self, self._choices[message.option_index][1]))

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Report a choice."""
        message.stop()
        self.close()
        self.post_message(self.Edited(self, self._choices[message.option_index][1]))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Report what was typed."""
        message.stop()
        self.close()
        self._typed(message.value)

    def on_input_blurred(self, message: Input.Blurred) -> None:
        """Report what was typed before the focus moved on."""
        message.stop()
        if self.is_open:
            self.close()
            self._typed(message.value)

    async def _open(self, widget: Widget) -> None:
        await self.mount(widget)
        self.screen.set_focus(widget)

    def _typed(self, text: str) -> None:
        if text == plain_value(self.value):
            self.show_problem("")
        else:
            self.post_message(self.Edited(self, text, is_text=True))

    def _edited(self, value: Any) -> None:
        if value != self.value:
            self.post_message(self.Edited(self, value))

    def _value_content(self) -> Content:
        if isinstance(self.setting.kind, Flag):
            return Content.styled("━● On", "$text-accent") if self.value else Content.styled("●━ Off", _QUIET)
        if self._choices:
            label = next((label for label, one in self._choices if one == self.value), str(self.value))
            return Content.assemble((label, "$text-accent"), (" ▾", _QUIET))
        text = plain_value(self.value)
        return Content.styled(text, "$text-accent") if text else Content.styled(_EMPTY, _QUIET)


def field_id(setting: Setting) -> str:
    """Return the id of the widget that holds a setting."""
    return setting.name.replace(".", "-")
