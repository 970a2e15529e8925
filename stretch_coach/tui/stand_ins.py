"""Symbols of one cell for what the encoding of a terminal does not have, so that the layout holds."""

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
_FIGURE = "█▀▄▌▐▖▗▘▝"


def can_show_figure() -> bool:
    """Return whether the encoding of the terminal has the blocks that the figure is made of."""
    return encodable(_FIGURE, getattr(sys.__stderr__, "encoding", None) or "utf-8") == _FIGURE


def encodable(text: str, encoding: str) -> str:
    """Return a text with stand-ins, as wide as the originals, for what an encoding does not have."""
    if _has(encoding, text):
        return text
    return "".join(symbol if _has(encoding, symbol) else _stand_in(symbol) for symbol in text)


def _stand_in(symbol: str) -> str:
    return _STAND_INS.get(symbol) or "?" * text_width(symbol)


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
