"""The exercise library: found by typing, read beside its figure, and started alone."""

from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input, OptionList, Static

from stretch_coach.context import Context
from stretch_coach.guide.profile import Profile, save_profile
from stretch_coach.routine.library import Library
from stretch_coach.routine.model import Routine
from stretch_coach.tui.screens.exercises import ExercisesScreen
from tests.tui.host import hosting
from tests.tui.test_home import interrupt
from tests.tui.test_snapshots import Frames, compare


async def test_an_exercise_is_found_read_and_started_alone(context: Context, library: Library) -> None:
    interrupt(context, library)  # its first exercise was done today
    save_profile(context.places.profile, Profile(kit=("desk",)))
    screen, first = ExercisesScreen(context, library), library.routines["micro-break"].exercises[0]

    def page() -> str:
        return str(screen.query_one("#exercises-words", Static).content)

    async with hosting(screen, context, size=(80, 24)) as host:

        async def search(words: str) -> None:
            await host.press("slash")
            assert screen.query_one(Input).has_focus
            screen.query_one(Input).value = words  # each key would list and draw again
            await host.pilot.pause()

        await host.shows(f"{len(library.exercises)} exercises")
        await search("needs band")
        await host.shows("Needs a band")
        assert "Left out of your sessions (needs a band)." in page()
        await search(first.name.lower())
        await host.press("enter")
        await host.until(lambda: "Last done today; in 1 session so far." in page(), "the history is read")
        for heading in ("How to do it", "Common errors", "Evidence", "In these routines"):
            assert heading in page()
        assert ("Cautions" in page()) == bool(first.cautions)
        await host.press("right", "down", "left", "enter")
        [request] = host.app.requests
        assert isinstance(request.routine, Routine)
        assert request.routine.id == f"exercise-{first.id}"
        await search("chin")
        await host.press("down", "down")
        assert screen.query_one(OptionList).highlighted == 1
        await search("zzz")
        await host.shows("No matching exercises")
        assert not page()
        await host.press("escape")
        assert screen.query_one(OptionList).has_focus
        await host.pilot.resize_terminal(40, 12)
        await host.press("right")
        await host.shows("Also called:")
        await host.press("escape", "escape")
        assert host.app.screen is not screen


async def test_exercises_in_every_size(context: Context, library: Library, snapshot: SnapshotAssertion) -> None:
    few = {id_: library.exercises[id_] for id_ in ("breathing", "chin-tuck", "shoulder-rolls", "snag-c1c2")}
    frames = snapshot.use_extension(Frames)
    async with hosting(ExercisesScreen(context, Library(few, {})), context) as host:
        await host.shows("Taught by a clinician")
        for size in ((40, 12), (80, 24)):
            await host.pilot.resize_terminal(*size)
            await compare(host.pilot, frames, "exercises", size)
