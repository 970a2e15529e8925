"""What makes screens cheaper to open in tests, and changes nothing of what they show."""

import asyncio
from collections.abc import Hashable
from functools import partial
from typing import Any
from weakref import WeakSet

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.screen import Screen

from stretch_coach.figure.animation import Animation
from stretch_coach.routine.exercise import Exercise

FRAME_SECONDS = 0.01


def keep_parsed_styles(monkeypatch: pytest.MonkeyPatch, kept: dict[Hashable, list[RuleSet]]) -> None:
    """Parse each style sheet once for all tests in which it has the same colours."""
    parse = Stylesheet._parse_rules  # noqa: SLF001 - there is no public way

    def parse_once(
        sheet: Stylesheet,
        css: str,
        read_from: CSSLocation,
        **source: Any,
    ) -> list[RuleSet]:
        key = css, read_from, *source.items(), *sheet._variables.items()  # noqa: SLF001 - see above
        if key not in kept:
            kept[key] = parse(sheet, css, read_from, **source)
        return kept[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", parse_once)


def draw_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw a screen at most once in a frame, whereas Textual draws it up to five times while it opens."""
    draw = Screen._compositor_refresh  # noqa: SLF001 - there is no public way
    due: WeakSet[Screen[object]] = WeakSet()

    def draw_due(screen: Screen[object]) -> None:
        due.discard(screen)
        if not screen.is_running or not screen.is_attached:
            return
        try:
            draw(screen)
        except Exception as error:  # noqa: BLE001 - whatever it is, it ends the app as if Textual had drawn
            screen.app._handle_exception(error)  # noqa: SLF001 - see above

    def draw_soon(screen: Screen[object]) -> None:
        if screen not in due:
            due.add(screen)
            asyncio.get_running_loop().call_later(FRAME_SECONDS, partial(draw_due, screen))

    monkeypatch.setattr(Screen, "_compositor_refresh", draw_soon)


_animations: dict[Hashable, tuple[Exercise, Animation]] = {}


def kept_animation(exercise: Exercise, *args: Any, **options: Any) -> Animation:
    """Return an animation that all tests share, as its frames are always the same."""
    key = id(exercise), args, *options.items()
    if key not in _animations:
        _animations[key] = exercise, Animation(exercise, *args, **options)  # with the exercise, so that its id lives on
    return _animations[key][1]
