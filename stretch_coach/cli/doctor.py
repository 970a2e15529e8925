"""`doctor`: checks everything the coach needs, and says how to fix what is missing."""

import asyncio
import os
import platform
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from stretch_coach import __version__
from stretch_coach.cli.output import echo, echo_columns, echo_json
from stretch_coach.errors import CoachError
from stretch_coach.paths import HOME_VARIABLE, Places, bundled_routines, find_places
from stretch_coach.phrasing import count
from stretch_coach.settings import load_settings_or_defaults

if TYPE_CHECKING:
    from stretch_coach.breaks.desktop.terminals import Terminal

_LEAST_COLUMNS = 40

_WINDOW_SECONDS, _POLL_SECONDS = 5.0, 0.02
"""How long a window may take to open and close, and how often that is looked at."""


class Finding(NamedTuple):
    """The result of one check.

    Attributes:
        subject: What was checked.
        good: Whether it works.
        found: What was found.
        cure: What to do about it; empty if there is nothing to do.
    """

    subject: str
    good: bool
    found: str
    cure: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(*, as_json: bool) -> None:
    """Check files, speech, sound, terminal and desktop, and say what to do about what does not work.

    On a Linux desktop, a terminal window opens for a moment.
    """
    findings = list(_findings(find_places()))
    if as_json:
        echo_json([one._asdict() for one in findings], indent=1)
        return
    rows = []
    for one in findings:
        rows.append(("ok" if one.good else "!!", one.subject, one.found))
        if one.cure:
            rows.append(("", "", one.cure))
    echo_columns(rows)
    if all(one.good for one in findings):
        echo("Everything works.")


def _findings(places: Places) -> Iterator[Finding]:
    version = f"Stretch Coach {__version__}, Python {platform.python_version()}"
    yield Finding("program", good=True, found=f"{version}, {platform.system()} {platform.machine()}")
    yield _settings(places)
    checks: dict[str, Callable[[], Finding]] = {
        "profile": lambda: _profile(places.profile),
        "history": lambda: _history(places.history),
        "backups": lambda: _backups(places),
        "routines": lambda: _routines(places.routines),
        "state": lambda: _folder("state", places.state),
        "cache": lambda: _folder("cache", places.cache),
        "speech": lambda: asyncio.run(_speech(places)),
        "sound": lambda: asyncio.run(_sound(places)),
        "terminal": _terminal,
        "notifications": _notifications,
        "idle time": _idle_time,
        "terminal window": lambda: _terminal_window(places),
        "autostart": _autostart,
    }
    for subject, check in checks.items():
        try:
            yield check()
        except CoachError as error:
            yield Finding(subject, good=False, found=error.problem, cure=error.hint)
        except Exception as error:  # noqa: BLE001 - one check that fails must not hide the others
            found = f"could not be checked ({type(error).__name__}: {error})"
            yield Finding(subject, good=False, found=found, cure="Please report this.")


def _settings(places: Places) -> Finding:
    error = load_settings_or_defaults(places.settings_file).error
    if error:
        return Finding("settings", good=False, found=error.problem, cure=error.hint)
    state = "valid" if places.settings_file.exists() else "no file; using defaults"
    return Finding("settings", good=True, found=f"{places.settings_file}: {state}")


def _profile(file: Path) -> Finding:
    from stretch_coach.guide.profile import load_profile

    try:
        load_profile(file)
    except CoachError as error:
        return Finding("profile", good=False, found=str(error), cure="No session starts until it is corrected.")
    state = "valid" if file.exists() else "no file; nothing is left out"
    return Finding("profile", good=True, found=f"{file}: {state}")


def _history(file: Path) -> Finding:
    from stretch_coach.journal.database import find_damage, friendly_errors, open_for_reading

    with friendly_errors(file), closing(open_for_reading(file)) as database:
        sessions = database.execute("SELECT count(*) FROM session WHERE deleted = 0").fetchone()[0]
        summed = database.execute("SELECT coalesce(sum(sessions), 0) FROM day_sum").fetchone()[0]
    if not file.exists():
        return Finding("history", good=True, found=f"{file}: no sessions yet")
    damage = find_damage(file)
    if damage or sessions != summed:
        found = f"{file}: damaged ({damage or 'the sums of its days do not match its sessions'})"
        cure = "`stretch-coach restore` restores the newest intact backup, and keeps this file beside it."
        return Finding("history", good=False, found=found, cure=cure)
    found = f"{file}: {count(sessions, 'session')}, intact, SQLite {sqlite3.sqlite_version}"
    return Finding("history", good=True, found=found)


def _backups(places: Places) -> Finding:
    from stretch_coach.cli.context import find_context
    from stretch_coach.journal.backup_checks import backup_warnings
    from stretch_coach.journal.backups import backups_folder, list_backups, newest_good_backup

    context = find_context()
    context.reload_settings()
    today = context.today
    for problem, cure in backup_warnings(places, today):
        return Finding("backups", good=False, found=problem, cure=cure)
    backups, newest = list_backups(places.history, today), newest_good_backup(places.history, today)
    if newest is None:
        return Finding("backups", good=True, found=f"{backups_folder(places.history)}: none yet")
    sessions = count(newest.contents.sessions, "session")
    files = f" and {count(len(newest.contents.files), 'file')}" if newest.contents.files else ""
    days = ", ".join(backup.name for backup in backups)
    return Finding("backups", good=True, found=f"{days}; the newest has {sessions}{files}")


def _routines(folder: Path) -> Finding:
    from stretch_coach.routine.library import load_library

    library = load_library(bundled_routines(), folder)
    own = sum(not routine.bundled for routine in library.routines.values())
    found = f"{count(len(library.routines), 'routine')}, {own} of your own; {len(library.exercises)} exercises"
    return Finding("routines", good=not library.errors, found=found, cure="\n".join(map(str, library.errors[:1])))


def _folder(name: str, folder: Path) -> Finding:
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    if existing.is_dir() and os.access(existing, os.W_OK):
        state = "writable" if existing == folder else "will be created when needed"
        return Finding(name, good=True, found=f"{folder}: {state}")
    cure = f"Check the permissions of {existing}, or point {HOME_VARIABLE} at another folder."
    return Finding(name, good=False, found=f"{folder}: cannot be written", cure=cure)


async def _speech(places: Places) -> Finding:
    from stretch_coach.session.prepare import voice_request
    from stretch_coach.voice.child import ChildError
    from stretch_coach.voice.natural import find_model
    from stretch_coach.voice.renderer import make_renderer
    from stretch_coach.voice.request import VoiceSource

    voice = load_settings_or_defaults(places.settings_file).settings.voice
    request = voice_request(places, voice, "en")
    if request.source is VoiceSource.NATURAL:
        try:
            find_model(request.voice)
        except CoachError as error:
            found = f"{error.problem} The usual voice speaks in its place."
            return Finding("speech", good=False, found=found, cure=error.hint)
    renderer = make_renderer(request)
    try:
        voices = await renderer.voices()
        engine = f"{renderer.source} engine, {count(len(voices), 'voice')}"
    except (ChildError, TimeoutError) as error:
        cure = {
            "darwin": "Add a voice in System Settings > Accessibility > Spoken Content.",
            "win32": "Add a voice in Settings > Time & language > Speech.",
        }.get(sys.platform, "Install espeak-ng with your package manager, or reinstall Stretch Coach.")
        found = f"no engine ({error}); tones and the screen are used instead"
        return Finding("speech", good=False, found=found, cure=cure)
    finally:
        await renderer.close()
    return Finding("speech", good=True, found=f"{engine}; level {voice.level}, {request.rate} words a minute")


async def _sound(places: Places) -> Finding:
    from stretch_coach.voice.players import open_player

    player, problem = await open_player(places.cache, ring=None)
    await player.close()
    if problem is None:
        return Finding("sound", good=True, found=f"plays through {player.name}")
    cure = (
        "Check that an output device is connected, and that PipeWire, PulseAudio or ALSA is running."
        if sys.platform == "linux"
        else "Check that an output device is connected and chosen in the system's sound settings."
    )
    return Finding(
        "sound", good=player.plays_speech, found=f"{player.name}; no output device can be opened ({problem})", cure=cure
    )


def _terminal() -> Finding:
    if not sys.stdout.isatty():
        return Finding("terminal", good=True, found="none; sessions run in line mode")
    size = shutil.get_terminal_size()
    colours = "24-bit colours" if os.environ.get("COLORTERM") in ("truecolor", "24bit") else os.environ.get("TERM", "?")
    if os.environ.get("NO_COLOR"):
        colours = "no colours (NO_COLOR is set)"
    cure = "" if size.columns >= _LEAST_COLUMNS else f"Make it at least {_LEAST_COLUMNS} columns wide."
    found = f"{size.columns}x{size.lines}, {colours}, {sys.stdout.encoding}"
    return Finding("terminal", good=not cure, found=found, cure=cure)


def _notifications() -> Finding:
    import io

    from stretch_coach.breaks.desktop.notify.notifier import choose_prompter

    choice = choose_prompter(io.StringIO(), os.environ)
    choice.prompter.close()
    if choice.missing:
        return Finding("notifications", good=False, found=choice.missing.message, cure=choice.missing.hint)
    return Finding("notifications", good=True, found=choice.prompter.name)


def _idle_time() -> Finding:
    from stretch_coach.breaks.desktop.idle.monitor import choose_idle
    from stretch_coach.clock import SystemClock

    choice = choose_idle(SystemClock(), os.environ)
    choice.source.close()
    cure = "" if choice.is_known else "Without it, breaks count all time as time at the screen."
    return Finding("idle time", good=choice.is_known, found=choice.describe(), cure=cure)


def _terminal_window(places: Places) -> Finding:
    """Open a window on Linux, where it depends on the terminal whether that works, and wait for it to close."""
    from stretch_coach.breaks.desktop.notify.notification import PromptError
    from stretch_coach.breaks.desktop.terminals import find_terminal

    try:
        terminal = find_terminal(os.environ, load_settings_or_defaults(places.settings_file).settings.breaks.terminal)
        failure = _try_terminal(terminal, places.breaks) if sys.platform == "linux" else None
    except PromptError as error:
        return Finding("terminal window", good=False, found=error.message, cure=error.hint)
    if failure:
        cure = "Name another terminal in the setting breaks.terminal."
        return Finding("terminal window", good=False, found=f"{terminal.name} {failure}", cure=cure)
    return Finding("terminal window", good=True, found=terminal.name)


def _try_terminal(terminal: "Terminal", folder: Path) -> str | None:
    """Run nothing in a window, and return what went wrong, or None if that worked or still runs.

    Raises:
        PromptError: It cannot be started.
    """
    from stretch_coach.breaks.desktop.launch import launch_in_window

    nothing = [sys.executable, "-c", ""]
    launched = launch_in_window(nothing, terminal, environ=os.environ, folder=folder)
    deadline = time.monotonic() + _WINDOW_SECONDS
    while (code := launched.poll()) is None and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
    return f"fails with exit code {code}" if code else None


def _autostart() -> Finding:
    from stretch_coach.breaks.autostart.install import installed
    from stretch_coach.cli.breaks.watcher_commands import find_autostart_options

    files = installed(find_autostart_options())
    if not files:
        return Finding("autostart", good=True, found="not installed")
    found = ", ".join(f"{one.name} ({one.file})" for one, _ in files)
    stale = not all(current for _, current in files)
    cure = "It starts another Python or uses another folder. Run `stretch-coach breaks install` again." if stale else ""
    return Finding("autostart", good=not stale, found=found, cure=cure)
