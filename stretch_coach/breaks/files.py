"""Small JSON files that are replaced wholly or not at all, and told apart from what they were before."""

import json
import os
from pathlib import Path
from typing import Any

from stretch_coach.paths import make_private_folder

_WRITING = os.O_WRONLY | os.O_CREAT | os.O_TRUNC

Signature = tuple[int, int, int] | None
"""What tells one version of a file from another; none for no file."""


def write_json(file: Path, data: Any) -> None:
    """Put data in a file's place (0600).

    Raises:
        CoachError: Its folder cannot be made.
        OSError: It cannot be written.
    """
    text = json.dumps(data, ensure_ascii=False).encode()
    temporary = f"{file}.{os.getpid()}.new"
    try:
        handle = os.open(temporary, _WRITING, 0o600)
    except FileNotFoundError:
        make_private_folder(file.parent)
        handle = os.open(temporary, _WRITING, 0o600)
    try:
        os.write(handle, text)
    finally:
        os.close(handle)
    os.replace(temporary, file)  # noqa: PTH105 - each minute, and quicker so


def read_json(file: Path) -> Any:
    """What is in a file; none if there is none, or no JSON in it."""
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def signature(file: Path) -> Signature:
    """What tells this version of a file from another."""
    try:
        status = os.stat(file)  # noqa: PTH116 - asked twice a minute, and quicker so
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
