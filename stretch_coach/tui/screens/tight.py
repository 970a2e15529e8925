"""Where is it tight? The body map, the muscles that people feel in the chosen places, and a routine for them."""

from string import ascii_lowercase
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.guide.body_map import Zone, load_body_map
from stretch_coach.guide.own_routines import save_built
from stretch_coach.guide.suitability import load_suitability
from stretch_coach.guide.tight import MINUTES_AT_MOST, TightPlan, default_minutes, plan_for_zones
from stretch_coach.paths import bundled_routines
from stretch_coach.phrasing import count
from stretch_coach.routine.library import Library
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.messages import SessionRequested
from stretch_coach.tui.widgets.body_map_view import BodyMapView
from stretch_coach.tui.widgets.check_list import CheckList
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.section_bar import SectionBar
from stretch_coach.tui.widgets.tight_pane import TightPane

_BROAD, _TALL = 124, 38
"""The columns from which map and routine are side by side, and the lines from which the map is then above the list."""

_MAP_FROM = 74
"""The columns from which the body fits beside the list."""

_SECTIONS = ("Where is it tight?", "A routine for it")
_NOTHING_YET = "Choose the places where it feels tight, with their letters, the arrows and space, or the mouse."


class TightScreen(Screen[None]):
    """Lets the user choose places, and offers a routine for them.

    Args:
        context: The user's folders and settings.
        library: The exercises and routines.

    Raises:
        CoachError: The profile is not valid.
    """

    HELP = (
        "Each place has a letter, on the list and on the body. Choose one or several; 2 or Enter shows which muscles "
        "people feel there and a routine for them, as long as you choose. It is never a diagnosis."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "section(2)", "Routine", id="tight.routine", tooltip="Show the muscles and a routine"),
        Binding("1", "section(1)", "Places", show=False, id="tight.places", tooltip="Show the places"),
        Binding("2", "section(2)", "Routine", show=False, id="tight.second", tooltip="Show the muscles and a routine"),
        Binding("plus,equals_sign", "longer(1)", "Longer", id="tight.longer", tooltip="Make the routine longer"),
        Binding("minus", "longer(-1)", "Shorter", id="tight.shorter", tooltip="Make the routine shorter"),
        Binding("s", "start", "Start", id="tight.start", tooltip="Start the routine"),
        Binding("w", "save", "Save", id="tight.save", tooltip="Save the routine as a file of your own"),
        Binding("delete,backspace", "clear", "None", id="tight.clear", tooltip="Choose no place"),
        Binding("escape", "back", "Back", id="tight.back", tooltip="Back"),
    ]
    HORIZONTAL_BREAKPOINTS = [*WIDTHS, (_BROAD, "-broad")]  # noqa: RUF012 - Textual's own
    VERTICAL_BREAKPOINTS = [*HEIGHTS, (_TALL, "-tall")]  # noqa: RUF012 - Textual's own
    DEFAULT_CSS = """
    TightScreen {
        #tight-sections { padding: 0 2; margin-bottom: 1; }
        #tight-body { height: 1fr; }
        #tight-where { width: 1fr; height: 1fr; padding: 0 2; }
        #tight-choice { height: 1fr; max-height: 28; }
        #tight-places { width: auto; margin-left: 2; }
        #tight-found { height: auto; max-height: 5; margin-top: 1; }
        TightPane { display: none; width: 1fr; }
        &.-routine TightPane { display: block; }
        &.-routine #tight-where { display: none; }
        &.-broad TightPane { display: block; width: 2fr; border-left: solid $border; }
        &.-broad #tight-where { display: block; width: 3fr; }
        &.-broad.-tall #tight-choice { layout: vertical; max-height: 100; }
        &.-broad.-tall #tight-places { margin: 1 0 0 0; }
        &.-high #tight-sections, &.-tall #tight-sections { margin: 1 0; }
        &.-mid #tight-found { max-height: 4; margin-top: 0; }
        &.-narrow #tight-where { padding: 0 1; }
        &.-narrow BodyMapView, &.-low BodyMapView, &.-no-figure BodyMapView { display: none; }
        &.-narrow #tight-places, &.-low #tight-places, &.-no-figure #tight-places { width: 1fr; margin: 0; }
        &.-narrow #tight-choice, &.-low #tight-choice { overflow-y: auto; scrollbar-size-vertical: 1; }
        &.-low #tight-sections { margin: 0; }
        &.-low #tight-found { max-height: 2; margin: 0; }
    }
    """

    _bar = query_one(SectionBar)
    _list = query_one(CheckList)
    _map = query_one(BodyMapView)
    _pane = query_one(TightPane)

    def __init__(self, context: Context, library: Library) -> None:
        super().__init__()
        self.context = context
        self._library = library
        self._drawing = Drawing(context)
        self._body_map = load_body_map(bundled_routines())
        suits = load_suitability(context.places)
        self._exercises = suits.suitable(library.exercises)
        self._minutes = default_minutes(suits.profile)
        self._plan: TightPlan | None = None

    @property
    def _zones(self) -> list[Zone]:
        return self._body_map.zones

    def compose(self) -> ComposeResult:
        """Lay out the body and the places beside the muscles and the routine."""
        zones = self._zones
        letters = ascii_lowercase[: len(zones)]
        by_id = {zone.id: letter for zone, letter in zip(zones, letters, strict=True)}
        yield SectionBar(_SECTIONS, id="tight-sections")
        with Horizontal(id="tight-body"):
            with Vertical(id="tight-where"):
                with Horizontal(id="tight-choice"):
                    yield BodyMapView(by_id, {zone.id: zone.label for zone in zones})
                    yield CheckList([zone.label for zone in zones], letters=letters, id="tight-places")
                yield Static(_NOTHING_YET, id="tight-found")
            yield TightPane(self._body_map.caveat.note, self._minutes)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Draw the body, and follow the theme."""
        self._list.focus()
        self._map.cursor = self._zones[0].id
        self.app.theme_changed_signal.subscribe(self, lambda _: self._paint())
        self._unsubscribe = self.context.subscribe(lambda _: self._paint())
        self._paint()
        self._show_plan()

    def on_resize(self) -> None:
        """Leave the body out where it cannot be drawn."""
        self.set_class(not self._drawing.shown or self.size.width < _MAP_FROM, "-no-figure")

    def on_unmount(self) -> None:
        """Stop following the settings."""
        self._unsubscribe()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer only what can be done now."""
        match action:
            case "start" | "save" | "longer":
                return self._plan is not None and self._plan.routine is not None
            case "clear":
                return self._plan is not None
            case _:
                return True

    def action_section(self, number: int) -> None:
        """Open a section; where both are beside each other, move the focus there."""
        self._bar.opened = number
        self.set_class(number > 1, "-routine")
        if number == 1:
            self._list.focus()
        else:
            self._pane.focus_first()

    def action_back(self) -> None:
        """Return to the places, and from there to the screen before."""
        if self.has_class("-routine"):
            self.action_section(1)
        else:
            self.app.pop_screen()

    def action_longer(self, by: int) -> None:
        """Make the routine a minute longer (1) or shorter (-1)."""
        self._set_minutes(min(max(self._minutes + by, 1), MINUTES_AT_MOST))

    def action_clear(self) -> None:
        """Choose no place."""
        self._list.chosen = frozenset()

    def action_start(self) -> None:
        """Start the routine, after the warning signs."""
        if self._plan and self._plan.routine:
            self.post_message(SessionRequested(self._plan.routine))

    def action_save(self) -> None:
        """Save the routine among the user's own."""
        if self._plan and self._plan.routine:
            with self.context.reporting_errors():
                saved = save_built(self._plan.routine, self._library, self.context.places.routines)
                words = f"Saved as {saved.path.name}. It is in the list at home now."
                self.app.notify(words, markup=False)

    @on(SectionBar.Picked)
    def _section_picked(self, message: SectionBar.Picked) -> None:
        self.action_section(message.number)

    @on(CheckList.Highlighted)
    def _highlighted(self, message: CheckList.Highlighted) -> None:
        self._map.cursor = self._zones[message.index].id

    @on(BodyMapView.Toggled)
    def _toggled(self, message: BodyMapView.Toggled) -> None:
        index = [zone.id for zone in self._zones].index(message.place)
        self._list.cursor = index
        self._list.action_choose()

    @on(CheckList.Changed)
    def _changed(self) -> None:
        self._map.chosen = frozenset(self._zones[index].id for index in self._list.chosen)
        self._show_plan()

    @on(TightPane.MinutesChosen)
    def _minutes_chosen(self, message: TightPane.MinutesChosen) -> None:
        self._set_minutes(message.minutes)

    @on(TightPane.StartPressed)
    def _start_pressed(self) -> None:
        self.action_start()

    @on(TightPane.SavePressed)
    def _save_pressed(self) -> None:
        self.action_save()

    def _set_minutes(self, minutes: int) -> None:
        if minutes != self._minutes:
            self._minutes = minutes
            self._show_plan()

    def _show_plan(self) -> None:
        """Show what the map says about the chosen places."""
        zones = [self._zones[index] for index in sorted(self._list.chosen)]
        self._plan = plan_for_zones(self._body_map, zones, self._exercises, self._minutes) if zones else None
        self._pane.show(self._plan, self._minutes)
        self.query_one("#tight-found", Static).update(_summary(self._plan))
        self.refresh_bindings()

    def _paint(self) -> None:
        style, cells = self._drawing.style_and_cells(self.app)
        self.on_resize()
        self._map.paint(self._drawing.palette(self.app), style, cells)


def _summary(plan: TightPlan | None) -> Content:
    """Return in a few lines what was found, the advice to see a clinician first."""
    if plan is None:
        return Content.styled(_NOTHING_YET, "$text-muted")
    lines = [Content.styled(zone.note, "$text-warning") for zone in plan.zones if zone.note]
    if plan.muscles:
        muscles = f"{count(len(plan.muscles), 'muscle')} that people feel there"
        routine = ", and a routine with its reasons" if plan.routine else ""
        lines.append(Content.styled(f"Enter shows the {muscles}{routine}.", "$text-accent"))
        names = "; ".join(one.muscle.label for one in plan.muscles)
        lines.append(Content.styled(f"{names[0].upper()}{names[1:]}.", "$text-muted"))
    return Content("\n").join(lines)
