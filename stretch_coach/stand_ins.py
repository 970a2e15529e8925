"""Symbols of one cell for what the encoding of a terminal or a pipe does not have, so that the layout holds."""

import codecs
import sys

from stretch_coach.text import text_width

_STAND_INS = {
    **dict.fromkeys("─━═╌╍┄┈╴╶╸╺▁▔", "-"),
    **dict.fromkeys("│┃║╎╵╷╹╻▏▎▍▕", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛╔╗╚╝", "+"),
    **dict.fromkeys("█▉▊▋▌▐▄▀▂▃▅▆▇▓■▪", "#"),
    **dict.fromkeys("▒░", ":"),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("–—−", "-"),
    **dict.fromkeys("•·●◦", "*"),
    **dict.fromkeys("▸▶►→⏎", ">"),
    **dict.fromkeys("◂←⌫", "<"),
    **dict.fromkeys("▲↑", "^"),
    **dict.fromkeys("▼▾↓", "v"),
    "…": ".",
    "✓": "v",
    "□": "o",
    "○": "O",
    "◐": "%",
    "×": "x",
}
REPLACE_OR_ESCAPE = "stretch-coach"
"""The name by which streams find `replace_or_escape`."""

_FIGURE = "█▀▄▌▐▖▗▘▝"


def can_show_figure() -> bool:
    """Return whether the encoding of the terminal has the blocks that the figure is made of."""
    return encodable(_FIGURE, getattr(sys.__stderr__, "encoding", None) or "utf-8") == _FIGURE


def encodable(text: str, encoding: str) -> str:
    """Return a text with stand-ins, as wide as the originals, for what an encoding does not have."""
    if _has(encoding, text):
        return text
    return "".join(symbol if _has(encoding, symbol) else _stand_in(symbol) for symbol in text)


def replace_or_escape(error: UnicodeError) -> tuple[str | bytes, int]:
    """Write a stand-in for each symbol that an encoding lacks, and an escape for each letter: a handler for `codecs`.

    Raises:
        UnicodeError: The error is not about encoding.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    shown = (_STAND_INS.get(one) or one.encode("ascii", "backslashreplace").decode() for one in lacking)
    return "".join(shown), error.end


def _stand_in(symbol: str) -> str:
    return _STAND_INS.get(symbol) or "?" * text_width(symbol)


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


codecs.register_error(REPLACE_OR_ESCAPE, replace_or_escape)
