"""What commands print: safe for a terminal, and through one module alone."""

import ast
import ctypes
import io
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from typing import TextIO

import pytest

import stretch_coach
from stretch_coach.cli.output import (
    echo,
    echo_columns,
    echo_data,
    echo_json,
    fill_template,
    note,
    safe_stream,
    warn,
)
from stretch_coach.errors import CoachError
from stretch_coach.paths import Places
from tests.cli.conftest import CommandResult

PACKAGE = Path(stretch_coach.__file__).parent
HOSTILE = "a\x1b]0;title\x07\x9b31m\u202eb"
ESCAPED = "a\\u001b]0;title\\u0007\\u009b31m\\u202eb"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@contextmanager
def printing_to(out: TextIO, err: TextIO | None = None) -> Iterator[None]:
    with redirect_stdout(safe_stream(out)), redirect_stderr(safe_stream(err or Terminal())):
        yield


def test_nothing_printed_controls_the_terminal() -> None:
    out, err = Terminal(), Terminal()
    with printing_to(out, err):
        echo(HOSTILE)
        echo_data([f"{HOSTILE}\n"])
        note(HOSTILE)
        warn(CoachError(HOSTILE, "is not valid."))
    assert out.getvalue() == f"{ESCAPED}\n" * 2
    assert err.getvalue() == f"{ESCAPED}\nstretch-coach: {ESCAPED} is not valid.\n"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("\rdone 1 of 2", "\rdone 1 of 2"),
        ("\r   \r", "\r   \r"),
        ("\a", "\a"),
        ("a break\n\a", "a break\n\a"),
        ("a,b\r\nc,d\r\n", "a,b\nc,d\n"),
        ("hidden\rshown\n", "hidden\\u000dshown\n"),
        ("ring\a and\b\n", "ring\\u0007 and\\u0008\n"),
    ],
)
def test_returns_and_bells_pass_only_where_the_program_writes_them(text: str, printed: str) -> None:
    out = Terminal()
    safe_stream(out).write(text)
    assert out.getvalue() == printed


def test_json_is_safe_and_reads_back() -> None:
    with printing_to(out := Terminal()):
        echo_json({"title": HOSTILE})
    assert json.loads(out.getvalue()) == {"title": HOSTILE}
    assert "\x9b" not in out.getvalue()


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([("肩", "one"), ("neck", "two"), ("a\x1b", "three")], "肩       one\nneck     two\na\\u001b  three\n"),
        ([], ""),
    ],
)
def test_columns_are_aligned_by_their_width_in_the_terminal(rows: list[tuple[str, str]], lines: str) -> None:
    with printing_to(out := Terminal()):
        echo_columns(rows)
    assert out.getvalue() == lines


def test_data_for_another_program_is_unchanged() -> None:
    raw = io.BytesIO()
    with printing_to(io.TextIOWrapper(raw, encoding="latin-1")):
        echo_data([f"{HOSTILE}\n"])
        assert raw.getvalue() == f"{HOSTILE}\n".encode()


def test_character_that_cannot_be_encoded_is_escaped() -> None:
    raw = io.BytesIO()
    with printing_to(io.TextIOWrapper(raw, encoding="ascii", newline="\n")):
        echo("Schräg")
        assert raw.getvalue() == b"Schr\\xe4g\n"


def test_symbol_that_cannot_be_encoded_has_a_stand_in() -> None:
    raw = io.BytesIO()
    with printing_to(io.TextIOWrapper(raw, encoding="ascii", newline="\n")):
        echo("Neck · 5 × “slow” … é")  # noqa: RUF001 - the multiplication sign is meant
        assert raw.getvalue() == b'Neck * 5 x "slow" . \\xe9\n'


def test_json_is_ascii_unless_the_output_is_utf_8() -> None:
    for encoding, printed in (("cp850", b'"\\u00b7 \\ud83d\\ude00"'), ("UTF-8", '"· 😀"'.encode())):
        raw = io.BytesIO()
        with printing_to(io.TextIOWrapper(raw, encoding=encoding, newline="\n")):
            echo_json("· 😀")
            assert raw.getvalue() == printed + b"\n"


class TestPipeOnWindows:
    """What is piped is in the code page by which the shell reads it. Windows' library is a stand-in."""

    @pytest.fixture
    def piped(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], bytes]:
        """Return what comes out of a pipe if the console has a code page."""
        monkeypatch.delenv("PYTHONIOENCODING", raising=False)

        def print_through_pipe(page: int) -> bytes:
            kernel = SimpleNamespace(GetConsoleOutputCP=lambda: page)
            monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
            read, write = os.pipe()
            with open(read, "rb") as reader, open(write, "w", encoding="cp1252", newline="\n") as stream:  # noqa: PTH123
                safe_stream(stream, "win32").write("· é\n")
                stream.close()
                return reader.read()

        return print_through_pipe

    @pytest.mark.parametrize("page", [437, 850, 1251, 65001])
    def test_shell_reads_what_was_written(self, piped: Callable[[int], bytes], page: int) -> None:
        assert piped(page).decode(f"cp{page}")[0] == "·"

    @pytest.mark.parametrize("page", [0, 99999])
    def test_encoding_stays_without_a_known_code_page(self, piped: Callable[[int], bytes], page: int) -> None:
        assert piped(page) == "· é\n".encode("cp1252")

    def test_encoding_that_the_user_chose_stays(
        self, piped: Callable[[int], bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
        assert piped(437) == "· é\n".encode("cp1252")


def test_closed_stream_discards_what_is_written() -> None:
    with safe_stream(None) as stream, printing_to(stream):
        echo("nobody reads this")


class TestFillTemplate:
    @pytest.mark.parametrize(
        ("template", "filled"), [("{a} and {b}", "1 and 2"), ("{{a}}", "{a}"), ("", ""), ("{a}{a}%s\\n", "11%s\\n")]
    )
    def test_names_are_replaced(self, template: str, filled: str) -> None:
        assert fill_template(template, {"a": "1", "b": "2"}) == filled

    @pytest.mark.parametrize(
        ("template", "sentence"),
        [
            ("{c}", "--format: {c} is not a known name. The names are a, b."),
            ("{a", "--format has a single {. Write {{ for a literal {."),
            ("a}", "--format has a single }. Write }} for a literal }."),
            ("{a.b}", "--format has a single {. Write {{ for a literal {."),
            ("{}", "--format has a single {. Write {{ for a literal {."),
        ],
    )
    def test_other_braces_are_reported(self, template: str, sentence: str) -> None:
        with pytest.raises(CoachError) as raised:
            fill_template(template, {"a": "1", "b": "2"})
        assert str(raised.value) == sentence


class TestEveryCommand:
    """Text from outside, through whole commands."""

    @pytest.mark.parametrize(
        "arguments",
        [
            [HOSTILE],
            ["start", HOSTILE],
            ["start", f"{HOSTILE}.json"],
            ["streak", "--format", f"{{{HOSTILE}}}"],
            ["streak", "--format", HOSTILE],
            ["streak", "--on", HOSTILE],
            ["streak", f"--{HOSTILE}"],
            ["config", "get", HOSTILE],
            ["config", "set", "voice.voice", HOSTILE],
            ["check", HOSTILE],
            ["new", HOSTILE],
            ["history", "show", HOSTILE],
            ["import", HOSTILE],
            ["restore", HOSTILE],
            ["export", f"{HOSTILE}/x.csv"],
            ["breaks", "remove", HOSTILE],
            ["breaks", "pause", HOSTILE],
            ["breaks", "every", "45", "--days", HOSTILE],
            ["voices", "--sample", HOSTILE],
        ],
        ids=lambda arguments: " ".join(arguments).replace(HOSTILE, "HOSTILE"),
    )
    def test_arguments_reach_the_terminal_escaped(
        self, coach: Callable[..., CommandResult], arguments: list[str]
    ) -> None:
        ended = coach(*arguments)
        for character in "\x1b\x9b\u202e":
            assert character not in ended.out + ended.err

    @pytest.mark.parametrize("arguments", [["streak"], ["where"], ["doctor"], ["config"], ["log", "micro-break"]])
    def test_names_of_folders_reach_the_terminal_escaped(
        self,
        coach: Callable[..., CommandResult],
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        arguments: list[str],
    ) -> None:
        monkeypatch.setenv("STRETCH_COACH_HOME", str(tmp_path / "a\x1b[31m\x9bb"))
        ended = coach(*arguments)
        assert "\x1b" not in ended.out + ended.err
        assert "\x9b" not in ended.out + ended.err

    def test_text_of_a_tampered_history_reaches_the_terminal_escaped(
        self, coach: Callable[..., CommandResult], places: Places
    ) -> None:
        coach("log", "micro-break")
        with closing(sqlite3.connect(places.history)) as database, database:
            database.execute("UPDATE session SET title = ?, routine = ?, note = ?", (HOSTILE, HOSTILE, HOSTILE))
        session = json.loads(coach("history", "--json").out)[0]["id"]
        for arguments in (["history"], ["history", "--json"], ["history", "show", session]):
            ended = coach(*arguments)
            assert "\\u001b]0;title" in ended.out, arguments
            assert not {"\x1b", "\x9b", "\u202e"} & {*ended.out, *ended.err}

    @pytest.mark.parametrize("variable", ["EDITOR", "VISUAL"])
    def test_environment_reaches_the_terminal_escaped(
        self, coach: Callable[..., CommandResult], monkeypatch: pytest.MonkeyPatch, variable: str
    ) -> None:
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv(variable, "/no/such/\x1b[31meditor")
        ended = coach("config", "edit")
        assert ended.code == 1
        assert "\\u001b[31meditor" in ended.err


# Who may write to a standard stream, and why that is safe.
WRITERS = {
    "cli/output.py": "this is the module",
    "breaks/desktop/notify/message_box.py": "a child process that writes to a pipe",
    "stand_ins.py": "reads the encoding of the terminal, writes nothing",
    "voice/play_child.py": "a child process that writes to a pipe",
    "voice/render_child.py": "a child process that writes to a pipe",
}
STREAM_NAMES = {"stdout", "stderr", "__stdout__", "__stderr__"}


def calls_around_output(module: Path) -> Iterator[str]:
    """Find calls that print without `cli/output.py`: print, click's functions, and writes to a standard stream."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in {"__stdout__", "__stderr__"}:
            yield f"line {node.lineno}: {ast.unparse(node)}"
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        is_stream = isinstance(owner, ast.Attribute) and (owner.attr in STREAM_NAMES or owner.attr == "buffer")
        if (
            called == "print"
            or called in {f"click.{name}" for name in ("echo", "secho", "confirm", "prompt", "echo_via_pager", "pause")}
            or (is_stream and called.rpartition(".")[2] in {"write", "writelines"})
            or (called == "os.write" and ast.unparse(node.args[0]) in {"1", "2"})
        ):
            yield f"line {node.lineno}: {ast.unparse(node)[:60]}"


def test_nothing_prints_around_the_output_module() -> None:
    found = {module.relative_to(PACKAGE).as_posix(): [*calls_around_output(module)] for module in PACKAGE.rglob("*.py")}
    assert {module: calls for module, calls in found.items() if calls and module not in WRITERS} == {}


@pytest.mark.parametrize(
    "code",
    [
        "print('x')",
        "click.echo('x')",
        "sys.stdout.write('x')",
        "sys.stderr.buffer.write(b'x')",
        "sys.__stdout__.flush()",
        "os.write(1, b'x')",
    ],
)
def test_search_finds_what_prints_around_it(tmp_path: Path, code: str) -> None:
    (tmp_path / "module.py").write_text(code, encoding="utf-8")
    assert len(list(calls_around_output(tmp_path / "module.py"))) == 1
