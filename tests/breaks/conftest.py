"""Private buses, none of which is left running."""

from collections.abc import Iterator
from pathlib import Path  # noqa: TC003 - the fixture is read at run time

import pytest

from tests.breaks import buses


@pytest.fixture
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[buses.PrivateBus]:
    """A message bus of the test's own."""
    if buses.is_missing():
        pytest.skip("dbus-daemon is not installed")
    folder: Path = tmp_path_factory.mktemp("bus")
    private = buses.PrivateBus(folder)
    yield private
    private.stop()
