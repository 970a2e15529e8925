"""The figure's rooms stay small, and need neither Textual nor rich."""

import subprocess
import sys
from pathlib import Path

import pytest

import stretch_coach.figure

ROOMS = sorted(Path(stretch_coach.figure.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("room", ROOMS, ids=[room.stem for room in ROOMS])
def test_a_room_stays_small(room: Path) -> None:
    assert len(room.read_text("utf-8").splitlines()) <= 300


def test_a_film_needs_neither_textual_nor_rich() -> None:
    code = "import sys, stretch_coach.figure.film; print([m for m in ('textual', 'rich', 'PIL') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
