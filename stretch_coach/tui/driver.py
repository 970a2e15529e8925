"""The driver of the terminal: it copes with every byte that a terminal sends, and notices when the terminal is gone."""

import codecs
import os
import selectors
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, Any, cast

from textual import events
from textual._xterm_parser import XTermParser  # the parser that Textual's own drivers feed; it has no public name
from textual.driver import Driver
from textual.message import Message

from stretch_coach.stand_ins import encodable
from stretch_coach.tui.graphics import Answers, Graphics, may_have_graphics
from stretch_coach.tui.messages import GraphicsChanged, InputFailed, TerminalLost

_POLL_SECONDS, _POLLS = 0.1, 5
"""How often, and how many times after something came, it is looked whether a sequence has stayed incomplete."""
_READ_BYTES = 4096
_REPLACEMENT = "\ufffd"


class LastingFile:
    """A text stream that discards what can no longer be written.

    Textual writes in a thread. An error would end that thread, and whatever fills its queue would then wait forever.

    Args:
        file: The terminal.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        encoding = getattr(file, "encoding", None) or "utf-8"
        self._narrow_encoding = None if codecs.lookup(encoding).name == "utf-8" else encoding

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, text: str) -> int:
        """Write a text, with stand-ins for what the terminal cannot show, if the terminal is still there."""
        with suppress(OSError, ValueError):  # gone, or closed
            self._file.write(encodable(text, self._narrow_encoding) if self._narrow_encoding else text)
        return len(text)

    def flush(self) -> None:
        """Flush, if the terminal is still there."""
        with suppress(OSError, ValueError):
            self._file.flush()


class InputDecoder:
    """Turns the bytes that a terminal sends into messages to the app.

    Bytes that are not text in the terminal's encoding, and sequences that Textual cannot parse, are dropped: old
    terminals send both, and so does whoever pastes a picture.

    Args:
        encoding: The encoding of the terminal; UTF-8 is used if Python does not know it.
        debug: Whether Textual logs what it parses.
        hear: Called with what the terminal says about graphics; None leaves that among what is typed.
    """

    def __init__(self, encoding: str, *, debug: bool = False, hear: Callable[[str], None] | None = None) -> None:
        try:
            make_decoder = codecs.getincrementaldecoder(encoding)
        except LookupError:
            make_decoder = codecs.getincrementaldecoder("utf-8")
        # Replaced first and dropped as keys, because a mouse report keeps its length that way.
        self._decoder = make_decoder("replace")
        self._debug = debug
        self._parser = XTermParser(debug)
        self._hear, self._answers = hear, Answers()

    def feed(self, data: bytes) -> Iterator[Message]:
        """Yield the messages that some bytes stand for. An incomplete sequence is kept until the next bytes arrive."""
        text = self._decoder.decode(data)
        if self._hear:
            text, answers = self._answers.split(text)
            for answer in answers:
                self._hear(answer)
        for character in text:
            yield from self._parsed(character)

    def tick(self) -> Iterator[Message]:
        """Yield the messages for sequences that stayed incomplete for too long, such as a lone escape key."""
        for character in self._answers.tick():
            yield from self._parsed(character)
        yield from self._parsed("")

    def _parsed(self, character: str) -> Iterator[Message]:
        try:
            for message in self._parser.feed(character) if character else self._parser.tick():
                if not (isinstance(message, events.Key) and _is_no_text(message.character)):
                    yield message
        except Exception:  # noqa: BLE001 - garbage from a terminal must not end a session
            self._parser = XTermParser(self._debug)  # a parser cannot be used after an error


def _is_no_text(character: str | None) -> bool:
    """Return whether a key stands for bytes that were not text, or for half of a surrogate pair."""
    return character is not None and any(one == _REPLACEMENT or "\ud800" <= one <= "\udfff" for one in character)


if sys.platform == "win32":  # pragma: no cover - tests run on Linux

    def lasting(driver: type[Driver]) -> type[Driver]:
        """Return the driver unchanged: Windows hands over keys, not bytes, and ends the process with its console."""
        return driver

else:
    from textual.drivers.linux_driver import LinuxDriver

    class LastingDriver(LinuxDriver):
        """Textual's driver for Linux and macOS, made to last."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._file = cast("Any", LastingFile(cast("IO[str]", self._file)))
            self.graphics = Graphics() if may_have_graphics(os.environ) else None
            self._gathered: list[str] | None = None
            self._waked, self._waker = os.pipe()

        def write(self, data: str) -> None:
            """Write, in one go with all else that is written before the event loop runs its next callbacks.

            Handing something over to the thread that writes costs more than making it.
            """
            if self._gathered is None:
                super().write(data)
                return
            if not self._gathered:
                self._loop.call_soon(self._write_gathered)
            self._gathered.append(data)

        def _write_gathered(self) -> None:
            if self._gathered:
                super().write("".join(self._gathered))
                self._gathered.clear()

        def start_application_mode(self) -> None:
            """Prepare the terminal, and ask it for graphics if it may have them."""
            super().start_application_mode()  # type: ignore[no-untyped-call] # Textual left its types out
            if self._writer_thread:
                self._gathered = []
                if self.graphics:
                    self.write(self.graphics.question())

        def stop_application_mode(self) -> None:
            """Take all pictures off the terminal, and restore it."""
            if self.graphics and self._writer_thread:
                self.write(self.graphics.clear())
            self._write_gathered()
            self._gathered = None
            super().stop_application_mode()

        def disable_input(self) -> None:
            """End the thread that reads, which may be waiting."""
            os.write(self._waker, b"\0")
            super().disable_input()
            os.read(self._waked, 1)

        def _hear(self, answer: str) -> None:
            if self.graphics and self.graphics.hear(answer):
                self.send_message(GraphicsChanged())

        def run_input_thread(self) -> None:
            """Pass on what the terminal sends, until the app ends or the terminal is gone."""
            try:
                if not self._read_to_the_end():
                    self.send_message(TerminalLost())
            except Exception as error:  # noqa: BLE001 - the app reports it; in this thread nobody would see it
                self.send_message(InputFailed(error))

        def _read_to_the_end(self) -> bool:
            """Return True once the app ends, False if the terminal is gone."""
            hear = self._hear if self.graphics else None
            decoder = InputDecoder(_input_encoding(), debug=self._debug, hear=hear)
            polls = 0
            with selectors.SelectSelector() as selector:
                for readable in (self.fileno, self._waked):
                    selector.register(readable, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    ready = selector.select(_POLL_SECONDS if polls else None)
                    polls = max(0, polls - 1)
                    if any(key.fd == self.fileno for key, _ in ready):
                        polls = _POLLS
                        try:
                            data = os.read(self.fileno, _READ_BYTES)
                        except BlockingIOError:
                            continue
                        except OSError:
                            return False
                        if not data:  # in raw mode even Ctrl+D is a byte
                            return False
                        for message in decoder.feed(data):
                            self.process_message(message)
                    for message in decoder.tick():
                        self.process_message(message)
            return True

    def lasting(driver: type[Driver]) -> type[Driver]:
        """Return the driver to use instead of Textual's; one that the environment chose is returned unchanged."""
        return LastingDriver if driver is LinuxDriver else driver


def _input_encoding() -> str:
    return (sys.__stdin__ and sys.__stdin__.encoding) or "utf-8"
