"""Routine files that are hostile, or only look hostile."""

import json
from pathlib import Path
from typing import Any

MARKUP = [
    "[@click=app.quit]press me[/]",
    "[b]bold[/i]",
    "[/",
    "[[[]]",
    "[link='https://example.org']here[/link]",
    "{v['a[0]']} [type=x, v={'a[0]'}]",
    "$accent [$error]red[/]",
    "\\[b]escaped\\[/b]",
]
SHOWN = [*MARKUP, "🧘🏽‍♀️ Yoga 👩‍👩‍👧", "首と肩のストレッチ", "مرحبا", "e\u0301" * 20]
REFUSED = [
    "\x1b]0;owned\x07title",
    "\x1b[2J\x1b[31mred",
    "\x9b31mred",
    "\x9d0;owned\x9c",
    "safe\u202etxt.exe",
    "\u2066isolated\u2069",
    "nul\x00",
    "bell\x07",
    "x" * 10_000,
    "two\u2028lines",
]
CONTROLS = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
]


def write(folder: Path, texts: list[str]) -> None:
    """Write a routine for each text, which fills every field that has text."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"hostile-{number}.json").write_text(json.dumps(routine(number, text)), encoding="utf-8")


def routine(number: int, *texts: str) -> dict[str, Any]:
    """Return a routine with an exercise of five seconds for each text, and with the first in every field of its own."""
    first, exercises = texts[0], {f"own-{index}": _exercise(f"own-{index}", text) for index, text in enumerate(texts)}
    steps: list[dict[str, Any]] = []
    for exercise in exercises.values():
        say = exercise["cue"]
        steps += [{"exercise": exercise["id"], "prepare": 10, "hold": 5, "say": say}, {"rest": 5, "say": say}]
    return {
        "format": 1,
        "id": f"hostile-{number}",
        "title": first,
        "summary": first,
        "need": first,
        "cautions": [first],
        "exercises": exercises,
        "steps": steps,
    }


def _exercise(id_: str, text: str) -> dict[str, Any]:
    filled = text.replace("{", "(").replace("}", ")")
    return {
        "id": id_,
        "name": text[:80],
        "instructions": [filled],
        "cue": filled,
        "cautions": [text],
        "aliases": [text[:80]],
    }
