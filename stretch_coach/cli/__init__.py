"""The command ``stretch-coach``: its groups, each loaded only when it is used, and how errors are told."""

import errno
import gc
import importlib
import io
import keyword
import os
import sys
from typing import NoReturn, TextIO

import click

from stretch_coach import __version__
from stretch_coach.errors import CoachError

_INTERRUPTED = 130
_READER_LEFT = (errno.EPIPE, errno.EIO)

_COMMANDS = {
    "start": "session",
    "routines": "routines",
    "check": "files",
    "new": "files",
    "schema": "files",
    "streak": "record",
    "history": "history",
    "plan": "record",
    "export": "exchange",
    "import": "exchange",
    "sync": "exchange",
    "report": "report",
    "restore": "restore",
    "log": "log",
    "breaks": "breaks",
    "safety": "safety",
    "voices": "speech",
    "say": "speech",
    "doctor": "doctor",
    "where": "where",
    "config": "config",
}


class _LazyGroup(click.Group):
    """Imports the file of a command when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"stretch_coach.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name)
        return command


@click.group(
    cls=_LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without a command, the app opens; without a terminal, the usual routine is started in line mode.",
)
@click.version_option(__version__, prog_name="stretch-coach")
@click.pass_context
def cli(context: click.Context) -> None:
    """A guided neck-and-shoulder exercise coach for people who sit at a screen.

    It times each stretch and each rest, and keeps a record of what was done. It is a wellness tool: it diagnoses and
    treats nothing.
    """
    if context.invoked_subcommand is None:
        from stretch_coach.cli.screen import has_screen, open_app
        from stretch_coach.cli.world import find_world

        if has_screen():
            context.exit(open_app(find_world())[0])
        from stretch_coach.cli.session import start

        context.invoke(start)


def main() -> NoReturn:
    """Run the command and leave with its exit code: 0 done, 1 an error told in one line, 2 wrong usage, 130 broken off.

    No traceback reaches the user; the log file has it.
    """
    sys.stdout = _usable(sys.stdout)
    sys.stderr = _usable(sys.stderr)
    code = _run()
    # Python's last collections walk over every object to free what the process is about to give back anyway; without
    # them a short command takes a fifth less time.
    gc.freeze()
    sys.exit(code)


def _usable(stream: TextIO | None) -> TextIO:
    """A stream that can be written to: nowhere if it was closed, and with an escape for what its encoding lacks."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - it stays open as long as the process
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream


def _run() -> int:
    try:
        result = cli.main(prog_name="stretch-coach", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except CoachError as error:
        click.echo(f"stretch-coach: {error}", err=True)
        return 1
    except OSError as error:
        return _tell_output(error) if error.filename is None else _tell_inside(error)
    except Exception as error:  # noqa: BLE001 - the last place to keep a traceback from the user
        return _tell_inside(error)
    return result if isinstance(result, int) else 0


def _tell_output(error: OSError) -> int:
    """Tell that the output could not be written, unless whoever read it, or the terminal, is gone.

    Nothing more is written there then, not even by Python at its end.
    """
    if error.errno not in _READER_LEFT:
        click.echo(f"stretch-coach: the output cannot be written ({error.strerror}).", err=True)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    return 1


def _tell_inside(error: Exception) -> int:
    """Tell of an error that is the program's own; the log has all of it."""
    from stretch_coach.cli.log_file import write_log

    click.echo(f"stretch-coach: {write_log(error)}", err=True)
    return 1
