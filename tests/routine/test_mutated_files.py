"""Mutated files: each is accepted, or refused with sentences that point at places in it.

The file with a given number is the same in every run. `tests/bench/mutated_files.py` tries ten thousand and times them.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stretch_coach.paths import bundled_routines
from stretch_coach.routine.diagnostics import RoutineFileError
from stretch_coach.routine.document import read_document
from stretch_coach.routine.format import parse_exercise
from stretch_coach.routine.library import Library
from stretch_coach.routine.program import parse_program
from stretch_coach.routine.resolve import parse_routine

COUNT = 1500
SHARES = 4  # so that workers of a parallel run can share the files

TOKENS = [
    *(b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\\u", b"\\ud800", b"//", b"/*", b"'", b"-", b"+", b"."),
    *(b"NaN", b"-Infinity", b"Infinity", b"null", b"true", b"1e999", b"-0", b"01", b"0x1F", b"9" * 400, b"9" * 5000),
    *(b"\x00", b"\x1b[2J", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xae", b"\r"),
    *(b"\xe2\x80\xa8", b"\xf0\x9f\x98\x80", b"[" * 50, b"]" * 50, b"[" * 3000, b'{"a":' * 40),
]
VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 0.5, 1e308, -1e308, 10**25, float("inf"), float("nan"), "", " ", "30s", "each"),
    *("\x1b[31m", "\u202e", "\ud800", "x" * 500, "{side}", "{", "a rest", [], {}, [None], [[]], {"[key]": 1}),
    *({"a rest": {}}, ["x"] * 600, [{}], {"exercise": "chin-tuck"}, "chin-tuck", "all", "hold"),
]
KEYS = [
    "",
    "[key]",
    "an exercise",
    "a rest",
    "x",
    "\ud800",
    "\x1b",
    "id",
    "hold",
    "rest",
    "exercise",
    "steps",
    "k" * 300,
]

Mutation = Callable[[random.Random, bytes], bytes]


def flip_bits(rng: random.Random, raw: bytes) -> bytes:
    changed = bytearray(raw)
    for _ in range(rng.choice([1, 1, 1, 2, 5, 50])):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def delete(rng: random.Random, raw: bytes) -> bytes:
    start = rng.randrange(len(raw))
    return raw[:start] + raw[start + rng.choice([1, 1, 1, 2, 10, 100]) :]


def insert(rng: random.Random, raw: bytes) -> bytes:
    place = rng.randrange(len(raw) + 1)
    return raw[:place] + rng.choice(TOKENS) + raw[place:]


def truncate(rng: random.Random, raw: bytes) -> bytes:
    return raw[: rng.randrange(len(raw))]


def repeat_a_line(rng: random.Random, raw: bytes) -> bytes:
    lines = raw.splitlines(keepends=True)
    line = rng.randrange(len(lines))
    return b"".join([*lines[: line + 1], *lines[line:]])


def swap_lines(rng: random.Random, raw: bytes) -> bytes:
    lines = raw.splitlines(keepends=True)
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def change_values(rng: random.Random, raw: bytes) -> bytes:
    """Change the values and keys of a file and keep its syntax valid."""
    data = json.loads(raw)
    for _ in range(rng.choice([1, 1, 1, 2, 4])):
        holder = rng.choice(_containers(data))
        if isinstance(holder, list):
            _change_list(rng, holder)
        else:
            _change_object(rng, holder)
    return json.dumps(data, indent=rng.choice([None, 1, 2])).encode()


def _containers(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [value] if isinstance(value, dict | list) else []
    return found + [holder for part in inner for holder in _containers(part)]


def _change_list(rng: random.Random, holder: list[Any]) -> None:
    if not holder or rng.random() < 0.3:
        holder.append(rng.choice(VALUES))
    elif rng.random() < 0.3:
        holder.pop(rng.randrange(len(holder)))
    else:
        holder[rng.randrange(len(holder))] = rng.choice(VALUES)


def _change_object(rng: random.Random, holder: dict[str, Any]) -> None:
    if not holder or rng.random() < 0.2:
        holder[rng.choice(KEYS)] = rng.choice(VALUES)
        return
    key = rng.choice(list(holder))
    value = holder.pop(key)
    if rng.random() < 0.6:
        holder[key] = rng.choice(VALUES)
    elif rng.random() < 0.6:
        holder[rng.choice([*KEYS, key[:-1], key + "s"])] = value


MUTATIONS: list[Mutation] = [
    flip_bits,
    delete,
    insert,
    truncate,
    repeat_a_line,
    swap_lines,
    change_values,
    change_values,
]


def mutate(number: int, originals: list[tuple[Path, bytes]]) -> tuple[Path, bytes]:
    """Return the mutated file with this number, and the bundled file that it was made from."""
    rng = random.Random(number)  # noqa: S311 - the same files in every run, nothing secret
    path, raw = rng.choice(originals)
    for mutation in rng.choices(MUTATIONS, k=rng.choice([1, 1, 1, 2, 3])):
        try:
            raw = mutation(rng, raw) or raw
        except (ValueError, RecursionError):  # no longer JSON
            continue
    return path, raw


def bundled_originals() -> list[tuple[Path, bytes]]:
    """Return the files to mutate: every bundled routine, exercise and program."""
    folder = bundled_routines()
    files = sorted([*folder.glob("*.json"), *folder.glob("exercises/*.json"), *folder.glob("programs/*.json")])
    return [(path, path.read_bytes()) for path in files]


def is_accepted(mutated: Path, origin: Path, library: Library) -> bool:
    """Return whether a mutated file is accepted; check what is said of it if not."""
    try:
        document = read_document(mutated)
        if origin.parent.name == "exercises":
            parse_exercise(document)
        elif origin.parent.name == "programs":
            parse_program(document, library.routines)
        else:
            parse_routine(document, library.exercises)
    except RoutineFileError as error:
        assert_well_formed(error, mutated.read_bytes())
        return False
    return True


def assert_well_formed(error: RoutineFileError, raw: bytes) -> None:
    lines = raw.decode("utf-8", errors="replace").split("\n")
    assert error.problems
    for problem in error.problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        sentence = str(problem)
        assert sentence.endswith((".", "?"))
        assert len(sentence) < 1000
        assert sentence.encode().decode().isprintable() or "\u200d" in sentence or "\u200c" in sentence
    assert str(error).endswith((".", "?", ")"))


@pytest.mark.parametrize("share", range(SHARES))
def test_a_mutated_file_is_accepted_or_refused_with_places(share: int, tmp_path: Path, library: Library) -> None:
    originals = bundled_originals()
    mutated = tmp_path / "my.json"
    outcomes = {True: 0, False: 0}
    for number in range(share, COUNT, SHARES):
        origin, raw = mutate(number, originals)
        mutated.write_bytes(raw)
        try:
            outcomes[is_accepted(mutated, origin, library)] += 1
        except Exception as error:
            error.add_note(f"mutated file number {number}, made from {origin.name}")
            raise
    # If most were accepted, the mutations would be too mild; if none were, they would only break the syntax.
    assert outcomes[False] > outcomes[True] > 0
