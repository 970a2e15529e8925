"""The profile screen: every answer is saved at once, says what it leaves out, and can be undone."""

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.guide.profile import Profile, load_profile, save_profile
from stretch_coach.paths import Places
from stretch_coach.routine.library import Library
from stretch_coach.tui.screens.profile import ProfileScreen
from stretch_coach.tui.widgets.check_list import CheckList
from tests.tui.host import hosting
from tests.tui.test_snapshots import Frames, compare


async def test_profile_is_answered_with_keys_and_mouse_and_saved_at_once(context: Context, library: Library) -> None:
    file, screen = context.places.profile, ProfileScreen(context, library)

    def says(text: str) -> bool:
        return text in str(screen.query_one("#profile-one", Static).content)

    async with hosting(screen, context, size=(80, 24)) as host:
        await host.shows("This makes routines milder, not safe.")
        assert says("New to neck exercises. Leaves out")
        await host.shows("No exercise is left out.")
        assert not file.exists(), "nothing was said"
        await host.press("down", "down", "down", "space")
        assert says("Osteoporosis or fragile bones. Leaves out")
        await host.shows("exercises are left out")
        assert load_profile(file).cautions == ("osteoporosis",)
        assert await host.pilot.click("#profile-cautions", offset=(6, 9))
        assert says("A headache attack right now. Leaves only")
        await host.shows("Nothing is left of: ")
        await host.press("space", "up", "up", "up", "up", "up", "up", "space")
        assert load_profile(file) == Profile(), "every answer can be undone"
        await host.press(*["down"] * 7, "right", "space")
        assert load_profile(file).kit == ("desk", "doorway", "stable-chair", "band", "towel", "floor")
        await host.press("down", "right", "down", "right", "right", "down", "right", "right")
        known = load_profile(file)
        assert (known.place, known.goal, known.minutes_a_day) == ("home", "strength", 3)
        await host.press("up", "up", "up", "space")
        assert load_profile(file).kit is None, "with everything at hand, nothing is known to be missing"


async def test_profile_of_the_command_line_is_shown(
    context: Context, library: Library, snapshot: SnapshotAssertion
) -> None:
    save_profile(context.places.profile, Profile(place="home", goal="move", minutes_a_day=7))
    screen, frames = ProfileScreen(context, library), snapshot.use_extension(Frames)
    async with hosting(screen, context) as host:
        await host.shows("(•) 7 min")
        screen.query_one("#profile-title", Static).update("Your profile  saved in /home/you/profile.json")
        screen.query_one("#profile-goal").focus()  # says nothing of exercises, which change
        for size in ((40, 12), (80, 24)):
            await host.pilot.resize_terminal(*size)
            await compare(host.pilot, frames, "profile", size)


async def test_profile_that_cannot_be_written_is_reported(
    context: Context, library: Library, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    screen = ProfileScreen(context, library)
    monkeypatch.setattr("stretch_coach.tui.screens.profile.save_profile", fail)
    async with hosting(screen, context) as host:
        screen.query_one(CheckList).focus()
        await host.press("space")
        assert host.app.warnings == [f"{places.profile} cannot be written (No space left on device)."]
        await host.shows("No exercise is left out.")
