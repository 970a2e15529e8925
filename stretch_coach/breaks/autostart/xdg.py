"""An XDG autostart file, which Linux desktops start at login.

Quoting: https://specifications.freedesktop.org/desktop-entry-spec/1.5/exec-variables.html
"""

from pathlib import Path

from stretch_coach.breaks.autostart.entry import Entry, Watcher


def xdg_entry(watcher: Watcher, config: Path) -> Entry:
    """The file below the user's configuration folder (``~/.config``)."""
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Stretch Coach",
        "Comment=Asks for a break when you have been at the screen for long enough",
        f"Exec={_exec(watcher)}",
        f"TryExec={_as_string(watcher.command[0])}",
        "Terminal=false",
        "NoDisplay=true",
        "X-GNOME-Autostart-enabled=true",
    ]
    content = ("\n".join(lines) + "\n").encode()
    return Entry("XDG autostart", config / "autostart" / "stretch-coach.desktop", content)


def _exec(watcher: Watcher) -> str:
    """The command line; variables are set by ``env``, for there is no key for them."""
    words = list(watcher.command)
    if watcher.environment:
        words = ["env", *(f"{name}={value}" for name, value in watcher.environment), *words]
    return _as_string(" ".join(_quoted(word) for word in words))


def _quoted(word: str) -> str:
    """One argument: in quotes with four characters escaped, and ``%`` doubled, which is no quoting but a field code."""
    escaped = word.replace("\\", "\\\\")
    for character in '"`$':
        escaped = escaped.replace(character, f"\\{character}")
    return '"' + escaped.replace("%", "%%") + '"'


def _as_string(text: str) -> str:
    """A value of type string, in which a backslash begins an escape."""
    return text.replace("\\", "\\\\")
