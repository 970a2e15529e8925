"""Where is it tight? Keys and mouse choose places, which lead to muscles, a caveat and a routine with reasons."""

from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.guide.profile import Profile, save_profile
from stretch_coach.paths import bundled_routines
from stretch_coach.routine.library import Library, load_library
from stretch_coach.routine.model import Routine
from stretch_coach.tui.screens.tight import TightScreen
from stretch_coach.tui.widgets.body_map_view import BodyMapView
from stretch_coach.tui.widgets.check_list import CheckList
from tests.tui.host import Driver, hosting
from tests.tui.test_snapshots import Frames, compare


def said(driver: Driver, id_: str) -> str:
    """Return what a text of the screen says."""
    return str(driver.app.screen.query_one(id_, Static).content)


def requested(driver: Driver) -> list[Routine]:
    """Return the routines that were requested."""
    return [one.routine for one in driver.app.requests if isinstance(one.routine, Routine)]


async def test_places_lead_to_muscles_and_a_routine_which_is_started_and_saved(
    context: Context, library: Library
) -> None:
    own = replace(library, routines=dict(library.routines))
    async with hosting(TightScreen(context, own), context, size=(80, 24)) as host:
        await host.shows("Choose the places where it feels tight")
        await host.press("s", "w")
        assert host.app.requests == [], "there is nothing to start"
        await host.press("j", "m")
        assert "See a clinician" in said(host, "#tight-found")
        await host.press("m", "enter")
        await host.shows("Never a diagnosis. Maps from palpation studies")
        assert "Side of the neck: upper trapezius; scalenes" in said(host, "#tight-muscle-text")
        assert "For the upper trapezius." in said(host, "#tight-reason-text")
        await host.press("plus", "plus", "s")
        await host.press("minus", "enter")
        first, second = requested(host)
        assert (first.total_seconds, second.total_seconds) == (300, 240)
        assert first.has_warning_signs
        await host.press("w")
        await host.until(lambda: bool(host.notifications), "it is saved")
        assert host.notifications == ["Saved as side-of-the-neck-4-minutes.json. It is in the list at home now."]
        assert own.routines["side-of-the-neck-4-minutes"].total_seconds == 240
        await host.press("escape", "delete")
        await host.shows("Choose the places where it feels tight")
    [saved] = load_library(bundled_routines(), context.places.routines).routines.keys() - library.routines.keys()
    assert saved == "side-of-the-neck-4-minutes"


async def test_places_are_chosen_on_the_body_with_the_mouse(context: Context, library: Library) -> None:
    screen = TightScreen(context, library)
    async with hosting(screen, context) as host:
        body, places = screen.query_one(BodyMapView), screen.query_one(CheckList)
        for picture in range(2):
            for label in body.labels_of(picture):
                assert await host.pilot.click(BodyMapView, offset=(label.column, label.row))
        await host.until(lambda: len(places.chosen) == 13, "all places are chosen")
        await host.pilot.hover(BodyMapView, offset=(body.labels_of(0)[0].column + 1, body.labels_of(0)[0].row))
        assert body.tooltip == "forehead"
        assert await host.pilot.click("#tight-places", offset=(3, 0))
        assert 0 not in places.chosen


async def test_profile_decides_what_is_offered_and_for_how_long(context: Context, library: Library) -> None:
    save_profile(context.places.profile, Profile(cautions=("attack-now",), minutes_a_day=1))
    async with hosting(TightScreen(context, library), context) as host:
        await host.press("h", "s")
        assert "No exercise for these muscles suits you." in said(host, "#tight-reason-text")
        await host.press("backspace", "l", "s")
        assert requested(host)
        for routine in requested(host):
            assert routine.total_seconds == 60
            assert all("safe-in-attack" in one.tags for one in routine.exercises)


@pytest.mark.parametrize("colour", [True, False])
async def test_body_map(
    context: Context, library: Library, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch, *, colour: bool
) -> None:
    frames = snapshot.use_extension(Frames)
    if not colour:
        monkeypatch.setenv("NO_COLOR", "1")
    async with hosting(TightScreen(context, library), context, (80, 24)) as host:
        await host.press("a", "k", "m")
        for size in ((80, 24), (140, 40)) if colour else ((80, 24),):
            await host.pilot.resize_terminal(*size)
            await compare(host.pilot, frames, "tight" if colour else "tight-no-colour", size)
