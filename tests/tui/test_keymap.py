"""Changed keys: they work, and the footer, help and palette show them."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Static

from stretch_coach import tui
from stretch_coach.context import Context
from stretch_coach.routine.library import Library
from stretch_coach.session.engine import State
from stretch_coach.session.live import LiveSession
from stretch_coach.session.request import SessionRequest
from stretch_coach.settings.keys import DEFAULT_KEYS
from stretch_coach.tui.dialogs import EndSessionDialog
from stretch_coach.tui.keymap import make_keymap, name_keys
from stretch_coach.tui.screens.help import HelpScreen
from stretch_coach.tui.widgets.key_footer import KeyFooter
from tests.tui.coaching import coaching
from tests.tui.driving import at, running, start_session

SCREENS = {action.partition(".")[0] for action in DEFAULT_KEYS}
ELSEWHERE = {"coach.help"}
"""Bindings whose keys follow another action."""


def test_every_key_of_a_screen_can_be_changed() -> None:
    found: dict[str, str] = {}
    for module in pkgutil.walk_packages(tui.__path__, "stretch_coach.tui."):
        for one in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(one) and issubclass(one, DOMNode) and one.__module__.startswith("stretch_coach"):
                bindings = [each for each in one.__dict__.get("BINDINGS", []) if isinstance(each, Binding) and each.id]
                found |= {str(each.id): each.key for each in bindings}
    changeable = {id_: key for id_, key in sorted(found.items()) if id_.partition(".")[0] in SCREENS}
    assert {id_: key for id_, key in changeable.items() if id_ not in ELSEWHERE} == DEFAULT_KEYS, "write this there"


async def test_changed_keys_work_and_are_shown(
    context: Context, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LiveSession, "is_audible", True)
    async with coaching(context, library, starts=True) as coach:
        coach.app.set_keymap(make_keymap((("app.help", "f2"), ("coach.mute", "u"), ("coach.pause", "b"))))
        footer = coach.screen.query_one(KeyFooter)
        await coach.until(lambda: "b" in [key.key for key in footer.keys], "the footer shows it")
        await coach.press("u")
        await coach.shows("Muted. Press u to unmute.")
        await coach.press("b")
        await coach.until(lambda: coach.state() is State.PAUSED, "it pauses")
        await coach.shows("Press b to resume.")
        await coach.press("space")
        assert coach.state() is State.PAUSED, "the default key does nothing more"
        await coach.press("f2")
        help_screen = await at(coach.pilot, HelpScreen)
        lines = str(help_screen.query_one("#help-keys", Static).content).splitlines()
        assert [line.split()[0] for line in lines if "Pause or resume" in line] == ["b"]
        await coach.press("x")


async def test_keys_of_the_settings_are_used_from_the_start(context: Context, session_request: SessionRequest) -> None:
    context.settings = context.settings._replace(keys=(("coach.end", "b"),))
    async with running(context, session_request) as pilot:
        screen = await start_session(pilot)
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app.screen is screen
        await pilot.press("b")
        await at(pilot, EndSessionDialog)


def test_sentences_name_the_keys_that_the_user_has() -> None:
    sentence = "Press {home.breaks}, {settings.hear}, {list.filter} or {breaks.back}; {not an action}."
    assert name_keys(sentence, ()) == "Press b, F6, / or Esc; {not an action}."
    assert name_keys(sentence, (("home.breaks", "ctrl+b,v"), ("settings.hear", "space"))) == (
        "Press Ctrl+B, space, / or Esc; {not an action}."
    )


def test_every_key_in_a_sentence_is_of_an_action() -> None:
    sources = "".join(file.read_text("utf-8") for file in Path(tui.__file__).parent.rglob("*.py"))
    named = set(re.findall(r"\{((?:app|home|list|history|breaks|coach|settings|builder)\.[a-z]+)\}", sources))
    assert "home.breaks" in named
    assert named <= DEFAULT_KEYS.keys()
