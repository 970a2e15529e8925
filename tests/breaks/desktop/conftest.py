"""A fake bus for each test that asks for one."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.breaks.desktop.fake_bus import FakeBus


@pytest.fixture
def bus() -> Iterator["FakeBus"]:
    """Return a bus without services."""
    from tests.breaks.desktop.fake_bus import FakeBus  # noqa: PLC0415 - needs jeepney, which only Linux has

    with tempfile.TemporaryDirectory() as folder:  # a socket's path must be short
        fake = FakeBus(Path(folder))
        yield fake
        fake.stop()
