"""`breaks watch`. It does not load click, to keep the watcher, which runs all day, small."""

import sys
from typing import TYPE_CHECKING

from stretch_coach.cli.crash_log import log_warning
from stretch_coach.cli.output import warn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stretch_coach.journal.prompts import PromptRecord


def run_watcher() -> None:
    """Run the watcher until a signal ends it.

    Raises:
        CoachError: Another watcher is running, or its files cannot be written.
    """
    from stretch_coach.breaks.desktop import Desktop
    from stretch_coach.breaks.store import record_answers
    from stretch_coach.breaks.watcher import watch
    from stretch_coach.clock import SystemClock
    from stretch_coach.paths import find_places
    from stretch_coach.settings import Settings

    places, clock = find_places(), SystemClock()
    on_terminal = sys.stderr.isatty()
    logged = ""

    def report(sentence: str) -> None:
        nonlocal logged
        warn(sentence)
        if not on_terminal and sentence != logged:  # perhaps nobody sees what the watcher prints
            log_warning(sentence)
            logged = sentence

    def record(records: "Sequence[PromptRecord]") -> None:
        from stretch_coach.context import Context

        # The history needs none of the settings, which may be invalid.
        record_answers(Context(places, Settings(), clock, report), records)

    watch(places, clock, Desktop(clock, sys.stderr, places.state), record, report, introduce=on_terminal)
