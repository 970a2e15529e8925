"""A settings file for each test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.paths import Places


@pytest.fixture
def config(places: Places) -> Callable[[str | bytes], Path]:
    """Write the settings file."""

    def write(content: str | bytes) -> Path:
        file = places.settings_file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write
