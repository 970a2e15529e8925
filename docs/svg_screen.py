"""Draws what a terminal app shows as SVG: still, or as an animation of a few kilobytes a second.

Blocks and lines are drawn as shapes, so that they join whatever font a reader has. A row that several frames share is
written once. Whoever asks for reduced motion sees the last frame.
"""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.app import App

WIDE, HIGH = 8, 17
"""The pixels of a cell."""

_PAD = 14
_FONTS = "DejaVu Sans Mono,Menlo,Consolas,monospace"
_QUADRANTS = dict(zip("▘▝▖▗▀▄▌▐▚▞▛▜▙▟", (1, 2, 4, 8, 3, 12, 5, 10, 9, 6, 7, 11, 13, 14), strict=True))
_SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75}
_LOWER = "▁▂▃▄▅▆▇"
_LEFT = "▏▎▍▌▋▊▉"
_THIN, _THICK = 1.2, 2.4
_LINES = {"─": (0, 1, _THIN), "━": (0, 1, _THICK), "╸": (0, 0.5, _THICK), "╌": (0.1, 0.6, _THIN)}
_CORNERS = {"╭": (1, 1), "╮": (-1, 1), "╰": (1, -1), "╯": (-1, -1)}


def _boxes() -> Iterator[tuple[str, list[tuple[float, float, float, float]]]]:
    """Yield the signs that consist of boxes, and each box: left, top, width and height in pixels."""
    wide, high = WIDE / 2, HIGH / 2
    for sign, bits in _QUADRANTS.items():
        yield sign, [(bit % 2 * wide, bit // 2 * high, wide, high) for bit in range(4) if bits >> bit & 1]
    for eighths, sign in enumerate(_LOWER, 1):
        yield sign, [(0, HIGH - HIGH * eighths / 8, WIDE, HIGH * eighths / 8)]
    for eighths, sign in enumerate(_LEFT, 1):
        yield sign, [(0, 0, WIDE * eighths / 8, HIGH)]
    for sign, (start, length, thick) in _LINES.items():
        yield sign, [(start * WIDE, (HIGH - thick) / 2, length * WIDE, thick)]
    yield "│", [((WIDE - _THIN) / 2, 0, _THIN, HIGH)]


_BOXES = dict(_boxes())


class Cell(NamedTuple):
    """One cell.

    Attributes:
        sign: Its character; empty for the second half of a wide one.
        ink: The colour of the character.
        paper: The colour behind it.
        weight: The CSS class of its weight and slant; may be empty.
    """

    sign: str
    ink: str
    paper: str
    weight: str = ""


Row = tuple[Cell, ...]
Frame = tuple[Row, ...]


def take_frame(app: App[Any]) -> Frame:
    """Return what is on the screen."""
    strips = app.screen._compositor.render_strips()  # noqa: SLF001 - there is no public way to what is on the screen
    return tuple(tuple(cell for segment in strip for cell in _cells(segment)) for strip in strips)


def _cells(segment: Segment) -> Iterator[Cell]:
    style = segment.style or Style()
    ink, paper = _hex(style.color, "#dfe4ec"), _hex(style.bgcolor, "#12151c")
    if style.reverse:
        ink, paper = paper, ink
    weight = ("b" if style.bold else "") + ("i" if style.italic else "") + ("u" if style.underline else "")
    for sign in segment.text:
        yield Cell(sign, ink, paper, weight)


def _hex(colour: Any, default: str) -> str:
    return colour.get_truecolor().hex if colour and not colour.is_default else default


def draw(frames: Sequence[tuple[Frame, float]], title: str) -> str:
    """Return an SVG of frames, each shown for some seconds. One frame is a still picture."""
    columns, rows = len(frames[0][0][0]), len(frames[0][0])
    paper = frames[-1][0][-2][0].paper
    width, height = columns * WIDE + 2 * _PAD, rows * HIGH + 2 * _PAD
    palette = _Palette()
    body = _Body(palette, paper)
    for top in range(rows):
        body.add_row(top, [frame[top] for frame, _ in frames], [seconds for _, seconds in frames])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img"><title>{escape(title)}</title><style>'
        f"text{{font:14px {_FONTS};white-space:pre}}"
        ".b{font-weight:bold}.i{font-style:italic}.u{text-decoration:underline}"
        f"{palette.css()}{body.css()}</style>"
        f'<rect width="{width}" height="{height}" rx="8" fill="{paper}"/>'
        f'<g transform="translate({_PAD} {_PAD})">{body.svg()}</g></svg>\n'
    )


class _Palette:
    """Short CSS classes for colours."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def __call__(self, colour: str) -> str:
        return self._names.setdefault(colour, f"c{len(self._names)}")

    def css(self) -> str:
        return "".join(f".{name}{{fill:{colour};stroke:none}}" for colour, name in self._names.items())


class _Body:
    """All rows of all frames.

    Args:
        name_of: Returns the class of a colour.
        paper: The colour behind everything, which is not drawn again.
    """

    def __init__(self, name_of: Callable[[str], str], paper: str) -> None:
        self._name_of = name_of
        self._paper = paper
        self._intervals: dict[tuple[int, int], list[str]] = {}
        self._still: list[str] = []
        self._seconds: Sequence[float] = ()

    def add_row(self, top: int, versions: Sequence[Row], seconds: Sequence[float]) -> None:
        """Add a row in all its versions; equal ones that follow each other are drawn once."""
        self._seconds = seconds
        first = 0
        for row, same in groupby(versions):
            end = first + len(list(same))
            place = self._still
            if end - first < len(versions):
                place = self._intervals.setdefault((first, end), [])
            drawn = "".join(_draw_row(row, self._name_of, self._paper))
            if drawn:
                place.append(f'<g transform="translate(0 {top * HIGH})">{drawn}</g>')
            first = end

    def css(self) -> str:
        """Return when each interval is shown."""
        total, rules = sum(self._seconds), []
        for number, (first, end) in enumerate(self._intervals):
            start, stop = (100 * sum(self._seconds[:at]) / total for at in (first, end))
            shown = f"{start:.2f}%{{visibility:visible}}"
            hidden = "" if end == len(self._seconds) else f"{stop:.2f}%{{visibility:hidden}}"
            before = "0%{visibility:hidden}" if first else ""
            rules.append(f"@keyframes k{number}{{{before}{shown}{hidden}}}")
            rules.append(f".k{number}{{visibility:hidden;animation:k{number} {total:g}s infinite step-end}}")
            still = "visible" if end == len(self._seconds) else "hidden"
            rules.append(f"@media(prefers-reduced-motion:reduce){{.k{number}{{animation:none;visibility:{still}}}}}")
        return "".join(rules)

    def svg(self) -> str:
        """Return the drawing."""
        moving = (f'<g class="k{number}">{"".join(rows)}</g>' for number, rows in enumerate(self._intervals.values()))
        return "".join([*self._still, *moving])


def _draw_row(row: Row, name_of: Callable[[str], str], paper: str) -> Iterator[str]:
    """Yield the backgrounds, the shapes and the texts of a row whose top is at 0."""
    yield from _backgrounds(row, name_of, paper)
    shapes: dict[tuple[str, float], list[str]] = {}
    for column, cell in enumerate(row):
        path, opacity = _shape(cell.sign, column * WIDE)
        if path:
            shapes.setdefault((cell.ink, opacity), []).append(path)
    for (ink, opacity), paths in shapes.items():
        faded = f' opacity="{opacity}"' if opacity < 1 else ""
        yield f'<path class="{name_of(ink)}"{faded} d="{"".join(paths)}"/>'
    yield from _texts(row, name_of)


def _backgrounds(row: Row, name_of: Callable[[str], str], paper: str) -> Iterator[str]:
    column = 0
    for colour, cells in groupby(row, key=lambda cell: cell.ink if cell.sign == "█" else cell.paper):
        count = len(list(cells))
        if colour != paper:
            yield f'<path class="{name_of(colour)}" d="{_box(column * WIDE, 0, count * WIDE, HIGH)}"/>'
        column += count


def _texts(row: Row, name_of: Callable[[str], str]) -> Iterator[str]:
    column = 0
    for (is_text, ink, weight), cells in groupby(
        row, key=lambda cell: (not _shape(cell.sign, 0)[0] and cell.sign != "█", cell.ink, cell.weight)
    ):
        text = "".join(cell.sign for cell in cells)
        if is_text and text.strip():
            left = column + len(text) - len(text.lstrip())
            words = text.strip()
            names = " ".join([name_of(ink), *weight])
            length = f' textLength="{len(words) * WIDE}"' if len(words) > 1 else ""
            yield f'<text class="{names}" x="{left * WIDE}" y="13"{length}>{escape(words)}</text>'
        column += len(text)


def _shape(sign: str, left: float) -> tuple[str, float]:
    """Return a path for a block or a line, and its opacity; an empty path for a letter or a full block."""
    if sign in _SHADES:
        return _box(left, 0, WIDE, HIGH), _SHADES[sign]
    if sign in _CORNERS:
        return _corner(left, *_CORNERS[sign]), 1
    return "".join(_box(left + x, y, wide, high) for x, y, wide, high in _BOXES.get(sign, ())), 1


def _corner(left: float, right: int, down: int) -> str:
    """Return a corner of a frame whose lines lead to the right (1) or left (-1), and down (1) or up (-1)."""
    x, y = left + WIDE / 2, HIGH / 2
    beside = _box(x if right > 0 else left, y - _THIN / 2, WIDE / 2, _THIN)
    below = _box(x - _THIN / 2, y if down > 0 else 0, _THIN, HIGH / 2)
    return beside + below


def _box(left: float, top: float, wide: float, high: float) -> str:
    return f"M{left:g} {top:g}h{wide:g}v{high:g}h-{wide:g}z"
