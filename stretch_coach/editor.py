"""Opens a file in the user's editor."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from stretch_coach.errors import CoachError
from stretch_coach.paths import make_private_folder

_EDITORS = ("sensible-editor", "nano", "vi", "notepad")


def edit_file(file: Path) -> None:
    """Open a file in `$VISUAL`, `$EDITOR` or a common editor, and wait until the editor ends.

    A file that does not exist is created, private to its owner, and removed if it is still empty afterwards.

    Raises:
        CoachError: The file cannot be created, there is no editor, or it failed.
    """
    command = [*_editor(), str(file)]
    is_new = not file.exists()
    if is_new:
        _create(file)
    try:
        with _ctrl_c_for_editor():
            process = subprocess.run(command, check=False)  # noqa: S603 - the user's own editor, no shell
    except OSError as error:
        raise CoachError(command[0], f"cannot be started ({error.strerror}).", "Set $EDITOR to another.") from error
    finally:
        with suppress(OSError):
            if is_new and file.stat().st_size == 0:
                file.unlink()
    if process.returncode:
        raise CoachError(command[0], f"ended with code {process.returncode}.")


@contextmanager
def _ctrl_c_for_editor() -> Iterator[None]:
    """Leave Ctrl+C to the editor. If it also ended this program, editor and shell would both read the keyboard."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_DFL:  # the app handles it
        yield
        return
    signal.signal(signal.SIGINT, lambda *_: None)  # unlike SIG_IGN, not inherited by the editor
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _create(file: Path) -> None:
    make_private_folder(file.parent)
    try:
        file.touch(0o600, exist_ok=True)
    except OSError as error:
        raise CoachError(str(file), f"cannot be created ({error.strerror}).", "Check the folder.") from error


def _editor() -> list[str]:
    for variable in ("VISUAL", "EDITOR"):
        if editor := os.environ.get(variable, "").strip():
            # On Windows a backslash is part of a path.
            return shlex.split(editor, posix=sys.platform != "win32")
    if found := next(filter(None, map(shutil.which, _EDITORS)), None):
        return [found]
    raise CoachError("editor", "none was found.", "Set $EDITOR to the one you use.")
