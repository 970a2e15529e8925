"""Errors that nothing else notices."""

import asyncio
import threading

from stretch_coach.tui.guard import reported_failures


def broken() -> None:
    raise RuntimeError("broken")


async def test_errors_of_threads_and_callbacks_are_reported() -> None:
    failures: list[BaseException] = []
    with reported_failures(failures.append):
        thread = threading.Thread(target=broken)
        thread.start()
        await asyncio.to_thread(thread.join)
        asyncio.get_running_loop().call_soon(broken)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert [str(failure) for failure in failures] == ["broken", "broken"]


async def test_hooks_are_restored() -> None:
    before = threading.excepthook
    with reported_failures(lambda _: None):
        pass
    assert threading.excepthook is before
    assert asyncio.get_running_loop().get_exception_handler() is None
