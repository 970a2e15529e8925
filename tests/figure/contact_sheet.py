"""Every exercise as it is drawn, as PNG files to look at.

Run: uv run python -m tests.figure.contact_sheet OUT.png [--style outline] [--light] [--size 40x18] [--view teacher]
     [--film NAME] [ID ...]
Blocks are drawn as exact rectangles and braille as dots, as terminals do. With --film, moments of exercises instead.
"""

import argparse
import json
from pathlib import Path

from PIL import Image, ImageDraw

from stretch_coach.figure.film import Film, Style, View
from stretch_coach.figure.frame import Frame
from stretch_coach.figure.inks import Material, ink
from stretch_coach.figure.palette import Palette, Rgb, make_palette
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.model import Side
from stretch_coach.routine.timeline import SegmentKind

CELL = (10, 20)
QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
DOTS = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)
FOLDER = Path(__file__).parents[2] / "routines" / "exercises"


def make(skin: str, hair: str, *, dark: bool) -> Palette:
    """A palette of a dark or of a light theme."""
    if dark:
        colours = ((18, 22, 28), (36, 40, 50), (58, 140, 190))
    else:
        colours = ((250, 250, 247), (228, 228, 224), (30, 110, 170))
    background, surface, accent = colours
    return make_palette(background=background, surface=surface, accent=accent, dark=dark, skin=skin, hair=hair)


def load_all() -> list[Exercise]:
    """The bundled exercises, by name."""
    return [Exercise.model_validate(json.loads(file.read_text("utf-8"))) for file in sorted(FOLDER.glob("*.json"))]


def sides_of(exercise: Exercise) -> tuple[Side | None, ...]:
    """The sides an exercise is done on."""
    return ("left", "right") if exercise.sided else (None,)


def paint(frame: Frame, palette: Palette) -> Image.Image:
    """A frame as an image."""
    wide, high = CELL
    columns = sum(len(run.text) for run in frame[0])
    image = Image.new("RGB", (columns * wide, len(frame) * high), palette[0])
    pen = ImageDraw.Draw(image)
    for row, runs in enumerate(frame):
        column = 0
        for text, run_ink, ground in runs:
            for letter in text:
                box = (column * wide, row * high)
                if ground is not None:
                    pen.rectangle((*box, box[0] + wide - 1, box[1] + high - 1), fill=palette[ground])
                _letter(pen, box, letter, palette[run_ink if run_ink is not None else ink(Material.GHOST)])
                column += 1
    return image


def _letter(pen: ImageDraw.ImageDraw, corner: tuple[int, int], letter: str, colour: Rgb) -> None:
    wide, high = CELL
    x, y = corner
    if ord(letter) >= 0x2800:
        for k, dot in enumerate(DOTS):
            if (ord(letter) - 0x2800) & dot:
                cx, cy = x + wide * (k % 2 + 0.5) / 2, y + high * (k // 2 + 0.5) / 4
                pen.ellipse((cx - 1.8, cy - 1.8, cx + 1.8, cy + 1.8), fill=colour)
        return
    mask = QUADRANTS.index(letter)
    for k in range(4):
        if mask >> k & 1:
            left, top = x + k % 2 * wide // 2, y + k // 2 * high // 2
            pen.rectangle((left, top, left + wide // 2 - 1, top + high // 2 - 1), fill=colour)


def sheet(items: list[tuple[str, Image.Image]], columns: int) -> Image.Image:
    """Titled images side by side."""
    wide, high = max(i.width for _, i in items) + 10, max(i.height for _, i in items) + 24
    page = Image.new("RGB", (wide * columns, high * -(-len(items) // columns)), (96, 96, 100))
    pen = ImageDraw.Draw(page)
    for k, (title, image) in enumerate(items):
        x, y = k % columns * wide + 5, k // columns * high
        pen.text((x, y + 6), title, fill=(255, 255, 255))
        page.paste(image, (x, y + 20))
    return page


def film_strip(
    film: Film, exercise: Exercise, size: tuple[int, int], palette: Palette
) -> list[tuple[str, Image.Image]]:
    """Moments of getting ready and of the hold."""
    long = exercise.figure.seconds_per_cycle or 4.0
    moments = [(SegmentKind.PREPARE, t, 5.0) for t in (0.0, 0.8, 1.3, 1.8, 3.0)]
    moments += [(SegmentKind.HOLD, long * k / 5, long) for k in range(5)]
    return [
        (f"{exercise.id} {kind} {into:.1f}", paint(film.frame(film.picture(kind, into, length), *size), palette))
        for kind, into, length in moments
    ]


def main() -> None:
    """Write the sheet that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--style", default="blocks", choices=[one.value for one in Style])
    parser.add_argument("--view", default="mirror", choices=[one.value for one in View])
    parser.add_argument("--light", action="store_true")
    parser.add_argument("--film", action="store_true")
    parser.add_argument("--size", default="40x18")
    parser.add_argument("--skin", default="light")
    parser.add_argument("--hair", default="brown")
    parser.add_argument("--columns", type=int, default=4)
    parser.add_argument("--one-side", action="store_true")
    asked = parser.parse_args()
    columns, rows = (int(part) for part in asked.size.split("x"))
    palette = make(asked.skin, asked.hair, dark=not asked.light)
    items: list[tuple[str, Image.Image]] = []
    for exercise in load_all():
        if asked.ids and exercise.id not in asked.ids:
            continue
        for side in sides_of(exercise)[: 1 if asked.one_side else 2]:
            film = Film(exercise, side, View(asked.view), Style(asked.style))
            if asked.film:
                items += film_strip(film, exercise, (columns, rows), palette)
            else:
                title = f"{exercise.id} {side or ''} ({exercise.figure.camera})"
                items.append((title, paint(film.frame(film.still_picture(), columns, rows), palette)))
    sheet(items, asked.columns).save(asked.out)


if __name__ == "__main__":
    main()
