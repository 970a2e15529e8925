"""Mistakes in the syntax of a JSON file, named as what they are."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

_COMMENT = re.compile(r"(?://|#)[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_TRAILING_COMMA = re.compile(r",(?=\s*[\]}])")
_QUOTES = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb"  # what word processors make of " and '
_CLOSING_QUOTE = re.compile(rf'[{_QUOTES}](?=\s*(?:$|[}}\]]|,\s*(?:$|["{{\[/#])|:\s*["{{\[\d]))')

_SYNTAX = {
    "Expecting ',' delimiter": ("a comma or a closing bracket is missing here.", "Add it."),
    "Expecting ':' delimiter": ("a colon is missing after the name.", "Add it."),
    "Expecting property name enclosed in double quotes": ("a name is missing here.", "Write it in double quotes."),
    "Expecting value": ("a value is missing here.", "Write text in double quotes, a number, true or false."),
    "Illegal trailing comma before end of object": ("there is an extra comma here.", "Remove it."),
    "Illegal trailing comma before end of array": ("there is an extra comma here.", "Remove it."),
    "Unterminated string starting at": ("this text is not closed.", 'End it with ".'),
    "Extra data": ("there is something after the end.", "Remove it."),
    "Invalid control character at": ("there is a line break or a control character inside a text.", "Remove it."),
    "Invalid \\escape": ("this backslash starts no valid escape.", "Write it twice: \\\\."),
    "Invalid \\uXXXX escape": ("there is an incomplete \\u escape.", "Write four hexadecimal digits after it."),
}


class Mistake(NamedTuple):
    """One mistake.

    Attributes:
        offset: Where it is in the text.
        what: What it is, as the end of a sentence.
        cure: What to do about it.
    """

    offset: int
    what: str
    cure: str


def find_mistakes(text: str, error: json.JSONDecodeError) -> Iterator[Mistake]:
    """Yield the mistake that Python reports, and those after it while it stays clear what was meant.

    That is clear for comments, typographic quotation marks, and commas before a closing bracket.
    """
    reported: json.JSONDecodeError | None = error
    offsets: set[int] = set()
    while reported:
        mistake = _explain(text, reported)
        if mistake.offset in offsets:  # it was not meant as it was read
            return
        yield mistake
        offsets.add(mistake.offset)
        meant = _as_meant(text, mistake.offset)
        if meant is None:
            return
        text, reported = meant, _error_in(meant)


def _error_in(text: str) -> json.JSONDecodeError | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error
    except (RecursionError, ValueError):  # which are no mistakes of syntax
        return None
    return None


def _as_meant(text: str, offset: int) -> str | None:
    """Return a text of the same length without the mistake at an offset, or None if it is unclear how it was meant."""
    if comment := _COMMENT.match(text, offset):
        return text[:offset] + " " * len(comment[0]) + text[comment.end() :]
    if text[offset : offset + 1] in {*_QUOTES}:
        return _with_straight_quotes(text, offset)
    if _TRAILING_COMMA.match(text, offset):
        return f"{text[:offset]} {text[offset + 1 :]}"
    return None


def _with_straight_quotes(text: str, offset: int) -> str | None:
    """Return a text with a straight quotation mark for the one at an offset, and for the one that closes it."""
    line_end = text.find("\n", offset)
    at = [offset]
    if not _CLOSING_QUOTE.match(text, offset):
        closing = _CLOSING_QUOTE.search(text, offset + 1, line_end if line_end >= 0 else len(text))
        if closing is None:
            return None
        at.append(closing.start())
    return "".join('"' if index in at else character for index, character in enumerate(text))


def _explain(text: str, error: json.JSONDecodeError) -> Mistake:
    """Return what the mistake is that Python reports."""
    offset = error.pos
    if _COMMENT.match(text, offset):
        return Mistake(offset, "JSON has no comments.", "Remove it.")
    if (quote := _typographic_quote(text, error)) is not None:
        return Mistake(quote, f"{text[quote]} is a typographic quotation mark.", 'Write a straight one: ".')
    if text.startswith("'", offset):
        return Mistake(offset, "' is a single quotation mark.", 'Write a double one: ".')
    message, offset = _trailing_comma(text, error) or (error.msg, offset)
    unknown = (f"{message}.", "Check the brackets, quotes and commas.")
    return Mistake(offset, *_SYNTAX.get(message.rstrip(": "), unknown))


def _typographic_quote(text: str, error: json.JSONDecodeError) -> int | None:
    """Return the offset of the typographic quotation mark that causes a mistake, or `None` if none does."""
    if error.pos < len(text) and text[error.pos] in _QUOTES:
        return error.pos
    # A text that begins with a straight one and ends with a typographic one continues to the next straight one.
    line_end = text.find("\n", error.pos) if error.msg.startswith("Unterminated") else error.pos
    line = slice(text.rfind("\n", 0, error.pos) + 1, line_end if line_end >= 0 else len(text))
    closing = [found.start() for found in _CLOSING_QUOTE.finditer(text, line.start, line.stop)]
    return closing[-1] if closing else None


def _trailing_comma(text: str, error: json.JSONDecodeError) -> tuple[str, int] | None:
    """Return what Python 3.13 and later report of a comma before a closing bracket, and where; `None` for no comma."""
    before = text[: error.pos].rstrip(" \t\n\r")
    if not before.endswith(",") or text[error.pos : error.pos + 1] not in ("]", "}"):
        return None
    return "Illegal trailing comma before end of object", len(before) - 1
