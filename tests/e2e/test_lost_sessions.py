"""What was acknowledged survives kills and power cuts. `tests/bench/kills.py` does more of both."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.e2e.lost_sessions import cut_power, kill_writers

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(sys.platform != "linux", reason="fork and strace")]
with_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


def test_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    loss = kill_writers(40, tmp_path)
    assert loss.acknowledged > 10
    assert (loss.lost, loss.damaged) == (0, 0)


@with_strace
def test_power_cuts_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    loss = cut_power(20, tmp_path)
    assert loss.acknowledged > 100
    assert (loss.lost, loss.damaged) == (0, 0)


@with_strace
def test_power_cuts_lose_something_with_less_syncing(tmp_path: Path) -> None:
    assert cut_power(40, tmp_path, synchronous="OFF").lost > 0
