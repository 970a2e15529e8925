"""Files that start the watcher at login: XDG autostart, a systemd user unit, a launchd agent, or a scheduled task."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from stretch_coach.errors import CoachError
from stretch_coach.paths import HOME_VARIABLE

UNIT = "stretch-coach.service"
LABEL = "stretch-coach.breaks"
TASK = "Stretch Coach breaks"
_UMASK = 0o077


class WatcherCommand(NamedTuple):
    """How the watcher is started.

    Attributes:
        words: The program, by its absolute path, with its arguments.
        environment: The variables that it needs.
    """

    words: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()


class AutostartFile(NamedTuple):
    """A file that starts the watcher at login.

    Attributes:
        name: The name that users see.
        file: Its path.
        content: Its text.
        link: A link to the file that enables it, if it needs one.
    """

    name: str
    file: Path
    content: bytes
    link: Path | None = None


def watcher_command(words: list[str], environ: Mapping[str, str]) -> WatcherCommand:
    """Return the command that starts the watcher with the folders in use now.

    Args:
        words: The program, by its absolute path, with its arguments.
        environ: The environment, which may name the home of Stretch Coach.

    Raises:
        CoachError: A path has characters that cannot be written into an autostart file.
    """
    home = environ.get(HOME_VARIABLE)
    folder = str(Path(os.path.expandvars(home)).expanduser().absolute()) if home else ""
    for text in (*words, folder):
        if not text.isprintable():
            hint = "Move the program, or its folder, to a path without line breaks or other control characters."
            raise CoachError("autostart", f"the path {text!r} cannot be written into an autostart file.", hint)
    if "=" in words[0]:  # `env`, which sets variables on Linux, would take it for a variable
        hint = "Install the program in a folder whose path has no equals sign."
        raise CoachError("autostart", f"the program's path {words[0]!r} has an equals sign in it.", hint)
    return WatcherCommand(tuple(words), ((HOME_VARIABLE, folder),) if folder else ())


def xdg_autostart(command: WatcherCommand, config: Path) -> AutostartFile:
    """Return an XDG autostart file, which Linux desktops start at login.

    Quoting: https://specifications.freedesktop.org/desktop-entry-spec/1.5/exec-variables.html

    Args:
        command: The watcher.
        config: The user's configuration folder, `~/.config`.
    """
    words = list(command.words)
    if command.environment:  # there is no key for variables
        words = ["env", *(f"{name}={value}" for name, value in command.environment), *words]
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Stretch Coach",
        "Comment=Asks for a break when you have been at the screen for long enough",
        f"Exec={_desktop_string(' '.join(_desktop_quoted(word) for word in words))}",
        f"TryExec={_desktop_string(command.words[0])}",
        "Terminal=false",
        "NoDisplay=true",
        "X-GNOME-Autostart-enabled=true",
    ]
    return AutostartFile("XDG autostart", config / "autostart" / "stretch-coach.desktop", _text(lines))


def systemd_unit(command: WatcherCommand, config: Path) -> AutostartFile:
    """Return a systemd user unit, for desktops that reach `graphical-session.target`; plain i3 and sway do not.

    Quoting: `systemd.service(5)`, section "Command lines", and `systemd.exec(5)`, `Environment=`.

    Args:
        command: The watcher.
        config: The user's configuration folder, `~/.config`.
    """
    folder = config / "systemd" / "user"
    words = list(command.words)
    if any(character in words[0] for character in "\"'\\$"):  # systemd refuses these in a program's path
        words.insert(0, "/usr/bin/env")
    lines = [
        "[Unit]",
        "Description=Stretch Coach break prompts",
        "PartOf=graphical-session.target",
        "After=graphical-session.target",
        "",
        "[Service]",
        "Type=simple",
        *(f"Environment={_systemd_quoted(f'{name}={value}')}" for name, value in command.environment),
        f"ExecStart={' '.join(_systemd_quoted(word.replace('$', '$$')) for word in words)}",
        "Restart=on-failure",
        "RestartSec=10",
        "RestartPreventExitStatus=64 78",
        # A session that a prompt has started continues when the watcher ends.
        "KillMode=process",
        "Slice=background.slice",
        "UMask=0077",
        "",
        "[Install]",
        "WantedBy=graphical-session.target",
    ]
    link = folder / "graphical-session.target.wants" / UNIT
    return AutostartFile("systemd user unit", folder / UNIT, _text(lines), link)


def launchd_agent(command: WatcherCommand, home: Path) -> AutostartFile:
    """Return a launchd agent, which macOS starts at login. Not tested on a real system.

    Args:
        command: The watcher.
        home: The user's home folder.
    """
    import plistlib  # noqa: PLC0415 - it loads an XML parser

    agent = {
        "Label": LABEL,
        "ProgramArguments": list(command.words),
        "EnvironmentVariables": dict(command.environment),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ProcessType": "Background",
        "LimitLoadToSessionType": "Aqua",
        "AbandonProcessGroup": True,  # a session that a prompt has started continues when the watcher ends
        "ThrottleInterval": 10,
        "Umask": _UMASK,
    }
    return AutostartFile("launchd agent", home / "Library" / "LaunchAgents" / f"{LABEL}.plist", plistlib.dumps(agent))


def scheduled_task(command: WatcherCommand, state: Path) -> AutostartFile:
    """Return a task for the scheduler of Windows, started at logon. Not tested on a real system.

    Args:
        command: The watcher.
        state: The program's state folder, from which the task is registered.
    """
    from xml.sax.saxutils import escape  # noqa: PLC0415 - it loads an XML parser

    program, arguments = _task_action(command)
    content = f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.3" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Stretch Coach break prompts</Description></RegistrationInfo>
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Principals><Principal id="Author">
    <LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel>
  </Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>3</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author"><Exec>
    <Command>{escape(program)}</Command><Arguments>{escape(arguments)}</Arguments>
  </Exec></Actions>
</Task>
"""
    return AutostartFile("scheduled task", state / "autostart-task.xml", content.encode("utf-16"))


def _text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _desktop_quoted(word: str) -> str:
    """Return an argument in quotes, with four characters escaped, and `%`, which begins a field code, doubled."""
    escaped = word.replace("\\", "\\\\")
    for character in '"`$':
        escaped = escaped.replace(character, f"\\{character}")
    return '"' + escaped.replace("%", "%%") + '"'


def _desktop_string(text: str) -> str:
    """Return a value of type string, in which a backslash begins an escape."""
    return text.replace("\\", "\\\\")


def _systemd_quoted(word: str) -> str:
    """Return a word in quotes, with the characters that escape, end the quotes or begin a specifier taken literally."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _task_action(command: WatcherCommand) -> tuple[str, str]:
    """Return the program, and its arguments as one line. A task has no variables, so Python sets them first."""
    import subprocess  # noqa: PLC0415 - only Windows needs its quoting rules

    program, *arguments = command.words
    if command.environment:
        module, *rest = arguments[1:]  # after -m
        code = f"import os, runpy, sys; os.environ.update({dict(command.environment)!r}); sys.argv[1:] = {rest!r}; "
        code += f"runpy.run_module({module!r}, run_name='__main__')"
        arguments = ["-c", code]
    # The scheduler replaces %NAME% in arguments, but not a character that is written as an escape of Python.
    line = subprocess.list2cmdline(arguments)
    return program, line.replace("%", "\\x25") if command.environment else line
