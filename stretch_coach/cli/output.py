"""Everything that commands print.

`SafeStream` keeps escape sequences from the terminal, whatever file, database or program a text comes from.
"""

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TextIO, cast

from stretch_coach.cli.code_page import pipe_encoding
from stretch_coach.errors import CoachError
from stretch_coach.stand_ins import REPLACE_OR_ESCAPE
from stretch_coach.text import clean, excerpt

_PROGRAM = "stretch-coach"


class OutputError(OSError):
    """A standard stream cannot be written to, for the reason in `errno`."""


class SafeStream:
    """A text stream that escapes what could control a terminal, except line breaks and tabs.

    Carriage returns at either end of what is written, and bells at its end, are the program's own.

    Args:
        stream: The stream to write to. It also answers for every other attribute.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text.

        Raises:
            OutputError: It cannot be written.
        """
        start = "\r" * text.startswith("\r")
        rest = text.removeprefix(start).rstrip("\r\a")
        end = text[len(start) + len(rest) :]
        with _output_errors():
            return self._stream.write(start + clean(rest.replace("\r\n", "\n")) + end)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Pass on what was written.

        Raises:
            OutputError: It cannot be written.
        """
        with _output_errors():
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def _output_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(error.errno, error.strerror) from error


def safe_stream(stream: TextIO | None, platform: str = sys.platform) -> TextIO:
    """Return a stream that can always be written to and passes nothing on that could control a terminal.

    Args:
        stream: A standard stream, or None if it was closed, in which case what is written is discarded.
        platform: The platform, as in `sys.platform`.
    """
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - stays open until the process ends
    if isinstance(stream, SafeStream):
        return cast("TextIO", stream)
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=pipe_encoding(stream, platform), errors=REPLACE_OR_ESCAPE)
    return cast("TextIO", SafeStream(stream))


def echo(text: object = "", *, newline: bool = True) -> None:
    """Print a result on standard output.

    Args:
        text: What to print.
        newline: Whether a line break follows.
    """
    sys.stdout.write(f"{text}\n" if newline else str(text))
    sys.stdout.flush()


def echo_json(value: Any, *, indent: int | None = None) -> None:
    """Print a value as JSON on standard output. Only unsafe characters are escaped, so that people can read it too.

    Where the output is not in UTF-8, all characters but ASCII's are, since a program that reads it may expect UTF-8.
    """
    from stretch_coach.text import json_text

    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    echo(json_text(value, indent=indent, only_ascii=encoding.lower().replace("_", "-") != "utf-8"))


def echo_columns(rows: Iterable[Sequence[str]], gap: int = 2) -> None:
    """Print rows on standard output, each column as wide as its widest cell; the last column is not padded.

    Args:
        rows: The cells of each row; all rows have as many.
        gap: Spaces between columns.
    """
    from stretch_coach.text import pad_to_width, text_width

    cleaned = [[clean(cell) for cell in row] for row in rows]
    widths = [max(map(text_width, column)) + gap for column in zip(*cleaned, strict=True)]
    for *padded, last in cleaned:
        cells = (pad_to_width(cell, width) for cell, width in zip(padded, widths, strict=False))
        echo("".join(cells) + last)


def echo_data(lines: Iterable[str]) -> None:
    """Write lines for another program to standard output, unchanged and in UTF-8. On a terminal they are made safe."""
    if sys.stdout.isatty():
        sys.stdout.writelines(lines)
        return
    for line in lines:
        with _output_errors():
            sys.stdout.buffer.write(line.encode())
    with _output_errors():
        sys.stdout.buffer.flush()


def note(text: object = "") -> None:
    """Print on standard error what the user should know besides the result."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def warn(sentence: object) -> None:
    """Print a warning or an error on standard error, after the program's name."""
    note(f"{_PROGRAM}: {sentence}")


def page(text: str) -> None:
    """Show a long text in the user's pager, or print it where there is no terminal."""
    import click

    click.echo_via_pager(clean(text))


def can_confirm() -> bool:
    """Return whether somebody can answer a question."""
    return sys.stdin is not None and sys.stdin.isatty()


def confirm(question: str) -> None:
    """Ask a yes-or-no question, and return only if the answer is yes.

    Raises:
        Abort: The answer is no, or there is none.
    """
    import click

    click.confirm(clean(question), abort=True)


def fill_template(template: str, values: Mapping[str, str]) -> str:
    """Return a template with each `{name}` replaced by its value; `{{` and `}}` stand for braces.

    Raises:
        CoachError: A name is not among the values, or a brace is not closed or doubled.
    """

    def value(found: re.Match[str]) -> str:
        part = found[0]
        if part in ("{{", "}}"):
            return part[0]
        if found[1] is None:
            raise CoachError("--format", f"has a single {part}.", f"Write {part}{part} for a literal {part}.")
        if found[1] not in values:
            raise CoachError("--format", f"{excerpt(part)} is not a known name.", f"The names are {', '.join(values)}.")
        return values[found[1]]

    return re.sub(r"\{\{|\}\}|\{([a-z0-9_]+)\}|[{}]", value, template)


def ask(question: str) -> str:
    """Ask on standard error and return the line that is typed, stripped.

    Raises:
        Abort: There is no answer.
    """
    import click

    sys.stderr.write(clean(question))
    sys.stderr.flush()
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        return ""  # not an answer
    except OSError:  # the terminal is gone
        line = ""
    if not line:
        raise click.Abort
    return line.strip()
