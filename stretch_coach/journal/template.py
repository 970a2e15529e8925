"""One line made from a template such as ``{current} days``: names in braces, nothing else is interpreted."""

import re
from collections.abc import Mapping

from stretch_coach.errors import CoachError
from stretch_coach.safe_text import shown

_PART = re.compile(r"\{\{|\}\}|\{([a-z0-9_]+)\}|[{}]")


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with each ``{name}`` replaced by its value; ``{{`` and ``}}`` stand for braces.

    Raises:
        CoachError: A name is not among the values, or a brace stands alone.
    """

    def value(found: re.Match[str]) -> str:
        part = found[0]
        if part in ("{{", "}}"):
            return part[0]
        if found[1] in values:
            return values[found[1]]
        what = f"{part} is not known here." if found[1] else f"has a {part} that stands alone."
        cure = f"Known are {', '.join(values)}." if found[1] else "Write {{ or }} for the sign itself."
        raise CoachError("--format", shown(what), cure)

    return _PART.sub(value, template)
