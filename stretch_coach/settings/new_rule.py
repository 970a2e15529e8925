"""Adds a break rule that somebody asks for now."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stretch_coach.errors import CoachError
from stretch_coach.settings.checks import quoted
from stretch_coach.settings.editing import add_rule
from stretch_coach.settings.model import Settings
from stretch_coach.settings.rules import read_rules
from stretch_coach.settings.unfit import Unfit


def add_new_rule(file: Path, rule: Mapping[str, Any]) -> Settings:
    """Add a rule, and tell of what it lacks as of what was asked for, not of a line that was never written.

    Returns:
        All settings as they are now.

    Raises:
        CoachError: The rule will not do, or the file is broken or cannot be written.
    """
    try:
        read_rules([dict(rule)])
    except Unfit as unfit:
        message = unfit.sentence or f"{quoted(unfit.value)} is not {unfit.expected}"
        raise CoachError("breaks", message) from unfit
    return add_rule(file, rule)
