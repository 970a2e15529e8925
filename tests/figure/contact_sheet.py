"""Draw every exercise and save the pictures in one PNG file.

Run: uv run python -m tests.figure.contact_sheet OUT.png [--style outline] [--cells octants] [--light] [--size 40x18]
     [--view teacher] [--animation] [ID ...]

Blocks are drawn as exact rectangles and braille as dots, as terminals do. With `--animation`, each exercise is shown at
several moments of its prepare and hold.
"""

import argparse
import json
from itertools import product
from pathlib import Path

from PIL import Image, ImageDraw

from stretch_coach.figure.animation import Animation, Style, View
from stretch_coach.figure.blocks import HALVES, OCTANTS, QUADRANTS, SEXTANTS
from stretch_coach.figure.frame import Frame
from stretch_coach.figure.palette import Material, Palette, Rgb, make_palette, shade
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Side
from stretch_coach.routine.timeline import SegmentKind

CELL = (12, 24)
CELLS = {"quadrants": QUADRANTS, "halves": HALVES, "sextants": SEXTANTS, "octants": OCTANTS}
DOTS = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)
FOLDER = Path(__file__).parents[2] / "routines" / "exercises"


def themed_palette(skin: str, hair: str, *, dark: bool) -> Palette:
    """Return a palette for a dark or a light theme."""
    if dark:
        colours = ((18, 22, 28), (36, 40, 50), (58, 140, 190))
    else:
        colours = ((250, 250, 247), (228, 228, 224), (30, 110, 170))
    background, surface, accent = colours
    return make_palette(background=background, surface=surface, accent=accent, dark=dark, skin=skin, hair=hair)


def load_all() -> list[Exercise]:
    """Return the bundled exercises, by id."""
    return [Exercise.model_validate(json.loads(file.read_text("utf-8"))) for file in sorted(FOLDER.glob("*.json"))]


def sides_of(exercise: Exercise) -> tuple[Side | None, ...]:
    """Return the sides on which an exercise is done."""
    return ("left", "right") if exercise.sided else (None,)


def paint(frame: Frame, palette: Palette) -> Image.Image:
    """Return a frame as an image."""
    wide, high = CELL
    columns = sum(len(run.text) for run in frame[0])
    image = Image.new("RGB", (columns * wide, len(frame) * high), palette[0])
    pen = ImageDraw.Draw(image)
    for row, runs in enumerate(frame):
        column = 0
        for text, foreground, background in runs:
            for letter in text:
                box = (column * wide, row * high)
                if background is not None:
                    pen.rectangle((*box, box[0] + wide - 1, box[1] + high - 1), fill=palette[background])
                _letter(pen, box, letter, palette[foreground if foreground is not None else shade(Material.GHOST)])
                column += 1
    return image


def _letter(pen: ImageDraw.ImageDraw, corner: tuple[int, int], letter: str, colour: Rgb) -> None:
    wide, high = CELL
    x, y = corner
    if 0x2800 <= ord(letter) < 0x2900:
        for k, dot in enumerate(DOTS):
            if (ord(letter) - 0x2800) & dot:
                cx, cy = x + wide * (k % 2 + 0.5) / 2, y + high * (k // 2 + 0.5) / 4
                pen.ellipse((cx - 1.8, cy - 1.8, cx + 1.8, cy + 1.8), fill=colour)
        return
    cells = next(one for one in CELLS.values() if letter in one.glyphs)
    mask = cells.glyphs.index(letter)
    for k in range(cells.across * cells.down):
        if mask >> k & 1:
            column, row = k % cells.across, k // cells.across
            left, right = x + column * wide // cells.across, x + (column + 1) * wide // cells.across
            top, bottom = y + row * high // cells.down, y + (row + 1) * high // cells.down
            pen.rectangle((left, top, right - 1, bottom - 1), fill=colour)


def sheet(items: list[tuple[str, Image.Image]], columns: int) -> Image.Image:
    """Return titled images side by side."""
    wide, high = max(i.width for _, i in items) + 10, max(i.height for _, i in items) + 24
    page = Image.new("RGB", (wide * columns, high * -(-len(items) // columns)), (96, 96, 100))
    pen = ImageDraw.Draw(page)
    for k, (title, image) in enumerate(items):
        x, y = k % columns * wide + 5, k // columns * high
        pen.text((x, y + 6), title, fill=(255, 255, 255))
        page.paste(image, (x, y + 20))
    return page


def animation_strip(
    animation: Animation, exercise: Exercise, size: tuple[int, int], palette: Palette
) -> list[tuple[str, Image.Image]]:
    """Return moments of prepare and hold."""
    long = exercise.figure.seconds_per_cycle or 4.0
    moments = [(SegmentKind.PREPARE, t, 5.0) for t in (0.0, 0.8, 1.3, 1.8, 3.0)]
    moments += [(SegmentKind.HOLD, long * k / 5, long) for k in range(5)]
    strip = []
    for kind, into, length in moments:
        frame = animation.frame(animation.moment_at(kind, into, length), *size)
        strip.append((f"{exercise.id} {kind} {into:.1f}", paint(frame, palette)))
    return strip


def main() -> None:
    """Write the requested sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--style", default="blocks", choices=[one.value for one in Style])
    parser.add_argument("--cells", default="quadrants", choices=CELLS)
    parser.add_argument("--view", default="mirror", choices=[one.value for one in View])
    parser.add_argument("--light", action="store_true")
    parser.add_argument("--animation", action="store_true")
    parser.add_argument("--size", default="40x18")
    parser.add_argument("--skin", default="light")
    parser.add_argument("--hair", default="brown")
    parser.add_argument("--columns", type=int, default=4)
    parser.add_argument("--one-side", action="store_true")
    options = parser.parse_intermixed_args()
    columns, rows = (int(part) for part in options.size.split("x"))
    palette = themed_palette(options.skin, options.hair, dark=not options.light)
    items: list[tuple[str, Image.Image]] = []
    for exercise in load_all():
        if options.ids and exercise.id not in options.ids:
            continue
        forms = [exercise.in_repetition(number + 1) for number in range(max(1, len(exercise.repetitions)))]
        for side, form in product(sides_of(exercise)[: 1 if options.one_side else 2], forms):
            animation = Animation(form, side, View(options.view), Style(options.style), cells=CELLS[options.cells])
            if options.animation:
                items += animation_strip(animation, exercise, (columns, rows), palette)
            else:
                title = f"{exercise.id} {side or ''} ({exercise.figure.camera})"
                items.append((title, paint(animation.frame(animation.pose_moment(), columns, rows), palette)))
    sheet(items, options.columns).save(options.out)


if __name__ == "__main__":
    main()
