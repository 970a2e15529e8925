"""Programs over weeks: look through them, start one, do what is due today, and stop it."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.guide.programs import ProgramStatus, find_schedule, load_status
from stretch_coach.journal.programs import start_program, stop_program
from stretch_coach.phrasing import count
from stretch_coach.routine.library import Library
from stretch_coach.routine.program import Program
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.dialogs import ConfirmDialog
from stretch_coach.tui.messages import SessionRequested
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.program_text import program_text

_RUNNING = "● "


class ProgramScreen(Screen[None]):
    """Lists the programs beside the weeks of the highlighted one.

    Args:
        context: The user's folders, history and clock.
        library: The programs and the routines.
    """

    HELP = (
        "A program says which routine is due on which day. Enter starts the highlighted program, or what is due today "
        "if it is running. A day waits until it is done, so a missed day moves the rest and loses nothing."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "Start", id="program.start", tooltip="Start this program, or what is due today"),
        Binding("d", "stop", "Stop", id="program.stop", tooltip="Stop the program that runs"),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("escape", "app.pop_screen", "Back", id="program.back", tooltip="Back"),
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    ProgramScreen {
        #program-title { height: 1; padding: 0 2; text-style: bold; }
        #program-body { height: 1fr; }
        #program-list {
            width: 34; height: 1fr; padding: 0 1; border: none; background: transparent;
            scrollbar-size-vertical: 1;
        }
        #program-weeks { width: 1fr; height: 1fr; padding: 0 2; border-left: solid $border; }
        #program-weeks { scrollbar-size-vertical: 1; }
        &.-high #program-title { margin: 1 0; }
        &.-narrow #program-body { layout: vertical; }
        &.-narrow #program-list { width: 1fr; height: auto; max-height: 5; }
        &.-narrow #program-weeks { border: none; padding: 0 1; }
    }
    """

    def __init__(self, context: Context, library: Library) -> None:
        super().__init__()
        self.context = context
        self._library = library
        self._titles = {id_: routine.title for id_, routine in library.routines.items()}
        self._programs = list(library.programs.values())
        self._status: ProgramStatus | None = None

    def compose(self) -> ComposeResult:
        """Lay out the list beside the weeks."""
        yield Static("Programs over weeks", id="program-title")
        with Horizontal(id="program-body"):
            yield OptionList(id="program-list")
            with VerticalScroll(id="program-weeks", can_focus=False):
                yield Static(id="program-text")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the program that runs, or the first one."""
        self.query_one(OptionList).focus()
        self._read()

    def on_screen_resume(self) -> None:
        """Show what was done while another screen was on top."""
        self._read()

    def _read(self) -> None:
        try:
            self._status = load_status(self.context)
        except CoachError as error:
            self._status = None
            self.context.warn(str(error))
        options = self.query_one(OptionList)
        before = options.highlighted
        options.clear_options()
        options.add_options([Option(self._line(one), one.id) for one in self._programs])
        running = next((index for index, one in enumerate(self._programs) if self._runs(one)), 0)
        options.highlighted = (running if before is None else before) if self._programs else None
        self._show()

    def _line(self, program: Program) -> Content:
        mark = _RUNNING if self._runs(program) else " " * len(_RUNNING)
        return Content.assemble((mark, "$text-accent"), program.title)

    def _runs(self, program: Program) -> bool:
        return self._status is not None and self._status.program.id == program.id

    @property
    def _highlighted(self) -> Program | None:
        index = self.query_one(OptionList).highlighted
        return None if index is None else self._programs[index]

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        program = self._highlighted
        if program:
            status = self._status if self._runs(program) else None
            self.query_one("#program-text", Static).update(program_text(program, status, self._titles))
            self.query_one("#program-weeks", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer only what can be done now."""
        if not self.is_mounted:
            return True
        if action == "begin":
            program = self._highlighted
            return program is not None and (not self._runs(program) or bool(self._status and self._status.left))
        return action != "stop" or self._status is not None

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that do something now. Enter, which the list has, is offered as what it does here."""
        keys = super().active_bindings
        own = next((one for one in self._bindings.get_bindings_for_key("enter")), None)
        if own and self.is_mounted and self.check_action("begin", ()):
            keys = {"enter": ActiveBinding(self, own, enabled=True, tooltip=own.tooltip)} | {
                key: one for key, one in keys.items() if key != "enter"
            }
        return keys

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        if self.check_action("begin", ()):
            self.action_begin()

    @work
    async def action_begin(self) -> None:
        """Start the highlighted program, or what is due today if it is the one that runs."""
        program = self._highlighted
        if program is None:
            return
        if self._runs(program):
            if self._status and self._status.left:
                self.post_message(SessionRequested(self._status.left[0]))
            return
        if not await self.app.push_screen_wait(self._start_dialog(program)):
            return
        with self.context.reporting_errors(), self.context.writable_history() as history:
            now_ms = self.context.clock.wall().ms
            start_program(history, program.id, self.context.today, now_ms, find_schedule(program))
        self.notify(f"Started {program.title}. Home shows its day.", markup=False)
        self._read()

    def _start_dialog(self, program: Program) -> ConfirmDialog:
        running = self._status.program.title if self._status else ""
        instead = [f"It takes the place of {running}."] if running else []
        text = "\n\n".join([*program.file.cautions, *instead])
        return ConfirmDialog(f"Start {program.title} today?", text, confirm="Start", cancel="Not now", suggest=True)

    @work
    async def action_stop(self) -> None:
        """Stop the program that runs, after a question."""
        if self._status is None:
            return
        question = f"Stop {self._status.program.title}?"
        days = f"{self._status.done_days} of {count(self._status.all_days, 'day')} done."
        done = f"{days} What you did stays in your history."
        if not await self.app.push_screen_wait(ConfirmDialog(question, done, confirm="Stop", cancel="Keep it")):
            return
        with self.context.reporting_errors(), self.context.writable_history() as history:
            stop_program(history, self.context.today, self.context.clock.wall().ms)
        self._read()

    def action_page(self, by: int) -> None:
        """Show more of the weeks."""
        weeks = self.query_one("#program-weeks", VerticalScroll)
        weeks.scroll_relative(y=by * max(1, weeks.size.height - 1), animate=False)
