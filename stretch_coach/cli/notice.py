"""What is said before a session starts: what this is, the warning signs, the cautions; always on stderr."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from stretch_coach.cells import WIDEST, columns, wrap

if TYPE_CHECKING:
    from stretch_coach.routine.model import Routine
    from stretch_coach.routine.safety import Safety

_ITEM = "  - "


def say_notice(routine: "Routine", safety: "Safety", *, first_use: bool) -> None:
    """Say what must be known before a session. Nothing is asked, so that a program never waits for an answer."""
    if first_use:
        _print([*safety.intended_use, safety.review])
    if first_use or routine.file.warning_signs:
        _print(["", *warning_signs(safety), "", "`stretch-coach safety` shows this again, at your own pace.", ""])
    _print(caution for lock in routine.locks for caution in lock.cautions)
    _print([*routine.file.cautions, safety.session_line, ""])


def warning_signs(safety: "Safety") -> list[str]:
    """The questions to ask oneself before exercising, below what to do if the answer is yes."""
    lines = [safety.gate_intro]
    for name, action in safety.actions.items():
        lines += ["", action.text]
        for flag in safety.red_flags:
            if flag.action == name:
                signs = f" {'; '.join(flag.signs)}." if flag.signs else ""
                advice = f" {flag.advice}" if flag.advice else ""
                lines.append(f"{_ITEM}{flag.ask}{signs}{advice}")
    return lines


def stop_signs(safety: "Safety") -> list[str]:
    """When to stop, and what to do then."""
    return ["Stop for the day with any of these:", *(f"{_ITEM}{sign}" for sign in safety.stop_now), safety.stop_text]


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(wrap_prose(line), err=True)


def wrap_prose(line: str) -> str:
    """A line wrapped to the terminal; the lines of an item hang below its text."""
    return wrap(line, min(WIDEST, columns()), indent="    " if line.startswith(_ITEM) else "")
