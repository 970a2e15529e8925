"""The profile: what applies to the user, what they have, where they are and what they want. All of it is optional."""

from typing import ClassVar, get_args

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.screen import Screen
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.guide.profile import GOAL_NAMES, Goal, Kit, Profile, Spot, load_profile, save_profile
from stretch_coach.guide.profile_effect import MILDER, caution_effect, find_effect
from stretch_coach.guide.suitability import Suitability
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import Library
from stretch_coach.routine.safety import load_safety
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.widgets.check_list import CheckList
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.picker import Picker

_KIT: tuple[Kit, ...] = get_args(Kit)
_KIT_LABELS = {"stable-chair": "chair without wheels", "floor": "floor space"}
_SPOTS: tuple[Spot | None, ...] = (None, *get_args(Spot))
_GOALS: tuple[Goal | None, ...] = (None, *get_args(Goal))
_MINUTES = (None, 1, 3, 5, 10, 15)
_INTRO = (
    f"What does not suit you is left out of every session. {MILDER} "
    "No answer is needed, and all of them stay on this machine."
)
_HINTS = {
    "profile-kit": "Exercises that need anything you have not ticked are left out.",
    "profile-place": "At the office, nothing is done on the floor; while travelling, nothing standing either, and "
    "nothing at a desk, wall or doorway.",
    "profile-goal": "Decides what is suggested. It leaves nothing out.",
    "profile-minutes": "Decides how long the suggested and built routines are. It leaves nothing out.",
}


class ProfileScreen(Screen[None]):
    """Asks what applies to the user, and shows at once what each answer leaves out.

    Args:
        context: The user's folders.
        library: The exercises and routines.

    Raises:
        CoachError: The profile is not valid.
    """

    HELP = (
        "Each answer is saved at once, and none is needed. Arrow keys move, space chooses. The right side shows what "
        "the marked answer leaves out, and what all of them leave out together; Page Down shows more of it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="profile.back", tooltip="Back"),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    ProfileScreen {
        #profile-title { height: 1; padding: 0 2; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
        #profile-intro { height: auto; padding: 0 2; color: $text-muted; }
        #profile-body { height: 1fr; margin-top: 1; scrollbar-size-vertical: 1; }
        #profile-top { height: 1fr; min-height: 11; max-height: 24; }
        #profile-left { width: auto; max-width: 60%; height: auto; padding: 0 2; }
        #profile-cautions { width: auto; }
        .profile-heading { text-style: bold; color: $text-accent; }
        #profile-effect {
            width: 1fr; height: 1fr; padding: 0 2; border-left: solid $border; scrollbar-size-vertical: 1;
        }
        #profile-one, #profile-all { height: auto; }
        #profile-one { margin-bottom: 1; }
        #profile-lines { height: auto; padding: 0 2; }
        .profile-line { height: auto; }
        .profile-name { width: 12; text-style: bold; }
        #profile-sentence { height: auto; padding: 0 2; color: $text-accent; }
        &.-high #profile-title { margin: 1 0; }
        &.-high .profile-line { margin-bottom: 1; }
        &.-high #profile-lines { margin-top: 1; }
        &.-mid #profile-body { margin-top: 0; }
        &.-medium #profile-left, &.-medium #profile-effect { padding: 0 1 0 2; }
        &.-narrow #profile-top { layout: vertical; height: auto; max-height: 100; }
        &.-narrow #profile-left { width: 1fr; max-width: 100%; padding: 0 1; }
        &.-narrow #profile-cautions { width: 1fr; }
        &.-narrow #profile-effect { width: 1fr; height: auto; border: none; padding: 0 1 1 1; }
        &.-narrow .profile-line { layout: vertical; }
        &.-narrow #profile-lines, &.-narrow #profile-sentence { padding: 0 1; }
        &.-low #profile-intro { display: none; }
        &.-low #profile-body { margin-top: 0; }
        &.-low #profile-sentence { max-height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, context: Context, library: Library) -> None:
        super().__init__()
        self._file = context.places.profile
        self.context = context
        self._library = library
        self._profile = load_profile(self._file)
        self._filters = load_safety(bundled_routines()).filters
        known = {*_MINUTES, self._profile.minutes_a_day}
        self._minutes = sorted(known, key=lambda minutes: minutes or 0)

    def compose(self) -> ComposeResult:
        """Lay out the questions beside what the answers leave out."""
        yield Static(
            Content.assemble("Your profile  ", (f"saved in {self._file}", "not bold $text-muted")), id="profile-title"
        )
        yield Static(_INTRO, id="profile-intro")
        with VerticalScroll(id="profile-body", can_focus=False):
            with Horizontal(id="profile-top"):
                with Vertical(id="profile-left"):
                    yield Static("What applies to you?", classes="profile-heading")
                    chosen = [index for index, one in enumerate(self._filters) if one.id in self._profile.cautions]
                    yield CheckList([one.label for one in self._filters], chosen, id="profile-cautions")
                with VerticalScroll(id="profile-effect", can_focus=False):
                    yield Static(id="profile-one")
                    yield Static(id="profile-all")
            with Vertical(id="profile-lines"):
                yield from self._lines()
        yield Static(id="profile-sentence")
        yield KeyFooter()

    def _lines(self) -> ComposeResult:
        """Lay out the questions whose answers are on a line."""
        profile = self._profile
        have = _KIT if profile.kit is None else profile.kit
        kit = [_KIT_LABELS.get(one, one) for one in _KIT]
        minutes = ["any", *(f"{one} min" for one in self._minutes if one)]
        pickers = {
            "You have": Picker(kit, [_KIT.index(one) for one in have], several=True, id="profile-kit"),
            "Where": Picker(["anywhere", *filter(None, _SPOTS)], [_SPOTS.index(profile.place)], id="profile-place"),
            "Goal": Picker(["none", *GOAL_NAMES.values()], [_GOALS.index(profile.goal)], id="profile-goal"),
            "Time a day": Picker(minutes, [self._minutes.index(profile.minutes_a_day)], id="profile-minutes"),
        }
        for name, picker in pickers.items():
            with Horizontal(classes="profile-line"):
                yield Static(name, classes="profile-name")
                yield picker

    def on_mount(self) -> None:
        """Show what is left out."""
        self.query_one(CheckList).focus()
        self._explain_caution(0)
        self._show_all()

    def action_page(self, by: int) -> None:
        """Show more of what is left out (1), or what was above it (-1)."""
        effect = self.query_one("#profile-effect", VerticalScroll)
        effect.scroll_relative(y=by * max(1, effect.size.height - 1), animate=False)

    @on(CheckList.Highlighted)
    def _highlighted(self, message: CheckList.Highlighted) -> None:
        self._explain_caution(message.index)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Say what the focused question decides."""
        if isinstance(event.widget, CheckList):
            self._explain_caution(event.widget.cursor)
        elif hint := _HINTS.get(event.widget.id or ""):
            self.query_one("#profile-one", Static).update(Content(hint))

    @on(CheckList.Changed)
    @on(Picker.Changed)
    def _answered(self) -> None:
        """Save the answers, and show what they leave out."""
        chosen = self.query_one(CheckList).chosen
        cautions = [one.id for index, one in enumerate(self._filters) if index in chosen]
        kit = [_KIT[index] for index in sorted(self.query_one("#profile-kit", Picker).chosen)]
        answers = {
            "cautions": cautions,
            "kit": None if len(kit) == len(_KIT) else kit,
            "place": _SPOTS[self.query_one("#profile-place", Picker).value],
            "goal": _GOALS[self.query_one("#profile-goal", Picker).value],
            "minutes_a_day": self._minutes[self.query_one("#profile-minutes", Picker).value],
        }
        with self.context.reporting_errors():
            try:
                save_profile(self._file, profile := Profile.model_validate(answers))
            except OSError as error:
                raise CoachError(str(self._file), f"cannot be written ({error.strerror}).") from error
            self._profile = profile
        self._show_all()

    def _explain_caution(self, index: int) -> None:
        caution = self._filters[index]
        words = " ".join(caution_effect(caution, self._library.exercises.values()))
        title = caution.label[0].upper() + caution.label[1:]
        self.query_one("#profile-one", Static).update(Content.assemble((f"{title}. ", "bold"), words))

    def _show_all(self) -> None:
        """Show what the answers leave out together."""
        effect = find_effect(Suitability(self._profile, self._filters), self._library)
        names: dict[str, list[str]] = {}
        for name, why in effect.left_out:
            names.setdefault(why, []).append(name)
        parts = [Content.styled("All your answers", "bold $text-accent")] if names else []
        parts += [Content.assemble((f"{why}: ", "$text-muted"), ", ".join(some)) for why, some in names.items()]
        self.query_one("#profile-all", Static).update(Content("\n").join(parts))
        titles = ", ".join(title for title, _ in effect.without)
        nothing = f" Nothing is left of: {titles}." if titles else ""
        self.query_one("#profile-sentence", Static).update(Content(f"{effect.sentence}.{nothing}"))
