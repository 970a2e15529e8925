"""What the command palette offers: what the keys of a screen do, and what the app can do from anywhere."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from textual.app import App, SystemCommand
from textual.screen import Screen

from stretch_coach.breaks.commands import wake
from stretch_coach.breaks.pause import end_pause, parse_pause, paused_until, set_pause
from stretch_coach.breaks.timetable import SystemZone
from stretch_coach.context import Context
from stretch_coach.phrasing import count
from stretch_coach.routine.library import Library
from stretch_coach.settings.edit import change_setting
from stretch_coach.settings.kinds import WordChoice
from stretch_coach.settings.schema import SETTINGS
from stretch_coach.tui.exports import export_history, export_report
from stretch_coach.tui.messages import SessionRequested
from stretch_coach.tui.palette import ChoicePalette, PaletteChoice
from stretch_coach.tui.screens.problems import ProblemsScreen

_OPENED = {
    "history": "View and correct your history",
    "breaks": "Plan break reminders",
    "exercises": "Find an exercise, read all about it, and start it alone",
    "tight": "Find exercises for where it is tight",
    "profile": "Say what applies to you, and what does not suit it is left out",
    "program": "Follow a program over weeks, or see today's day of it",
    "settings": "Change the settings",
}
_CHOSEN = {"app.figure": "Figure", "app.motion": "Motion", "voice.level": "Speech"}
_NEVER = {"app.help", "app.jump", "app.quit", "coach.begin", "home.quit", "home.signs"}
"""The ids of bindings that are offered in other words, or that do nothing from a list of commands."""


class CommandContext(NamedTuple):
    """Where the user is.

    Attributes:
        in_flow: Whether a session or its questions are under way, so that no other screen may open.
        library: The routines, or None until they are loaded.
        problems: Why files of the user cannot be used.
    """

    in_flow: bool
    library: Library | None
    problems: Sequence[str]


def find_commands(
    app: App[Any], context: Context, screen: Screen[Any], situation: CommandContext
) -> Iterator[SystemCommand]:
    """Yield the commands that make sense on a screen, the ones of the screen itself first."""
    taken = set()
    for command in _of_keys(app, screen):
        taken.add(command.title)
        yield command
    for command in _of_app(app, context, screen, situation):
        if command.title not in taken:
            yield command


def _of_keys(app: App[Any], screen: Screen[Any]) -> Iterator[SystemCommand]:
    """Yield what the keys of the screen do, with the keys."""
    offered = set(_NEVER)
    for active in screen.active_bindings.values():
        binding = active.binding
        is_quiet = not binding.show and active.node is not screen  # such as the arrows of a list
        if binding.id and binding.description and active.enabled and not is_quiet and binding.id not in offered:
            offered.add(binding.id)
            words = f"{binding.tooltip or binding.description} · {app.get_key_display(binding)}"
            yield SystemCommand(binding.description, words, partial(app.run_action, binding.action, active.node))


def _of_app(app: App[Any], context: Context, screen: Screen[Any], situation: CommandContext) -> Iterator[SystemCommand]:
    if not situation.in_flow:
        yield from _of_screens(app, screen)
        yield SystemCommand("New routine", "Build a routine of your own", _action(app, "build"))
        if context.settings.breaks.rules:
            yield from _of_breaks(context)
    yield SystemCommand("Theme", "Change the colours, which are shown as you choose", app.search_themes)
    for name, title in _CHOSEN.items():
        yield SystemCommand(title, SETTINGS[name].help, partial(choose_setting, app, context, name))
    yield SystemCommand("Jump", "Move the focus to a part of the screen by its letter", _action(app, "jump"))
    yield SystemCommand("Help", "Show what the keys do", _action(app, "help"))
    if not situation.in_flow:
        yield from _of_history(app, context, situation)
        yield SystemCommand("Warning signs", "Review the warning signs", _action(app, "review_signs"))
    if situation.problems:
        words = f"Read why {count(len(situation.problems), 'file')} cannot be used"
        yield SystemCommand("Problems", words, lambda: app.push_screen(ProblemsScreen(situation.problems)))
    yield SystemCommand("Screenshot", "Save a picture of the screen", app.deliver_screenshot)
    yield SystemCommand("Quit", "Quit (asks during a session)", _action(app, "leave"))
    if not situation.in_flow:
        for id_, routine in situation.library.routines.items() if situation.library else ():
            start = partial(app.post_message, SessionRequested(id_))
            yield SystemCommand(f"Start {routine.title}", "Start this routine", start, discover=False)


def _of_screens(app: App[Any], screen: Screen[Any]) -> Iterator[SystemCommand]:
    for name, words in _OPENED.items():
        if type(screen).__name__.removesuffix("Screen").lower() != name:
            yield SystemCommand(name.capitalize(), words, _action(app, f"open({name!r})"))


def _of_breaks(context: Context) -> Iterable[SystemCommand]:
    if paused_until(context.places.breaks, context.clock.wall().ms / 1000):
        return [SystemCommand("Resume breaks", "End the pause of break prompts", partial(resume_breaks, context))]
    return [
        SystemCommand("Pause breaks for 2 h", "Show no prompts for two hours", partial(pause_breaks, context, "2h")),
        SystemCommand("Pause breaks today", "Show no prompts until tomorrow", partial(pause_breaks, context, "today")),
    ]


def _of_history(app: App[Any], context: Context, situation: CommandContext) -> Iterator[SystemCommand]:
    def write(export: Callable[[], Path]) -> None:
        app.run_worker(_write(app, context, export), exit_on_error=False)

    history, library = partial(export_history, context), situation.library
    yield SystemCommand("Export the history", "Write it to a file that can be imported", partial(write, history))
    if library:
        report = partial(export_report, context, library)
        yield SystemCommand("Report", "Make a page to print or to show to a clinician", partial(write, report))


async def _write(app: App[Any], context: Context, export: Callable[[], Path]) -> None:
    with context.reporting_errors():
        app.notify(f"Saved in {await asyncio.to_thread(export)}.", markup=False, timeout=10)


def pause_breaks(context: Context, how_long: str) -> None:
    """Show no prompts for as long as `2h` or `today` says."""
    now, folder = context.clock.wall().ms / 1000, context.places.breaks
    with context.reporting_errors():
        set_pause(folder, parse_pause(how_long, now, SystemZone(), context.settings.record.day_start))
    wake(folder)


def resume_breaks(context: Context) -> None:
    """Show prompts again."""
    with context.reporting_errors():
        end_pause(context.places.breaks)
    wake(context.places.breaks)


def choose_setting(app: App[Any], context: Context, name: str) -> None:
    """List the words that a setting can have; the one that is chosen is written to the settings."""
    setting = SETTINGS[name]
    if not isinstance(setting.kind, WordChoice):
        raise TypeError(f"{name} is not a choice between words")
    present = context.settings.value(setting)
    words = sorted(setting.kind.words, key=lambda word: word != present)
    choices = [PaletteChoice(f"{setting.title}: {word}", word, "now" if word == present else "") for word in words]

    def choose(word: str) -> None:
        with context.reporting_errors():
            context.edit_settings(lambda file: change_setting(file, name, word))

    app.push_screen(ChoicePalette(choices, choose, placeholder=f"{setting.title}…"))


def _action(app: App[Any], action: str) -> Callable[[], Any]:
    return partial(app.run_action, f"app.{action}")
