"""The safety texts of line mode: the intended use, the warning signs, the cautions, and when to stop."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from stretch_coach.cli.output import ask, echo, note
from stretch_coach.text import MAX_PROSE_WIDTH, columns, wrap

if TYPE_CHECKING:
    from stretch_coach.routine.model import Routine
    from stretch_coach.routine.safety import Safety, WarningSign

_ITEM = "  - "


def note_intended_use(safety: "Safety") -> None:
    """Print on standard error what the program is for."""
    _note([*safety.intended_use, safety.review])


def note_warning_signs(safety: "Safety") -> None:
    """Print the warning signs on standard error, for a reader who cannot answer."""
    _note(["", *warning_sign_lines(safety), "", "`stretch-coach safety` shows this again, at your own pace.", ""])


def note_cautions(routine: "Routine", safety: "Safety") -> None:
    """Print the cautions of a routine on standard error."""
    _note(caution for lock in routine.locks for caution in lock.cautions)
    _note([*routine.file.cautions, safety.session_line, ""])


def ask_warning_signs(safety: "Safety") -> bool:
    """Ask which warning signs apply, and return whether the user may exercise now and wants to.

    The signs come in groups that fit on a screen, the gravest first, so that nobody can answer without seeing them.

    Raises:
        Abort: The user left without answering.
    """
    from stretch_coach.session.warning_signs import by_gravity, judge

    _note(["", safety.gate_intro])
    applies: list[str] = []
    for action, flags in by_gravity(safety):
        _note(["", f"{action.label}: {action.text}"])
        _note(f"{number:>4}  {flag.text}" for number, flag in enumerate(flags, start=1))
        chosen = None
        while chosen is None:
            chosen = _chosen(ask("Type the numbers that apply, or n if none of these apply: "), flags)
        applies += chosen
        if not judge(safety, applies).may_continue:
            break
    verdict = judge(safety, applies)
    if verdict.action is None:
        return True
    _note(["", f"{verdict.action.label}: {verdict.action.text}", *verdict.advice])
    return verdict.may_continue and ask_yes("Do you understand this, and want to continue?", default=False)


def ask_yes(question: str, *, default: bool) -> bool:
    """Ask a yes-or-no question on standard error and return the answer; Enter is the default."""
    choices = "[Y/n]" if default else "[y/N]"
    while True:
        answer = ask(f"{question} {choices} ").lower()
        if answer in ("", "y", "yes", "n", "no"):
            return answer.startswith("y") if answer else default


def warning_sign_lines(safety: "Safety") -> list[str]:
    """Return the lines of all warning signs, grouped by what to do if one applies."""
    from stretch_coach.session.warning_signs import by_gravity

    lines = [safety.gate_intro]
    for action, flags in by_gravity(safety):
        lines += ["", action.text, *(f"{_ITEM}{flag.text}" for flag in flags)]
    return lines


def stop_sign_lines(safety: "Safety") -> list[str]:
    """Return the lines that say when to stop, and what to do then."""
    return ["Stop for the day with any of these:", *(f"{_ITEM}{sign}" for sign in safety.stop_now), safety.stop_text]


def print_stop_signs() -> None:
    """Print when to stop, and what to do then."""
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.safety import load_safety

    for line in stop_sign_lines(load_safety(bundled_routines())):
        echo(wrap_prose(line))


def wrap_prose(line: str) -> str:
    """Wrap a line to the terminal; the further lines of an item are indented to its text."""
    text = line.lstrip()
    indent = len(line) - len(text)
    if indent and " " in text:
        marker = text.split(" ", 1)[0]
        indent += len(text) - len(text[len(marker) :].lstrip())
    return wrap(line, min(MAX_PROSE_WIDTH, columns()), indent=" " * indent)


def _note(lines: Iterable[str]) -> None:
    for line in lines:
        note(wrap_prose(line))


def _chosen(answer: str, flags: "Sequence[WarningSign]") -> list[str] | None:
    """Return the ids of the warning signs that an answer names by their numbers, or None if it is not an answer."""
    if answer.lower() in ("n", "none", "0"):
        return []
    words = answer.replace(",", " ").split()
    numbers = [int(word) for word in words if word.isascii() and word.isdigit()]
    if not words or len(numbers) < len(words) or not all(1 <= number <= len(flags) for number in numbers):
        return None
    return [flags[number - 1].id for number in numbers]
