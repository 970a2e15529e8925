"""A fake bus for each test that asks for one."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("jeepney", reason="D-Bus is for Linux")

from tests.breaks.desktop.fake_bus import FakeBus


@pytest.fixture
def bus() -> Iterator[FakeBus]:
    """Return a bus without services."""
    with tempfile.TemporaryDirectory() as folder:  # a socket's path must be short
        fake = FakeBus(Path(folder))
        yield fake
        fake.stop()
