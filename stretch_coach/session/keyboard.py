"""Standard input as commands: keys of a terminal at once, lines of a controlling program as they come."""

import asyncio
import codecs
import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from stretch_coach.session.engine import Command
from stretch_coach.session.keys import CommandLines, keys_pressed

Obey = Callable[[Command], None]


@contextmanager
def keys_as_commands(stdin: TextIO, obey: Obey) -> Iterator[bool]:
    """Obey keys typed on the terminal, without Enter, for as long as the block runs.

    Yields:
        Whether there is a terminal in the foreground to type on.
    """
    if not stdin.isatty() or not _in_foreground(stdin):
        yield False
        return

    def typed(text: str) -> None:
        for command in keys_pressed(text):
            obey(command)

    with _without_enter(stdin), _reading(stdin, typed):
        yield True


@contextmanager
def lines_as_commands(stdin: TextIO, obey: Obey) -> Iterator[bool]:
    """Obey commands that another program writes, a line each, for as long as the block runs.

    Yields:
        True: somebody may command.
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
        """Read in a daemon thread, because the event loop cannot watch a console."""
        loop = asyncio.get_running_loop()
        over = threading.Event()
        read = msvcrt.getwch if stdin.isatty() else stdin.readline

        def work() -> None:
            while (text := read()) and not over.is_set():
                loop.call_soon_threadsafe(take, text)

        threading.Thread(target=work, name="keyboard", daemon=True).start()
        try:
            yield
        finally:
            over.set()

else:
    import select
    import termios
    import tty

    _LOCAL_MODES = 3
    _LOOK_AFTER_SECONDS = 0.5

    def _in_foreground(stdin: TextIO) -> bool:
        """Whether this process may set the terminal; one in the background would be stopped for it."""
        return os.tcgetpgrp(stdin.fileno()) == os.getpgrp()

    @contextmanager
    def _without_enter(stdin: TextIO) -> Iterator[None]:
        """Let each key arrive as it is typed.

        Looked after while the block runs: a shell sets its own mode whenever it has the terminal, as after Ctrl+Z.
        """
        handle = stdin.fileno()
        before = termios.tcgetattr(handle)
        looking = asyncio.create_task(_look_after(stdin))
        try:
            yield
        finally:
            looking.cancel()
            with contextlib.suppress(termios.error, OSError):  # the terminal is gone: nothing to put back
                if _in_foreground(stdin):
                    termios.tcsetattr(handle, termios.TCSADRAIN, before)

    async def _look_after(stdin: TextIO) -> None:
        with contextlib.suppress(termios.error, OSError):  # the terminal is gone
            while True:
                if _in_foreground(stdin) and termios.tcgetattr(stdin.fileno())[_LOCAL_MODES] & termios.ICANON:
                    tty.setcbreak(stdin.fileno(), termios.TCSANOW)
                await asyncio.sleep(_LOOK_AFTER_SECONDS)

    @contextmanager
    def _reading(stdin: TextIO, take: Callable[[str], None]) -> Iterator[None]:
        try:
            handle = stdin.fileno()
        except (OSError, ValueError):  # no real file: nobody commands
            yield
            return
        loop = asyncio.get_running_loop()
        decoder = codecs.getincrementaldecoder("utf-8")("replace")

        def read() -> None:
            try:
                if stdin.isatty() and not _in_foreground(stdin):
                    # The keys are for somebody else, and reading them would stop us.
                    loop.remove_reader(handle)
                    loop.call_later(_LOOK_AFTER_SECONDS, listen)
                    return
                if not select.select([handle], [], [], 0)[0]:
                    return  # the shell has read it meanwhile, and to wait for more would stop the clock
                got = os.read(handle, 1024)
            except OSError:  # the terminal is gone
                got = b""
            if got:
                take(decoder.decode(got))
            else:
                loop.remove_reader(handle)

        listening = True

        def listen() -> None:
            if listening:
                with contextlib.suppress(PermissionError):  # a file, or nothing: nobody commands
                    loop.add_reader(handle, read)

        listen()
        try:
            yield
        finally:
            listening = False
            loop.remove_reader(handle)
