"""A systemd user unit, for desktops that reach ``graphical-session.target``; plain i3 and sway do not.

Quoting: ``systemd.service(5)``, section "Command lines", and ``systemd.exec(5)``, ``Environment=``.
"""

from pathlib import Path

from stretch_coach.breaks.autostart.entry import Entry, Watcher

UNIT = "stretch-coach.service"


def systemd_entry(watcher: Watcher, config: Path) -> Entry:
    """The unit and its link below the user's configuration folder (``~/.config``)."""
    folder = config / "systemd" / "user"
    variables = [f"Environment={_quoted(f'{name}={value}')}" for name, value in watcher.environment]
    lines = [
        "[Unit]",
        "Description=Stretch Coach break prompts",
        "PartOf=graphical-session.target",
        "After=graphical-session.target",
        "",
        "[Service]",
        "Type=simple",
        *variables,
        f"ExecStart={_command_line(watcher.command)}",
        "Restart=on-failure",
        "RestartSec=10",
        "RestartPreventExitStatus=64 78",
        # A session that was started by a prompt goes on when the watcher ends.
        "KillMode=process",
        "Slice=background.slice",
        "UMask=0077",
        "",
        "[Install]",
        "WantedBy=graphical-session.target",
    ]
    file = folder / UNIT
    content = ("\n".join(lines) + "\n").encode()
    return Entry("systemd user unit", file, content, folder / "graphical-session.target.wants" / UNIT)


def _command_line(command: tuple[str, ...]) -> str:
    """The command. A path with quotes or backslashes is refused for a program, and left to ``env``."""
    words = list(command)
    if any(character in words[0] for character in "\"'\\$"):
        words.insert(0, "/usr/bin/env")
    return " ".join(_quoted(word.replace("$", "$$")) for word in words)


def _quoted(word: str) -> str:
    """In quotes, with what escapes, ends the quotes, or begins a specifier taken literally."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
