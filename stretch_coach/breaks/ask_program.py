"""Asking a program of the system a short question, which it has to answer in time."""

import os
import shutil
import subprocess

PATIENCE_SECONDS = 2.0


def ask_program(name: str, *arguments: str, patience: float = PATIENCE_SECONDS) -> str | None:
    """What a program prints; none if it is not installed, fails, or takes longer than ``patience`` seconds."""
    found = shutil.which(name)
    if not found:
        return None
    try:
        ended = subprocess.run(  # noqa: S603 - a program that was looked up, with arguments of ours
            [found, *arguments],
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=patience,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return ended.stdout
