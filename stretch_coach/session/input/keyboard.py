"""Standard input as commands: the keys of a terminal, or the lines of a controlling program."""

import asyncio
import codecs
import contextlib
import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from stretch_coach.session.engine import SessionCommand
from stretch_coach.session.input.keys import CommandLines, keys_pressed

Obey = Callable[[SessionCommand], None]


def can_type(stdin: TextIO | None) -> bool:
    """Return whether standard input is a terminal, with this process in its foreground."""
    return stdin is not None and stdin.isatty() and _in_foreground(stdin)


@contextmanager
def keys_as_commands(stdin: TextIO, obey: Obey) -> Iterator[bool]:
    """Obey keys typed on the terminal, without Enter, for as long as the block runs.

    Yields:
        Whether there is a terminal, with this process in its foreground.
    """
    if not can_type(stdin):
        yield False
        return

    def typed(text: str) -> None:
        for command in keys_pressed(text):
            obey(command)

    with _without_enter(stdin), _reading(stdin, typed):
        yield True


@contextmanager
def lines_as_commands(stdin: TextIO, obey: Obey) -> Iterator[bool]:
    """Obey commands that another program writes, one per line, for as long as the block runs.

    Yields:
        True, as there may always be such a program.
    """
    lines = CommandLines()

    def written(text: str) -> None:
        for command in lines.feed(text):
            obey(command)

    with _reading(stdin, written):
        yield True


if sys.platform == "win32":  # pragma: no cover - tried on Linux only
    import msvcrt

    def _in_foreground(_stdin: TextIO) -> bool:
        return True

    @contextmanager
    def _without_enter(_stdin: TextIO) -> Iterator[None]:
        yield

    @contextmanager
    def _reading(stdin: TextIO, take: Callable[[str], None]) -> Iterator[None]:
        """Read in a daemon thread, because an event loop cannot watch a console."""
        loop = asyncio.get_running_loop()
        is_over = threading.Event()
        read = msvcrt.getwch if stdin.isatty() else stdin.readline

        def work() -> None:
            while (text := read()) and not is_over.is_set():
                loop.call_soon_threadsafe(take, text)

        threading.Thread(target=work, name="keyboard", daemon=True).start()
        try:
            yield
        finally:
            is_over.set()

else:
    import select
    import termios
    import tty

    _LOCAL_MODES = 3
    _CHECK_SECONDS = 0.5

    def _in_foreground(stdin: TextIO) -> bool:
        """Return whether this process may change the terminal; one in the background would be stopped for it."""
        try:
            return os.tcgetpgrp(stdin.fileno()) == os.getpgrp()
        except OSError as error:
            if error.errno != errno.ENOTTY:
                raise
            return True  # a terminal that does not control this process, as after `setsid`, never stops it

    @contextmanager
    def _without_enter(stdin: TextIO) -> Iterator[None]:
        """Let each key arrive as it is typed.

        A shell sets its own mode whenever it has the terminal, as after Ctrl+Z, so the mode is checked while the
        block runs.
        """
        handle = stdin.fileno()
        before = termios.tcgetattr(handle)
        keeper = asyncio.create_task(_keep_without_enter(stdin))
        try:
            yield
        finally:
            keeper.cancel()
            with contextlib.suppress(termios.error, OSError):  # the terminal is gone: nothing to restore
                if _in_foreground(stdin):
                    termios.tcsetattr(handle, termios.TCSADRAIN, before)

    async def _keep_without_enter(stdin: TextIO) -> None:
        with contextlib.suppress(termios.error, OSError):  # the terminal is gone
            while True:
                if _in_foreground(stdin) and termios.tcgetattr(stdin.fileno())[_LOCAL_MODES] & termios.ICANON:
                    tty.setcbreak(stdin.fileno(), termios.TCSANOW)
                await asyncio.sleep(_CHECK_SECONDS)

    @contextmanager
    def _reading(stdin: TextIO, take: Callable[[str], None]) -> Iterator[None]:
        try:
            handle = stdin.fileno()
        except (OSError, ValueError):  # not a real file: it can send no commands
            yield
            return
        loop = asyncio.get_running_loop()
        decoder = codecs.getincrementaldecoder("utf-8")("replace")

        def read() -> None:
            try:
                if stdin.isatty() and not _in_foreground(stdin):
                    # The keys are for another process, and reading them would suspend this one.
                    loop.remove_reader(handle)
                    loop.call_later(_CHECK_SECONDS, listen)
                    return
                if not select.select([handle], [], [], 0)[0]:
                    return  # the shell has read it meanwhile, and waiting for more would block the session
                received = os.read(handle, 1024)
            except OSError:  # the terminal is gone
                received = b""
            if received:
                take(decoder.decode(received))
            else:
                loop.remove_reader(handle)

        is_listening = True

        def listen() -> None:
            if is_listening:
                with contextlib.suppress(PermissionError):  # a regular file: it can send no commands
                    loop.add_reader(handle, read)

        listen()
        try:
            yield
        finally:
            is_listening = False
            loop.remove_reader(handle)
