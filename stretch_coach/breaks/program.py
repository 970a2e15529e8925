"""How this program is started again: by absolute paths, so that it does not matter from where."""

import sys
from pathlib import Path


def coach_command(*arguments: str, executable: str = sys.executable, window: bool = True) -> list[str]:
    """The argument list that runs a command of Stretch Coach with this Python.

    Args:
        arguments: Such as ``start``, ``micro-break``.
        executable: The Python; a link into an environment is kept, because it is what finds the environment.
        window: On Windows, whether it may have a console: a watcher without one has no other Python to tell of.
    """
    python = Path(executable).absolute()
    if python.name.lower() in ("python.exe", "pythonw.exe"):
        python = python.with_name("python.exe" if window else "pythonw.exe")
    return [str(python), "-m", "stretch_coach", *arguments]
