"""A terminal that was closed takes nothing any more; the app must be able to end all the same."""

from typing import IO, Any

from textual.driver import Driver


class LastingFile:
    """Hands everything to a file until that is gone, and to nobody afterwards.

    Textual writes in a thread, which would die of the error; whoever fills its queue would then wait for ever.

    Args:
        file: The terminal.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, text: str) -> int:
        """Write, if there is still somebody to read."""
        try:
            return self._file.write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        """Flush, if there is still somebody to read."""
        try:
            self._file.flush()
        except OSError:
            return


def outlasting(kind: type[Driver]) -> type[Driver]:
    """A kind of driver that does not hang when its terminal is closed."""

    class Outlasting(kind):  # type: ignore[misc,valid-type]  # it is whichever the platform has
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            if file := getattr(self, "_file", None):  # Windows' driver writes without one that is kept
                self._file = LastingFile(file)

    return Outlasting
