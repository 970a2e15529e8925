"""Waiting: what comes in ends it, and signals are taken for what they are."""

import os
import signal

import pytest

from stretch_coach.breaks.waiting import Ending, wait

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes cannot be waited for there")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_wakes_and_asks_to_end(name: str) -> None:
    before = signal.getsignal(getattr(signal, name))
    ending = Ending()
    with ending.listening():
        signal.raise_signal(getattr(signal, name))
        wait(ending.descriptors(), 30)
        ending.take_in()
        assert ending.asked
    assert signal.getsignal(getattr(signal, name)) is before


def test_a_child_that_ends_wakes_and_asks_for_nothing() -> None:
    ending = Ending()
    with ending.listening():
        signal.raise_signal(signal.SIGCHLD)
        wait(ending.descriptors(), 30)
        ending.take_in()
        assert not ending.asked


def test_a_closed_descriptor_is_told() -> None:
    read, write = os.pipe()
    os.close(read)
    os.close(write)
    with pytest.raises((OSError, ValueError)):
        wait([read], 30)
