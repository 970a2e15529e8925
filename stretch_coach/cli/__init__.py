"""The command `stretch-coach`: how it starts, and how every error ends it."""

import errno
import gc
import os
import sys
from typing import NoReturn

from stretch_coach.cli.output import OutputError, safe_stream, warn
from stretch_coach.errors import CoachError
from stretch_coach.exit_codes import FAILURE, INTERRUPTED, SUCCESS

_READER_LEFT = (errno.EPIPE, errno.EIO, *((errno.EINVAL,) if sys.platform == "win32" else ()))
"""The errors of an output that nobody reads any longer. On Windows, a pipe without a reader is an invalid argument."""
_NOT_OUR_FAULT = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO)
"""The errors by which a disk or its permissions refuse something."""


def main() -> NoReturn:
    """Run the command of `sys.argv` and exit with its code (see `exit_codes`).

    The user never sees a traceback: an unexpected error is one line, and the log has the rest.
    """
    sys.stdout, sys.stderr = safe_stream(sys.stdout), safe_stream(sys.stderr)
    code = _run(sys.argv[1:])
    # At exit Python looks for garbage among all objects, and then frees them anyway. Without that search, a short
    # command takes a fifth less time.
    gc.freeze()
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    try:
        from stretch_coach.cli.quick import run_quickly

        if run_quickly(arguments):
            return SUCCESS
        from stretch_coach.cli.commands import run_command

        # A session lasts long enough to leave garbage, but what is loaded by now stays.
        gc.freeze()
        gc.enable()
        return run_command(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except CoachError as error:
        warn(error)
    except OutputError as error:
        _report_lost_output(error)
    except OSError as error:
        if error.errno in _NOT_OUR_FAULT:
            warn(f"{error.filename or 'a file'} cannot be used ({error.strerror}).")
        else:
            _report_crash(error)
    except Exception as error:  # noqa: BLE001 - the last place to keep a traceback from the user
        _report_crash(error)
    return FAILURE


def _report_lost_output(error: OutputError) -> None:
    """Report that the output cannot be written, unless its reader or the terminal is gone.

    Nothing more is written to it, not even by Python at exit.
    """
    if error.errno not in _READER_LEFT:
        warn(f"the output cannot be written ({error.strerror}).")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())


def _report_crash(error: Exception) -> None:
    from stretch_coach.cli.crash_log import log_crash

    warn(log_crash(error))
