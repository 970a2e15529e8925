"""A launchd agent, which macOS starts at login. That it is accepted could not be tried where this was written."""

from pathlib import Path

from stretch_coach.breaks.autostart.entry import Entry, Watcher

LABEL = "stretch-coach.breaks"
_UMASK = 0o077


def launchd_entry(watcher: Watcher, home: Path) -> Entry:
    """The property list below the user's home."""
    import plistlib  # noqa: PLC0415 - it loads an XML parser

    agent = {
        "Label": LABEL,
        "ProgramArguments": list(watcher.command),
        "EnvironmentVariables": dict(watcher.environment),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ProcessType": "Background",
        "LimitLoadToSessionType": "Aqua",
        "AbandonProcessGroup": True,  # a session that was started by a prompt goes on when the watcher ends
        "ThrottleInterval": 10,
        "Umask": _UMASK,
    }
    return Entry("launchd agent", home / "Library" / "LaunchAgents" / f"{LABEL}.plist", plistlib.dumps(agent))
