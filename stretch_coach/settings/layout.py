"""Where in the text of a settings file something new belongs, so that comments stay with what they stand above.

Lines that look like the head of a table may stand inside a text of several lines; whoever changes a file by this reads
the new text again and compares.
"""

import re

_HEAD = re.compile(r"^[ \t]*\[.*$", re.MULTILINE)


def insert_setting(text: str, section: str, line: str) -> str | None:
    """The text with one more line at the end of a section; none if the section has no head of its own."""
    head = re.search(rf"^[ \t]*\[[ \t]*{re.escape(section)}[ \t]*\][^\n]*$", text, re.MULTILINE)
    return None if head is None else _insert(text, _end_of_block(text, head.end()), line)


def append_section(text: str, section: str, line: str) -> str:
    """The text with one more section at its end, in which one line stands."""
    return _insert(text, len(text), f"{_apart(text)}[{section}]\n{line}")


def insert_table(text: str, name: str, body: str) -> str:
    """The text with one more table in a list of tables, after the others or at the end."""
    heads = _heads_of(text, name)
    end = _end_of_block(text, heads[-1].end()) if heads else len(text)
    return _insert(text, end, f"{_apart(text[:end])}[[{name}]]\n{body}")


def remove_table(text: str, name: str, number: int) -> str | None:
    """The text without one table of a list of tables, counted from 0; none if the tables are not written as such."""
    heads = _heads_of(text, name)
    if number >= len(heads):
        return None
    return text[: heads[number].start()] + text[_end_of_block(text, heads[number].end()) :]


def _heads_of(text: str, name: str) -> list[re.Match[str]]:
    dotted = r"[ \t]*\.[ \t]*".join(map(re.escape, name.split(".")))
    return list(re.finditer(rf"^[ \t]*\[\[[ \t]*{dotted}[ \t]*\]\][^\n]*$", text, re.MULTILINE))


def _end_of_block(text: str, start: int) -> int:
    """The end of the last line that belongs to a table: what stands right above the next head belongs to that one."""
    following = _HEAD.search(text, start)
    if following is None:
        return len(text)
    lines = text[start : following.start()].split("\n")[:-1]
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return start + sum(len(line) + 1 for line in lines)


def _apart(text: str) -> str:
    """What sets a new table apart from the text before it."""
    return "" if not text.strip() else "\n"


def _insert(text: str, end: int, new: str) -> str:
    before = text[:end]
    if before and not before.endswith("\n"):
        before += "\n"
    return before + new + text[end:]
