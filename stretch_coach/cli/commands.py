"""The table of all commands: the module of each, and its line in the help."""

import io
import sys
import threading

import click

from stretch_coach import __version__
from stretch_coach.cli.lazy import LazyGroup
from stretch_coach.cli.output import note
from stretch_coach.exit_codes import INTERRUPTED, SUCCESS

_COMMANDS = {
    "start": ("session", "Run a routine."),
    "routines": ("routines", "List routines."),
    "exercises": ("exercises", "List exercises, and show one in full."),
    "tight": ("tight", "Find exercises for where it is tight."),
    "program": ("program", "Follow a program over weeks."),
    "profile": ("profile", "Show or change what is left out for you."),
    "check": ("files", "Check routine files."),
    "new": ("files", "Create a routine of your own."),
    "add": ("sharing", "Add a routine that somebody sent you."),
    "share": ("sharing", "Write a routine to a file to send to somebody."),
    "schema": ("files", "Print the JSON Schema of routine files."),
    "streak": ("streak", "Show your streak."),
    "history": ("history", "List and correct your sessions."),
    "plan": ("plan", "Show or change your plan."),
    "log": ("log", "Log a session done without the timer."),
    "report": ("report", "Write a report to print or to show to a clinician."),
    "export": ("exchange", "Export your history to JSONL, CSV or ZIP."),
    "import": ("exchange", "Import an exported history."),
    "sync": ("exchange", "Sync your history with a folder."),
    "restore": ("restore", "Restore a backup of your history."),
    "breaks": ("breaks", "Set up break prompts, and see how the day is going."),
    "safety": ("safety", "Show the warning signs, and when to stop."),
    "voices": ("speech", "List voices."),
    "say": ("speech", "Say a text aloud."),
    "config": ("config", "Show and change the settings."),
    "where": ("config", "Show which files and folders are used."),
    "doctor": ("doctor", "Check what works here, and what to do about the rest."),
}


@click.group(
    cls=LazyGroup,
    package="stretch_coach.cli",
    table=_COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without a command the app opens. Without a terminal the usual routine starts in line mode.",
)
@click.version_option(__version__, prog_name="stretch-coach")
@click.pass_context
def cli(context: click.Context) -> None:
    """A guided neck-and-shoulder exercise coach for people who sit at a screen.

    It times each stretch and each rest, and keeps a history of what you did. It is a wellness tool: it diagnoses and
    treats nothing.
    """
    if context.invoked_subcommand is None:
        from stretch_coach.cli.context import find_context
        from stretch_coach.cli.screen import has_screen, open_app

        if has_screen():
            app_context = find_context()
            app_context.reload_settings()
            context.exit(open_app(app_context)[0])
        from stretch_coach.cli.session import start

        context.invoke(start)


def log_stray_errors() -> None:
    """Send the tracebacks of threads and destructors to the log. Python would print them over the screen."""
    threading.excepthook = lambda stray: _log(stray.exc_value)
    sys.unraisablehook = lambda stray: _log(stray.exc_value)


def _log(error: BaseException | None) -> None:
    from stretch_coach.cli.crash_log import log_crash

    if error is not None:
        log_crash(error)


def run_command(arguments: list[str]) -> int:
    """Run the command of these arguments and return its exit code; report wrong usage.

    Raises:
        Exception: Whatever the command raises.
    """
    log_stray_errors()
    try:
        result = cli.main(arguments, prog_name="stretch-coach", standalone_mode=False)
    except click.ClickException as error:
        message = io.StringIO()
        error.show(message)
        note(message.getvalue().rstrip("\n"))
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    return result if isinstance(result, int) else SUCCESS
