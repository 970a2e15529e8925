"""Which glyphs the figure may be made of: only what the terminal is known to show."""

from collections.abc import Mapping

from stretch_coach.figure.blocks import HALVES, OCTANTS, QUADRANTS, SEXTANTS, Cells

_SEXTANTS_IN_VTE, _OCTANTS_IN_VTE = 6200, 8000
_OCTANTS_IN_GHOSTTY = (1, 2)


def cells_for(environ: Mapping[str, str], platform: str) -> Cells:
    """Return the finest division of a cell that a terminal draws by itself, whatever its font has.

    Args:
        environ: The environment, in which terminals name themselves. What they did inside tmux or screen, or at the
            other end of ssh, says nothing about the terminal on which this is shown, except for `TERM`.
        platform: As `sys.platform`.
    """
    term = environ.get("TERM", "")
    if term == "linux" or (platform == "win32" and not {"WT_SESSION", "TERM_PROGRAM"} & environ.keys()):
        return HALVES  # the fonts of consoles have no more
    if term.startswith(("tmux", "screen")) or "TMUX" in environ or "STY" in environ:
        return QUADRANTS
    if term.startswith(("xterm-kitty", "foot")):
        return SEXTANTS
    if "SSH_CONNECTION" in environ:
        return QUADRANTS
    return _by_program(environ, term)


def _by_program(environ: Mapping[str, str], term: str) -> Cells:
    program, version = environ.get("TERM_PROGRAM", ""), _numbers(environ.get("TERM_PROGRAM_VERSION", ""))
    if program == "ghostty" or term == "xterm-ghostty":
        return OCTANTS if version >= _OCTANTS_IN_GHOSTTY else SEXTANTS
    if program == "WezTerm":
        return SEXTANTS
    vte = _numbers(environ.get("VTE_VERSION", ""))
    if not program and vte >= (_SEXTANTS_IN_VTE,):
        return OCTANTS if vte >= (_OCTANTS_IN_VTE,) else SEXTANTS
    return QUADRANTS


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, such as 1.2.3-dev, as far as they can be read."""
    numbers = []
    for part in version.partition("-")[0].split("."):
        if not part.isdecimal():
            break
        numbers.append(int(part))
    return tuple(numbers)
