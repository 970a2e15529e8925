"""The words of the package, its tests, the docs and the routines: plain ones, and British spelling."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

_PLAIN = {
    r"told(?! apart)|tells": "report, show or say",
    r"stands(?! (?:for|out|up)\b)": "is",
    r"(?<!has )(?<!has not )(?<!had )(?<!had not )begun": "started",
    r"go(?:es|ing)? on": "continue, resume",
    r"anew|afresh": "again, from the beginning",
    r"taken (?:in|back)": "read, undone",
    r"let be": "left unchanged",
    r"will not do": "is not valid",
    r"those of": "the noun itself",
    r"as it is(?! \w+(?:ed|en)\b)": "unchanged, now",
    r"(?<=the |its |our )looks": "appearance",
    r"wish(?:es|ed)?": "want, request",
    r"(?:other|every|each) rooms?": "package, module",
    r"at all events": "in any case",
}
_AMERICAN = {
    r"colou?red|colors?|coloring": "colour",
    r"behaviors?": "behaviour",
    r"(?:neighbor|favor|honor|labor|flavor)\w*": "-our",
    r"center(?:s|ed|ing)?": "centre",
    r"(?:milli|centi|kilo)?meters": "metres",
    r"licenses?": "licence",
    r"gray": "grey",
    r"catalog": "catalogue",
    r"defense|offense": "-ence",
    r"(?:cancel|label|model|travel|signal|total|swivel)(?:ed|ing)": "two ls",
    r"[^\W_]{3,}(?:iz(?:e[ds]?|ing|ation|er)|yz(?:e[ds]?|ing))": "-ise",
    r"fulfill|skillful|gotten|aluminum|airplane": "the British word",
}
_BRITISH_ALL_THE_SAME = {"coloured", "size", "sizes", "sized", "seize", "prize", "resize", "resized", "oversized"}

# Names of earlier versions that said too little, or meant two things.
_OLD_NAMES = (
    "Unfit|value_from_words|beyond_caps|AskScreen|TaughtScreen|look_again|DayKeeper|SettingsFollower|is_not_to_disturb|"
    "wished_voice|Voicing|Looked|Coaching|Manner|Edges|Film|was_taken"
)


def _pattern(words: dict[str, str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


PLAIN, AMERICAN = _pattern(_PLAIN), _pattern(_AMERICAN)
OLD_NAMES = re.compile(rf"\b(?:{_OLD_NAMES})\b")
_QUOTED = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+")
_CSS = re.compile(r"[\w-]+:[^;{}]*;")


def problems(name: str, text: str) -> Iterator[str]:
    """Yield file, line and word of every word in a text that should be another one."""
    is_python = name.endswith(".py")
    for number, line in enumerate(text.splitlines(), 1):
        words = line.replace("_", " ") if is_python else _QUOTED.sub("", line)
        found = [match[0] for match in PLAIN.finditer(words)]
        if is_python:
            found += OLD_NAMES.findall(line)
        yield from (f"{name}:{number}: {word!r}" for word in found)
    if AMERICAN.search(text):  # reading Python is slow, so only where there is something to find
        for number, line in _prose(text) if is_python else enumerate(text.splitlines(), 1):
            found = [match[0] for match in AMERICAN.finditer(_QUOTED.sub("", line))]
            yield from (
                f"{name}:{number}: {word!r}"
                for word in found
                if word.lower() not in _BRITISH_ALL_THE_SAME and not word.isupper()
            )


def _prose(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of the comments, the docstrings and all texts of several words, style sheets left out."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            for number, line in enumerate(_CSS.sub("", node.value).splitlines()):
                yield node.lineno + number, line


def _files() -> list[Path]:
    patterns = ("*.md", "docs/*.md", "docs/*.py", "stretch_coach/**/*.py", "tests/**/*.py", "routines/**/*.json")
    files = {file for pattern in patterns for file in ROOT.glob(pattern)}
    return sorted(file for file in files if file.name not in ("references.json", "test_words.py"))


def test_words_are_plain_and_british() -> None:
    found = [problem for file in _files() for problem in problems(str(file.relative_to(ROOT)), file.read_text("utf-8"))]
    assert not found, "Write these in other words:\n" + "\n".join(found)


def test_files_of_every_kind_are_read() -> None:
    names = {file.relative_to(ROOT).as_posix() for file in _files()}
    assert {"README.md", "docs/app.md", "stretch_coach/clock.py", "tests/clocks.py"} <= names
    assert "routines/exercises/chin-tuck.json" in names


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.md", "Fine.\nThe session goes on with it.", "a.md:2: 'goes on'"),
        ("a.md", "The behavior is known.", "a.md:1: 'behavior'"),
        ("a.json", '{"say": "Center your head."}', "a.json:1: 'Center'"),
        ("a.json", '{"say": "Will not do."}', "a.json:1: 'Will not do'"),
        ("a.py", "def as_it_is() -> None: ...", "a.py:1: 'as it is'"),
        ("a.py", "x = 1  # the user is told", "a.py:1: 'told'"),
        ("a.py", "x = 1\n# a gray one", "a.py:2: 'gray'"),
        ("a.py", 'x = 1\nraise Error("Choose another color.")', "a.py:2: 'color'"),
        ("a.py", '"""One.\n\nTwo initializes it.\n"""', "a.py:3: 'initializes'"),
        ("a.py", "class Unfit: ...", "a.py:1: 'Unfit'"),
    ],
)
def test_word_is_found_with_its_place(name: str, text: str, found: str) -> None:
    assert list(problems(name, text)) == [found]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "The colours can be told apart, and `NO_COLOR` is honoured. See [LICENSE](LICENSE)."),
        ("a.md", "The sign stands for a rest; the session has not begun."),
        ("a.py", 'CSS = "Countdown { color: $accent; align: center middle; }"'),
        ("a.py", 'from textual.color import Color\nx = Color.parse("red").center()'),
        ("a.py", '"""Return the note as it is stored."""'),
    ],
)
def test_ordinary_words_are_left_alone(name: str, text: str) -> None:
    assert not list(problems(name, text))
