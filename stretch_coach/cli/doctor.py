"""``doctor``: what was found, what was tried, and one line of cure for each thing that is missing."""

import asyncio
import json
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from stretch_coach import __version__
from stretch_coach.errors import CoachError
from stretch_coach.paths import Places, find_places
from stretch_coach.settings import Settings, load_settings


class Finding(NamedTuple):
    """One thing that was looked at.

    Attributes:
        subject: What it is.
        good: Whether it is as it should be.
        found: What was found.
        cure: What to do about it; empty where there is nothing to do.
    """

    subject: str
    good: bool
    found: str
    cure: str = ""


@click.command(short_help="What works here, and what to do about the rest.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def doctor(*, as_json: bool) -> None:
    """Look at everything the coach needs: files, speech, sound and terminal."""
    findings = list(_look())
    if as_json:
        click.echo(json.dumps([one._asdict() for one in findings], ensure_ascii=False, indent=1))
        return
    width = max(len(one.subject) for one in findings) + 2
    for one in findings:
        click.echo(f"{'ok' if one.good else '!!'}  {one.subject:<{width}}{one.found}")
        if one.cure:
            click.echo(f"    {'':<{width}}{one.cure}")


def _look() -> Iterator[Finding]:
    places = find_places()
    system = (
        f"Stretch Coach {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    )
    yield Finding("program", good=True, found=system)
    settings = Settings()
    try:
        settings = load_settings(places.settings_file)
        there = "read" if places.settings_file.exists() else "none, all as by default"
        yield Finding("settings", good=True, found=f"{places.settings_file}: {there}")
    except CoachError as error:
        yield Finding("settings", good=False, found=f"{error.title}: {error.message}", cure=error.hint)
    yield _history(places)
    yield _backups(places)
    yield _routines(places)
    yield from (_folder(name, path) for name, path in (("state", places.state), ("cache", places.cache)))
    yield from asyncio.run(_voice(places, settings))
    yield _terminal()
    yield from _breaks()


def _history(places: Places) -> Finding:
    from contextlib import closing

    from stretch_coach.journal.backups import find_damage
    from stretch_coach.journal.database import open_for_reading, told

    file = places.history
    try:
        with told(file), closing(open_for_reading(file)) as database:
            sessions = database.execute("SELECT count(*) FROM session WHERE deleted = 0").fetchone()[0]
            summed = database.execute("SELECT coalesce(sum(sessions), 0) FROM day_sum").fetchone()[0]
        damage = find_damage(file) if file.exists() else None
    except CoachError as error:
        return Finding("history", good=False, found=f"{error.title}: {error.message}", cure=error.hint)
    if damage or sessions != summed:
        cure = "`stretch-coach restore` goes back to the newest sound copy, and keeps this file beside it."
        found = f"{file}: damaged ({damage or 'its sums are not those of its sessions'})"
        return Finding("history", good=False, found=found, cure=cure)
    there = f"{sessions} sessions, sound" if file.exists() else "none yet"
    return Finding("history", good=True, found=f"{file}: {there}, SQLite {sqlite3.sqlite_version}")


def _backups(places: Places) -> Finding:
    from stretch_coach.journal.backups import backups_folder, list_backups, look_into

    backups = list_backups(places.history)
    if not backups:
        return Finding("backups", good=True, found=f"{backups_folder(places.history)}: none yet")
    days = ", ".join(one.stem.removeprefix("history-") for one in backups)
    try:
        found = f"{days}; the newest has {look_into(backups[0]).sessions} sessions"
    except CoachError as error:
        return Finding("backups", good=False, found=f"{error.title}: {error.message}", cure="Remove that file.")
    return Finding("backups", good=True, found=found)


def _routines(places: Places) -> Finding:
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.library import load_library

    library = load_library(bundled_routines(), places.routines)
    own = sum(not routine.bundled for routine in library.routines.values())
    found = f"{len(library.routines)}, {own} of them your own; {len(library.exercises)} exercises"
    if library.problems:
        return Finding("routines", good=False, found=found, cure=str(library.problems[0]))
    return Finding("routines", good=True, found=found)


def _folder(name: str, folder: Path) -> Finding:
    place = next(one for one in (folder, *folder.parents) if one.exists())
    if place.is_dir() and os.access(place, os.W_OK):
        return Finding(name, good=True, found=f"{folder}: {'there' if place == folder else 'can be made'}")
    return Finding(name, good=False, found=f"{folder}: cannot be written", cure=f"Check the permissions of {place}.")


async def _voice(places: Places, settings: Settings) -> list[Finding]:
    from stretch_coach.session.wishes import wished_voice
    from stretch_coach.voice.child import ChildError
    from stretch_coach.voice.opening import make_renderer
    from stretch_coach.voice.players import open_player

    wish = wished_voice(places, settings.voice, "en")
    findings = []
    renderer = make_renderer(wish)
    try:
        voices = await renderer.voices()
        found = (
            f"{renderer.source} engine, {len(voices)} voices; level {settings.voice.level}, {wish.rate} words a minute"
        )
        findings.append(Finding("speech", good=True, found=found))
    except (ChildError, TimeoutError) as error:
        cure = (
            "Tones and the screen are used instead. On Linux: install espeak-ng, or reinstall Stretch Coach with pip."
        )
        findings.append(Finding("speech", good=False, found=f"no engine ({error})", cure=cure))
    finally:
        await renderer.close()
    player, why = await open_player(wish.cache, ring=None)
    await player.close()
    if why is None:
        findings.append(Finding("sound", good=True, found=f"plays through {player.name}"))
    else:
        cure = "Check that a sound device is connected and that PipeWire, PulseAudio or ALSA runs."
        findings.append(Finding("sound", good=player.speaks, found=f"{player.name}; no device: {why}", cure=cure))
    return findings


def _terminal() -> Finding:
    if sys.stdout is None or not sys.stdout.isatty():
        return Finding("terminal", good=True, found="none: one line a segment is printed")
    size = shutil.get_terminal_size()
    colours = "24-bit colours" if os.environ.get("COLORTERM") in ("truecolor", "24bit") else os.environ.get("TERM", "?")
    if os.environ.get("NO_COLOR"):
        colours = "no colours wanted"
    smallest = 40
    cure = "" if size.columns >= smallest else f"Make it {smallest} columns wide or more."
    found = f"{size.columns}x{size.lines}, {colours}, {sys.stdout.encoding}"
    return Finding("terminal", good=not cure, found=found, cure=cure)


def _breaks() -> Iterator[Finding]:
    """What the prompts for breaks need."""
    import io

    from stretch_coach.breaks.idle.choose import choose_idle
    from stretch_coach.breaks.notify.choose import choose_prompter
    from stretch_coach.breaks.prompt import PromptError
    from stretch_coach.breaks.terminals import find_terminal
    from stretch_coach.clock import SystemClock

    chosen = choose_prompter(io.StringIO())
    chosen.prompter.close()
    missing = chosen.missing
    found = missing.message if missing else chosen.prompter.name
    yield Finding("notifications", good=missing is None, found=found, cure=missing.hint if missing else "")
    idle = choose_idle(SystemClock(), os.environ)
    idle.source.close()
    cure = "" if idle.is_known else "Breaks then count all time as time at the screen."
    yield Finding("idle time", good=idle.is_known, found=idle.describe(), cure=cure)
    try:
        yield Finding("terminal window", good=True, found=find_terminal(os.environ).name)
    except PromptError as error:
        yield Finding("terminal window", good=False, found=error.message, cure=error.hint)
    yield _autostart()


def _autostart() -> Finding:
    from stretch_coach.breaks.autostart.choose import installed
    from stretch_coach.cli.breaks.autostart import find_own_ways

    try:
        there = installed(find_own_ways())
    except CoachError as error:
        return Finding("autostart", good=False, found=error.message, cure=error.hint)
    if not there:
        return Finding("autostart", good=True, found="not installed")
    found = ", ".join(f"{entry.name} ({entry.file})" for entry, _ in there)
    stale = not all(current for _, current in there)
    cure = "It starts another Python or another folder than this; install it again." if stale else ""
    return Finding("autostart", good=not stale, found=found, cure=cure)
