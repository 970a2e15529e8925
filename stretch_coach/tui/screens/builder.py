"""The builder: a screen to make a routine, or to change one."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from stretch_coach.context import Context
from stretch_coach.guide.builder import Builder
from stretch_coach.guide.own_routines import FileChanged
from stretch_coach.guide.suitability import load_suitability
from stretch_coach.routine.draft import SIDES, DoseField, Draft
from stretch_coach.routine.library import Library
from stretch_coach.routine.model import Routine
from stretch_coach.tui.breakpoints import HEIGHTS, WIDTHS
from stretch_coach.tui.dialogs import ConfirmDialog
from stretch_coach.tui.drawing import Drawing
from stretch_coach.tui.messages import SessionRequested
from stretch_coach.tui.screens.exercise_picker import ExercisePicker
from stretch_coach.tui.widgets.builder_head import BuilderHead
from stretch_coach.tui.widgets.edit_line import EditLine
from stretch_coach.tui.widgets.key_footer import KeyFooter
from stretch_coach.tui.widgets.preview import Preview
from stretch_coach.tui.widgets.step_table import Column, StepTable

REHEARSAL_PACE = 10.0
"""How many times as fast a rehearsal runs."""

_DOSES: dict[Column, tuple[DoseField, str]] = {
    Column.PREPARE: ("prepare", "Seconds to get ready, 0 to 600:"),
    Column.HOLD: ("hold", "Seconds to hold or to move, 1 to 600:"),
    Column.REPS: ("reps", "How many times, 1 to 100:"),
    Column.REST: ("rest", "Seconds of rest, 0 to 600:"),
}
_TITLE, _WORDS = "Title:", "What is said:"


class BuilderScreen(Screen[None]):
    """Builds a routine.

    Args:
        context: The user's folders and settings.
        library: All routines and exercises.
        routine: The routine to change, or None for a new one.
    """

    HELP = (
        "The arrows choose a step and a part of it. Plus and minus change it; Enter, or typing a number, sets it. "
        "Shift with an arrow moves a step. {builder.rehearse} runs everything ten times as fast and records nothing. "
        "A bundled routine stays what it is: you change a copy."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="builder.back", tooltip="Go back; asks if something is not saved"),
        Binding("a", "add", "Add", id="builder.add", tooltip="Add an exercise after this step"),
        Binding("r", "add_rest", "Rest", id="builder.rest", tooltip="Add a rest after this step"),
        Binding("s,ctrl+s", "save", "Save", id="builder.save", tooltip="Save the routine as a file"),
        Binding("space", "start", "Start", id="builder.start", tooltip="Save it if it is not saved, and start it"),
        Binding("f", "rehearse", "Fast run", id="builder.rehearse", tooltip="Run it ten times as fast"),
        Binding("plus,equals_sign", "more(1)", "More", key_display="+", id="builder.more", tooltip="More of this"),
        Binding("minus", "more(-1)", "Less", key_display="-", id="builder.less", tooltip="Less of this"),
        Binding("shift+up,k", "move(-1)", "Up", show=False, id="builder.up", tooltip="Move the step up"),
        Binding("shift+down,j", "move(1)", "Down", show=False, id="builder.down", tooltip="Move the step down"),
        Binding("c", "copy", "Copy", show=False, id="builder.copy", tooltip="Do this step once more"),
        Binding("d,delete", "remove", "Remove", id="builder.remove", tooltip="Remove the step"),
        Binding("w", "words", "Words", show=False, id="builder.words", tooltip="Change what is said in this step"),
        Binding("t", "title", "Title", id="builder.title", tooltip="Change the title"),
        Binding("u", "undo", "Undo", id="builder.undo", tooltip="Undo the last change"),
        Binding("y", "redo", "Redo", show=False, id="builder.redo", tooltip="Make the change again that was undone"),
    ]
    AUTO_FOCUS = "StepTable"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    BuilderScreen {
        #builder-body { height: 1fr; }
        StepTable { width: 3fr; }
        Preview { width: 2fr; }
        &.-medium StepTable { width: 55; }
        &.-medium Preview { width: 1fr; }
        &.-low StepTable, &.-narrow StepTable { border: none; }
    }
    """

    def __init__(self, context: Context, library: Library, routine: Routine | None = None) -> None:
        super().__init__()
        self.context = context
        self._library = library
        self._builder = Builder(library, context.places.routines, routine)
        self._suits = load_suitability(context.places)
        self._drawing = Drawing(context)
        self._asks = False

    def compose(self) -> ComposeResult:
        """Lay out the title and the total, the steps beside the selected one, and the line to type in."""
        yield BuilderHead(self._suits)
        with Horizontal(id="builder-body"):
            yield StepTable()
            yield Preview(self._drawing, self.context.clock.now)
        yield EditLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the routine."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.query_one(Preview).paint())
        self._show(0)

    def on_screen_suspend(self) -> None:
        """Keep the figure still while another screen is on top."""
        self.query_one(Preview).rest()

    @property
    def _table(self) -> StepTable:
        return self.query_one(StepTable)

    @property
    def _draft(self) -> Draft:
        return self._builder.draft

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer only what can be done now."""
        if not self.is_mounted:
            return True
        if self.query_one(EditLine).is_open:
            return False
        builder, has_step = self._builder, self._table.step is not None
        possible = {
            **dict.fromkeys(("remove", "copy", "move", "words"), has_step),
            **dict.fromkeys(("rehearse", "start"), builder.draft.routine is not None),
            "more": has_step and self._table.part is not Column.NAME,
            "undo": builder.can_undo,
            "redo": builder.can_redo,
            "save": not builder.is_saved or builder.file is None,
        }
        return possible.get(action, True)

    @work
    async def action_add(self) -> None:
        """Add an exercise after the current step."""
        index = self._after
        if exercise := await self._pick():
            self._change(self._draft.add_exercise(index, exercise), index)

    def action_add_rest(self) -> None:
        """Add a rest after the current step."""
        self._change(self._draft.add_rest(self._after), self._after)

    def action_copy(self) -> None:
        """Do the current step twice."""
        self._change(self._draft.copy_step(self._table.cursor), self._table.cursor + 1)

    def action_remove(self) -> None:
        """Remove the current step."""
        self._change(self._draft.remove_step(self._table.cursor), self._table.cursor)

    def action_move(self, by: int) -> None:
        """Move the current step up (-1) or down (1)."""
        index = self._table.cursor
        self._change(self._draft.move_step(index, index + by), index + by)

    def action_more(self, by: int) -> None:
        """Change the part below the cursor to the next larger (1) or smaller (-1) value."""
        index, part, step = self._table.cursor, self._table.part, self._table.step
        if step is None:
            return
        if part in _DOSES:
            self._change(self._draft.step_dose(index, _DOSES[part][0], by), index)
        elif part is Column.SIDE and step.exercise and step.exercise.sided:
            side = "each" if len(step.step.sides) > 1 else step.step.sides[0] or "each"
            following = SIDES[(SIDES.index(side) + by) % len(SIDES)]
            self._change(self._draft.set_side(index, following), index)

    def action_title(self) -> None:
        """Let the user type another title."""
        self.query_one(EditLine).ask(_TITLE, _TITLE, self._draft.title)

    def action_words(self) -> None:
        """Let the user type what is said in the current step."""
        step = self._table.step
        if step is not None:
            said = step.step.say or (step.exercise.say if step.exercise else "")
            self.query_one(EditLine).ask(_WORDS, _WORDS, said, replace=False)

    def action_undo(self) -> None:
        """Undo the last change."""
        self._builder.undo()
        self._show(self._table.cursor)

    def action_redo(self) -> None:
        """Make the change again that was undone last."""
        self._builder.redo()
        self._show(self._table.cursor)

    def action_rehearse(self) -> None:
        """Run the routine fast, without recording anything."""
        if self._draft.routine:
            self.post_message(SessionRequested(self._draft.routine, rehearsal=REHEARSAL_PACE))

    @work
    async def action_save(self) -> None:
        """Save the routine."""
        if routine := await self._save():
            said = f"Saved as {routine.path.name}. Start it with `stretch-coach start {routine.id}`."
            self.app.notify(said, markup=False, timeout=8)

    @work
    async def action_start(self) -> None:
        """Start the routine once it is saved, since the history names it."""
        routine = self._draft.routine if self._builder.is_saved and self._builder.file else await self._save()
        if routine:
            self.post_message(SessionRequested(routine))

    @work
    async def action_back(self) -> None:
        """Close the screen, after a question if something is not saved."""
        if await self.may_close():
            self.dismiss()

    async def may_close(self) -> bool:
        """Return whether nothing that the user wants to keep would be lost; asked once at a time."""
        if self._builder.is_saved or self._asks:
            return self._builder.is_saved
        self._asks = True
        title = self._draft.title or "This routine"
        dialog = ConfirmDialog("Leave without saving?", f"{title} has changes.", confirm="Leave", cancel="Stay")
        leaves = await self.app.push_screen_wait(dialog)
        self._asks = False
        return leaves is True

    @on(StepTable.Moved)
    def _moved(self) -> None:
        self._show_step()
        self.refresh_bindings()

    @on(StepTable.Dropped)
    def _dropped(self, message: StepTable.Dropped) -> None:
        self._change(self._draft.move_step(message.index, message.to), message.to)

    @on(StepTable.EditRequested)
    async def _edit(self, message: StepTable.EditRequested) -> None:
        part, step = self._table.part, self._table.step
        if step is None:
            return
        if part in _DOSES:
            field, question = _DOSES[part]
            value = message.typed or f"{getattr(step.step, field):g}"
            self.query_one(EditLine).ask(field, question, value, replace=not message.typed)
        elif part is Column.SIDE:
            self.action_more(1)
        elif step.exercise is None:
            self.action_words()
        else:
            self._replace_exercise(self._table.cursor)

    @work
    async def _replace_exercise(self, index: int) -> None:
        if exercise := await self._pick():
            self._change(self._draft.set_exercise(index, exercise), index)

    @on(EditLine.Entered)
    def _entered(self, message: EditLine.Entered) -> None:
        index, asked = self._table.cursor, message.asked
        if asked == _TITLE:
            self._change(self._draft.with_title(message.text), index)
        elif asked == _WORDS:
            self._change(self._draft.set_say(index, message.text), index)
        else:
            self._set_dose(index, message)

    def _set_dose(self, index: int, message: EditLine.Entered) -> None:
        field = next(field for field, _ in _DOSES.values() if field == message.asked)
        try:
            value = int(message.text) if field == "reps" else float(message.text.replace(",", "."))
            self._change(self._draft.set_dose(index, field, value), index)
        except (ValueError, OverflowError):
            self.app.notify(f"{message.text} is not a number.", markup=False, severity="warning")

    @on(EditLine.Closed)
    def _line_closed(self) -> None:
        self._table.focus()
        self.refresh_bindings()

    @property
    def _after(self) -> int:
        """The index at which a new step is added."""
        return self._table.cursor + 1 if self._table.steps else 0

    async def _pick(self) -> str | None:
        exercises, now = self._draft.exercises, self.context.clock.now
        titles_with, why_not = self._library.titles_with, self._suits.why_not
        picker = ExercisePicker(exercises, titles_with, why_not, self._drawing, now)
        return await self.app.push_screen_wait(picker)

    async def _save(self) -> Routine | None:
        """Save the routine and return it, or None if that was not possible or not wanted."""
        routine = None
        with self.context.reporting_errors():
            try:
                routine = self._builder.save()
            except FileChanged as changed:
                text = "Your version can be saved in a file of its own. The other one stays."
                dialog = ConfirmDialog(changed.problem, text, confirm="Save a copy", cancel="Do not save", suggest=True)
                if await self.app.push_screen_wait(dialog):
                    routine = self._builder.save_copy()
        self._show(self._table.cursor)
        return routine

    def _change(self, draft: Draft, cursor: int) -> None:
        if self._builder.change(draft):
            self._show(cursor)
        else:
            self.app.bell()

    def _show(self, cursor: int) -> None:
        """Show the draft, with the cursor on a step."""
        builder = self._builder
        self._table.show(builder.draft.steps, cursor)
        self.query_one(BuilderHead).show(builder.draft, builder.file if builder.is_saved else None)
        self._show_step()
        self.refresh_bindings()

    def _show_step(self) -> None:
        """Show how the selected step is done; in a rest, how the next one is."""
        preview, table = self.query_one(Preview), self._table
        shown = table.steps[table.cursor : table.cursor + 2]
        exercise = next((one.exercise for one in shown if one.exercise), None)
        preview.visible = exercise is not None
        if exercise is not None:
            preview.show_exercise(exercise, self._library.titles_with(exercise.id))
