"""What is said before a session starts: what this is, the warning signs, the cautions; always on stderr."""

import shutil
import sqlite3
import textwrap
from typing import TYPE_CHECKING

import click

from stretch_coach.journal import acknowledged

if TYPE_CHECKING:
    from stretch_coach.routine.model import Routine
    from stretch_coach.routine.safety import Safety

ASK_AGAIN_MS = 30 * 86_400_000
"""The warning signs are shown again when this time has gone by."""

_WIDEST = 100


def say_notice(routine: "Routine", safety: "Safety", *, first_use: bool) -> None:
    """Say what must be known before a session. Nothing is asked, so that a program never waits for an answer."""
    if first_use:
        for text in (*safety.intended_use, safety.review):
            _say(text)
    if first_use or routine.file.warning_signs:
        _say_warning_signs(safety)
    for lock in routine.locks:
        for text in lock.cautions:
            _say(text)
    for text in (*routine.file.cautions, safety.session_line):
        _say(text)
    _say("")


def notice_is_due(history: sqlite3.Connection, now_ms: int) -> bool:
    """Whether the user has not been told for a month, or never."""
    told_ms = acknowledged.acknowledged_at(history, acknowledged.NOTICE)
    return told_ms is None or not 0 <= now_ms - told_ms <= ASK_AGAIN_MS


def _say_warning_signs(safety: "Safety") -> None:
    _say("")
    _say(safety.gate_intro)
    for name, action in safety.actions.items():
        _say("")
        _say(f"{action.label}. {action.text}")
        for flag in safety.red_flags:
            if flag.action == name:
                signs = f" {'; '.join(flag.signs)}." if flag.signs else ""
                advice = f" {flag.advice}" if flag.advice else ""
                _say(f"{flag.ask}{signs}{advice}", indent="  - ")
    _say("")


def _say(text: str, indent: str = "") -> None:
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    lines = textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=" " * len(indent))
    click.echo("\n".join(lines), err=True)
