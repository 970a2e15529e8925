"""The list of routines, filtered as the user types."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from stretch_coach.phrasing import minutes_and_seconds
from stretch_coach.routine.catalogue import RoutineCard


class Match(NamedTuple):
    """Where a search found a routine.

    Attributes:
        rank: 0 in the title, 1 in what the routine is for, 2 in the names of its exercises and muscles.
        keyword: The exercise or muscle, where that is why the routine was found; else empty.
    """

    rank: int
    keyword: str = ""


def find(card: RoutineCard, query: str) -> Match | None:
    """Return the best place in which a routine has every word of `query`, or None if a word is missing."""
    words = query.casefold().split()
    title = card.title.casefold()
    if all(word in title for word in words):
        return Match(0)
    texts = " ".join([title, card.id, card.purpose, card.level or "", *card.tags]).casefold()
    if all(word in texts for word in words):
        return Match(1)
    everything = " ".join([texts, *card.keywords]).casefold()
    if not all(word in everything for word in words):
        return None
    missing = [word for word in words if word not in texts]
    # Among keywords with equally many of the words, the shortest is a plain name; long ones describe.
    found = {one: sum(word in one.casefold() for word in missing) for one in card.keywords}
    return Match(2, min(card.keywords, key=lambda one: (-found[one], len(one))))


class _Filter(Input):
    """A field for a search, in which `?` opens the help as everywhere else."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Leave `?` to the app."""
        return character != "?" and super().check_consume_key(key, character)

    async def _on_key(self, event: Key) -> None:
        if event.character == "?":
            event.prevent_default()


class RoutineList(Vertical):
    """Lists routines, and reports which one is highlighted and which one was chosen.

    Args:
        cards: The routines to begin with.
    """

    @dataclass
    class Highlighted(Message):
        """Another routine was highlighted, by its id, or None if no routine matches the filter."""

        routine: str | None

    @dataclass
    class Chosen(Message):
        """A routine should be started, by its id."""

        routine: str

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Search", key_display="/", id="list.filter", tooltip="Search the routines"),
        Binding("escape", "clear", "Show all", id="list.clear", tooltip="Show all routines again"),
        Binding("down", "to_list", show=False),
    ]
    DEFAULT_CSS = """
    RoutineList {
        width: 52%; height: 1fr; padding: 0 1;
        Input { margin: 1 0; background: $surface; }
        OptionList {
            height: 1fr; padding: 0; border: none; background: $background;
            text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1;
        }
    }
    """

    _filter = query_one("#filter", Input)
    _options = query_one("#list", OptionList)

    def __init__(self, cards: Sequence[RoutineCard]) -> None:
        super().__init__()
        self._cards = _sorted(cards)
        self._shown = list(self._cards)
        self._suggested: str | None = None

    def compose(self) -> ComposeResult:
        """Lay out the filter above the list."""
        yield _Filter(placeholder="Press / to search routines or muscles", id="filter", compact=True)
        yield OptionList(*map(_option, self._shown), id="list", markup=False, compact=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer to search while the user is not typing, and to show all while not all are shown."""
        is_typing = self.screen.focused is self._filter
        match action:
            case "filter":
                return not is_typing
            case "clear":
                return is_typing or bool(self._filter.value)
            case _:
                return True

    @property
    def highlighted(self) -> str | None:
        """The id of the highlighted routine, or None if there is none."""
        index = self._options.highlighted
        return self._shown[index].id if index is not None and index < len(self._shown) else None

    def on_resize(self) -> None:
        """Keep the highlighted routine visible where the list became lower, as it does when the panel above grows."""
        self.call_after_refresh(self._options.scroll_to_highlight)

    def fill(self, cards: Sequence[RoutineCard]) -> None:
        """List other routines, or others under the same names; the highlighted one stays highlighted."""
        if (arranged := _sorted(cards)) != self._cards:
            self._cards = arranged
            self._show(self._filter.value, self.highlighted or self._suggested)

    def suggest(self, routine: str | None) -> None:
        """Highlight the suggested routine, unless it has been suggested already."""
        if routine != self._suggested:
            self._suggested = routine
            self._highlight(routine)

    def focus_list(self) -> None:
        """Let the arrow keys move in the list."""
        self._options.focus()

    def action_filter(self) -> None:
        """Let the user type."""
        self.screen.set_focus(self._filter)  # at once, because the next key is already meant for it

    def action_clear(self) -> None:
        """Show all routines again."""
        self._filter.value = ""
        self.focus_list()

    def action_to_list(self) -> None:
        """Move from the filter to the list."""
        self.focus_list()

    @on(Input.Changed)
    def _filter_changed(self, message: Input.Changed) -> None:
        message.stop()
        self._show(message.value, None)
        self.refresh_bindings()

    @on(Input.Submitted)
    def _filter_submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.focus_list()

    @on(OptionList.OptionHighlighted)
    def _option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        if message.option_id == self.highlighted:  # else the list has changed since
            self.post_message(self.Highlighted(message.option_id))

    @on(OptionList.OptionSelected)
    def _option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        if any(card.id == message.option_id for card in self._shown):
            self.post_message(self.Chosen(message.option_id or ""))

    def _show(self, query: str, highlighted: str | None) -> None:
        """List the routines that match, the best matches first."""
        found = [(match, card) for card in self._cards if (match := find(card, query))]
        found.sort(key=lambda one: one[0].rank)
        self._shown = [card for _, card in found]
        self._options.clear_options()
        self._options.add_options([_option(card, match.keyword) for match, card in found])
        self._highlight(highlighted)
        if not found:
            self._options.add_option(Option("No matching routines", disabled=True))
            self.post_message(self.Highlighted(None))

    def _highlight(self, routine: str | None) -> None:
        if self._shown:
            ids = [card.id for card in self._shown]
            self._options.highlighted = ids.index(routine) if routine in ids else 0


def _sorted(cards: Sequence[RoutineCard]) -> list[RoutineCard]:
    """Return routines in the order of the list: the user's own first, the shortest first, locked ones last."""
    return sorted(cards, key=lambda card: (card.locked, card.bundled, card.total_seconds, card.title))


def _option(card: RoutineCard, keyword: str = "") -> Option:
    """Return a routine as two lines: its length and title, and what it is for or why it was found."""
    lock = " · locked" if card.locked else ""
    own = "" if card.bundled else " · your own"
    head = Content.assemble(
        (f"{minutes_and_seconds(card.total_seconds):>6}  ", "$text-accent"),
        card.title,
        (f"{lock}{own}", "$text-muted"),
    )
    second = f"With: {keyword}" if keyword else card.purpose
    lines = [head, Content.styled(f"        {second}", "$text-muted")] if second else [head]
    return Option(Content("\n").join(lines), id=card.id)
