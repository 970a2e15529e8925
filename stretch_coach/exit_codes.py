"""The exit codes of `stretch-coach`; click adds 2 for wrong usage."""

SUCCESS = 0
"""The command did what it was asked to do."""

FAILURE = 1
"""An error, reported in one line on standard error."""

INTERRUPTED = 130
"""Ended by Ctrl+C, as shells report SIGINT."""

TERMINATED = 143
"""Ended by SIGTERM, SIGHUP or SIGQUIT."""
