"""Ends the app for other reasons than its screens: errors that nothing else notices, and signals outside a session."""

import asyncio
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from stretch_coach.exit_codes import INTERRUPTED, TERMINATED

_EXIT_CODES = {"SIGINT": INTERRUPTED, "SIGTERM": TERMINATED, "SIGHUP": TERMINATED, "SIGQUIT": TERMINATED}


@contextmanager
def reported_failures(fail: Callable[[BaseException], None]) -> Iterator[None]:
    """Report errors of threads and of the event loop's callbacks, for as long as the block runs inside the loop.

    Python would print a traceback into the screen, or where nobody sees it, and continue.

    Args:
        fail: Called in the loop's thread with each error.
    """
    loop = asyncio.get_running_loop()
    thread_hook, loop_handler = threading.excepthook, loop.get_exception_handler()

    def from_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and not loop.is_closed():
            loop.call_soon_threadsafe(fail, arguments.exc_value)

    def from_loop(_: asyncio.AbstractEventLoop, details: dict[str, Any]) -> None:
        if error := details.get("exception"):
            fail(error)

    threading.excepthook = from_thread
    loop.set_exception_handler(from_loop)
    try:
        yield
    finally:
        threading.excepthook = thread_hook
        loop.set_exception_handler(loop_handler)


@contextmanager
def caught_signals(leave: Callable[[int], None]) -> Iterator[None]:
    """Let signals end the app in an orderly way, for as long as the block runs inside the event loop.

    Without this, a signal that arrives while the app loads or closes would leave the terminal in full-screen mode.
    Handlers that are installed inside the block replace these. An ignored signal stays ignored, as under `nohup`.

    Args:
        leave: Ends the app with an exit code.
    """
    if sys.platform == "win32":  # event loops take no signals there
        yield
        return
    loop = asyncio.get_running_loop()
    handlers = {getattr(signal, name): signal.getsignal(getattr(signal, name)) for name in _EXIT_CODES}
    before = {number: handler for number, handler in handlers.items() if handler is not signal.SIG_IGN}
    for number in before:
        loop.add_signal_handler(number, leave, _EXIT_CODES[number.name])
    try:
        yield
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)
