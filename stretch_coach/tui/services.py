"""The parts of the app that are loaded while its first frame is shown."""

import sys
from typing import NamedTuple

from textual.app import App

from stretch_coach.breaks.desktop import Desktop
from stretch_coach.context import Context
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import Library, load_library
from stretch_coach.routine.safety import load_safety
from stretch_coach.tui.break_prompts import BreakPrompts
from stretch_coach.tui.session_flow import SessionFlow
from stretch_coach.tui.signals import AppSignals


class Services(NamedTuple):
    """What the app needs to do more than show its first frame."""

    library: Library
    signals: AppSignals
    flow: SessionFlow
    prompts: BreakPrompts


def load_services(app: App[int], context: Context) -> Services:
    """Load the routines and put the parts together. No widget is touched, so that this can be done in a thread.

    Args:
        app: Shows the screens.
        context: The user's settings, history and clock.
    """
    library = load_library(bundled_routines(), context.places.routines)
    signals = AppSignals(app.exit)
    flow = SessionFlow(app, context, library, load_safety(bundled_routines()), signals.to_session)
    desktop = Desktop(context.clock, sys.stderr, context.places.state)
    prompts = BreakPrompts(app, context, library, lambda: flow.busy, desktop)
    return Services(library, signals, flow, prompts)
