"""What is new fades in, and nothing does where motion is reduced."""

import pytest
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.settings.edit import change_setting
from stretch_coach.tui.app import CoachApp
from stretch_coach.tui.dialogs import ConfirmDialog
from tests.tui.host import hosting


@pytest.mark.parametrize(("level", "first"), [("full", 0.15), ("none", 1.0)])
async def test_dialog_fades_in_unless_nothing_moves(monkeypatch: pytest.MonkeyPatch, level: str, first: float) -> None:
    seen = []
    animate = "textual.css.styles.RenderStyles.animate"
    monkeypatch.setattr(animate, lambda styles, attribute, value, **_: seen.append((attribute, styles.opacity, value)))
    async with hosting(ConfirmDialog("Sure?")) as driver:
        assert not seen, "the host shows nothing that moves"
        driver.app.animation_level = level  # type: ignore[assignment]
        dialog = ConfirmDialog("Sure?")
        await driver.app.push_screen(dialog)
        await driver.until(lambda: bool(dialog.query(Static)), "it is there")
        await driver.pilot.pause()
        assert seen == ([("opacity", first, 1.0)] if first < 1 else [])


def test_reduced_motion_turns_all_animations_off(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "full")
    app = CoachApp(context)
    levels = [app.animation_level]
    context.edit_settings(lambda file: change_setting(file, "app.motion", "reduced"))
    assert [*levels, app.animation_level] == ["full", "none"]
