"""What does not suit a profile is in no session, and everything that was left out is named with its reason."""

import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.guide.profile import Caution, Goal, Kit, Profile, Spot, load_profile, save_profile
from stretch_coach.guide.rotation import GOAL_TAGS
from stretch_coach.guide.suitability import (
    Suitability,
    SuitedRoutine,
    change_sentences,
    load_suitability,
    suit_routine,
    why_unsuitable,
)
from stretch_coach.paths import Places, bundled_routines
from stretch_coach.routine.catalogue import make_cards
from stretch_coach.routine.exercise import Exercise
from stretch_coach.routine.format import RoutineFile
from stretch_coach.routine.groups import group_title
from stretch_coach.routine.library import load_library
from stretch_coach.routine.model import Routine, Step
from stretch_coach.routine.resolve import resolve_routine
from stretch_coach.routine.safety import load_safety
from stretch_coach.session.prepare import prepare_session
from stretch_coach.session.request import SessionRequest
from stretch_coach.settings import Settings
from tests.clocks import FixedClock

LIBRARY = load_library(bundled_routines(), Path("/nonexistent"))
FILTERS = load_safety(bundled_routines()).filters
HYPERMOBILE_HOLD = 15
MILLISECOND = 0.001
PROFILES = st.builds(
    Profile,
    cautions=st.lists(st.sampled_from(get_args(Caution)), unique=True).map(tuple),
    kit=st.none() | st.lists(st.sampled_from(get_args(Kit)), unique=True).map(tuple),
    place=st.none() | st.sampled_from(get_args(Spot)),
    goal=st.none() | st.sampled_from(get_args(Goal)),
    minutes_a_day=st.none() | st.integers(1, 60),
)


def suits(exercise: Exercise, profile: Profile) -> bool:
    """Return whether an exercise suits a profile, as the filters are defined."""
    tags = set(exercise.tags)
    applying = [one for one in FILTERS if one.id in profile.cautions]
    if any(tags & set(one.drop_tags) or (one.levels and exercise.level not in one.levels) for one in applying):
        return False
    if any(one.keep_only_tags and not tags & set(one.keep_only_tags) for one in applying):
        return False
    needs = {tag.removeprefix("needs-") for tag in tags if tag == "floor" or tag.startswith("needs-")}
    if profile.kit is not None and not needs <= set(profile.kit):
        return False
    if profile.place == "office":
        return "floor" not in tags
    return profile.place != "travel" or not tags & {"floor", "standing", "needs-desk", "needs-wall", "needs-doorway"}


def random_profile(random: Random) -> Profile:
    def some(values: tuple[str, ...]) -> list[str]:
        return random.sample(values, random.choice([0, 0, 1, 1, 2, random.randrange(len(values) + 1)]))

    return Profile.model_validate(
        {
            "cautions": some(get_args(Caution)),
            "kit": random.choice([None, some(get_args(Kit))]),
            "place": random.choice([None, *get_args(Spot)]),
        }
    )


def test_totals_caps_and_filters_hold_for_ten_thousand_profiles_and_routines() -> None:
    random, routines = Random(13), [*LIBRARY.routines.values()]  # noqa: S311 - always the same
    for _ in range(10_000):
        profile, routine = random_profile(random), random.choice(routines)
        last_done = {one.id: random.randrange(9) for one in routine.all_exercises}
        suitable = {one.id for one in routine.all_exercises if suits(one, profile)}
        kept = [step for step in routine.steps if not step.exercise or suitable & ids(step)]
        if not any(step.exercise for step in kept):
            with pytest.raises(CoachError, match="nothing that suits you"):
                suit_routine(routine, profile, FILTERS, last_done)
            continue
        suited, changes = suit_routine(routine, profile, FILTERS, last_done)
        limit = HYPERMOBILE_HOLD if "hypermobility" in profile.cautions else 999
        for old, new in zip(kept, suited.steps, strict=True):
            assert any(new.exercise is one for one in options(old))
            if new.exercise is None:
                continue
            assert new.exercise.id in suitable
            is_swapped, is_stretch = new.exercise is not old.exercise, new.exercise.kind == "stretch"
            is_cut = is_stretch and old.hold > limit and not is_swapped
            assert abs(new.seconds - (replace(old, hold=limit) if is_cut else old).seconds) < MILLISECOND
            assert not is_stretch or new.hold <= limit
            assert not is_swapped or new.hold <= new.exercise.dose.hold
        left_out = {change.exercise.id for change in changes if change.hold is None and change.instead is None}
        assert left_out == {one.exercise.id for one in routine.steps if one.exercise and not suitable & ids(one)}


def test_the_same_history_gives_the_same_session() -> None:
    for routine in LIBRARY.routines.values():
        last_done = {one.id: len(one.name) for one in routine.all_exercises}
        assert suit_routine(routine, Profile(), FILTERS, last_done) == suit_routine(
            routine, Profile(), FILTERS, last_done
        )


def ids(step: Step) -> set[str]:
    return {one.id for one in options(step) if one}


def options(step: Step) -> list[Exercise | None]:
    """Return what may be done in a step: its own exercise, and those that may stand in for it."""
    return [step.exercise, *step.swaps]


@given(PROFILES, st.sampled_from(list(LIBRARY.exercises.values())))
def test_a_reason_is_given_exactly_for_what_does_not_suit(profile: Profile, exercise: Exercise) -> None:
    assert (why_unsuitable(exercise, profile, FILTERS) is None) == suits(exercise, profile)


@given(PROFILES)
def test_a_routine_of_which_nothing_suits_is_known_before_it_is_started(profile: Profile) -> None:
    suits = Suitability(profile, FILTERS)
    for routine in LIBRARY.routines.values():
        if suits.why_nothing(routine.all_exercises):
            with pytest.raises(CoachError, match="nothing that suits you"):
                suits.suit(routine)
        else:
            assert suits.suit(routine).routine.exercises
    assert suits.why_nothing([]) is None


def test_each_goal_is_a_group_of_routines() -> None:
    cards = make_cards(LIBRARY)
    titles = {
        "ease": "Easy on the neck",
        "strength": "Strength",
        "move": "Short breaks",
        "unwind": "To wind down",
    }
    for goal, tag in GOAL_TAGS.items():
        assert titles[goal] in {group_title(card) for card in cards if tag in card.tags}


def test_changes_are_told_apart_by_their_reason() -> None:
    profile = Profile(cautions=("osteoporosis", "hypermobility"))
    _, changes = suit_routine(LIBRARY.routines["tech-neck-reset"], profile, FILTERS)
    assert change_sentences(changes) == [
        "Left out (osteoporosis or fragile bones): Seated cat and cow, Nose-to-armpit stretch.",
        "Holds of at most 15 s (very mobile joints): Ear-to-shoulder stretch, Seated chest opener.",
    ]


def swappable(*swap: str) -> Routine:
    step = {"exercise": "levator-stretch", "prepare": 5, "hold": 20, "reps": 1, "rest": 0, "swap": list(swap)}
    return resolved({"exercise": "chin-tuck"}, step)


def resolved(*steps: dict[str, object]) -> Routine:
    file = RoutineFile.model_validate({"id": "mine", "title": "Mine", "steps": list(steps)})
    routine, problems = resolve_routine(file, LIBRARY.exercises, path=Path("mine.json"), bundled=False)
    assert not problems
    return routine


def done(suited: SuitedRoutine) -> list[str]:
    return [step.exercise.id for step in suited.routine.steps if step.exercise]


class TestSwaps:
    """Exercises that may stand in for each other: what does not suit is swapped before it is left out."""

    ROUTINE = swappable("upper-trap-stretch", "cross-body-shoulder")

    def test_what_does_not_suit_is_swapped_and_that_is_said(self) -> None:
        suited = suit_routine(self.ROUTINE, Profile(cautions=("osteoporosis",)), FILTERS)
        assert done(suited) == ["chin-tuck", "upper-trap-stretch"]
        assert change_sentences(suited.changes) == [
            "Swapped (osteoporosis or fragile bones): Ear-to-shoulder stretch in place of Nose-to-armpit stretch."
        ]
        assert suited.routine.total_seconds == self.ROUTINE.total_seconds

    def test_it_is_left_out_if_nothing_that_may_stand_there_suits(self) -> None:
        suited = suit_routine(swappable("neck-rotation-stretch"), Profile(cautions=("ra-instability",)), FILTERS)
        assert done(suited) == ["chin-tuck"]

    def test_holds_are_as_short_as_the_profile_needs(self) -> None:
        suited = suit_routine(self.ROUTINE, Profile(cautions=("hypermobility",)), FILTERS, {"levator-stretch": 1})
        assert done(suited)[1] == "upper-trap-stretch"
        assert suited.routine.steps[1].hold == HYPERMOBILE_HOLD
        assert suited.routine.total_seconds == self.ROUTINE.total_seconds

    @pytest.mark.parametrize(
        ("last_done", "chosen"),
        [
            ({}, "levator-stretch"),
            ({"levator-stretch": 1}, "upper-trap-stretch"),
            ({"levator-stretch": 1, "upper-trap-stretch": 2}, "cross-body-shoulder"),
            ({"levator-stretch": 2, "upper-trap-stretch": 1, "cross-body-shoulder": 3}, "upper-trap-stretch"),
        ],
    )
    def test_the_one_done_least_lately_has_its_turn(self, last_done: dict[str, int], chosen: str) -> None:
        suited = suit_routine(self.ROUTINE, Profile(), FILTERS, last_done)
        assert done(suited)[1] == chosen
        name = LIBRARY.exercises[chosen].name
        expected = [] if chosen == "levator-stretch" else [f"For variety: {name} in place of Nose-to-armpit stretch."]
        assert change_sentences(suited.changes) == expected

    def test_an_exercise_that_the_routine_has_already_comes_last(self) -> None:
        step = {"exercise": "chin-nod", "hold": 10, "reps": 1, "swap": ["chin-tuck", "scap-setting"]}
        suited = suit_routine(resolved({"exercise": "chin-tuck"}, step, step), Profile(), FILTERS, {"chin-nod": 1})
        assert done(suited) == ["chin-tuck", "scap-setting", "chin-nod"]


@pytest.mark.parametrize("caution", get_args(Caution))
async def test_no_session_has_an_exercise_that_is_filtered(places: Places, caution: Caution) -> None:
    """Whatever asks for a session, it is prepared here."""
    profile = Profile(cautions=(caution,))
    save_profile(places.profile, profile)
    context = Context(places, Settings(), FixedClock(), lambda _: None)
    for routine in LIBRARY.routines.values():
        try:
            async with prepare_session(context, SessionRequest(routine, muted=True), None) as prepared:
                done = {one.exercise.id: one.exercise for one in prepared.timeline.segments if one.exercise}
                assert all(suits(exercise, profile) for exercise in done.values())
                dropped = [one.name for one in routine.exercises if one.id not in done]
                assert all(any(name in note for note in prepared.notes) for name in dropped)
        except CoachError:
            assert not any(suits(exercise, profile) for exercise in routine.exercises)


class TestProfileFile:
    def test_without_a_file_nothing_is_left_out(self, places: Places) -> None:
        assert load_suitability(places) == Suitability(Profile(), FILTERS)

    @given(PROFILES)
    def test_it_is_read_back_as_it_was_written(
        self, tmp_path_factory: pytest.TempPathFactory, profile: Profile
    ) -> None:
        file = tmp_path_factory.mktemp("profile") / "profile.json"
        save_profile(file, profile)
        assert load_profile(file) == profile
        assert sys.platform == "win32" or file.stat().st_mode & 0o077 == 0

    @pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
    def test_a_link_that_leads_nowhere_is_refused(self, places: Places) -> None:
        places.profile.parent.mkdir(parents=True)
        places.profile.symlink_to("gone.json")
        with pytest.raises(CoachError, match=r"profile\.json"):
            load_profile(places.profile)

    @pytest.mark.parametrize("content", ["{", '{"cautions": ["x"]}', '{"caution": []}', '{"format": 2}', "[]"])
    def test_an_invalid_one_is_refused_rather_than_ignored(self, places: Places, content: str) -> None:
        places.profile.parent.mkdir(parents=True)
        places.profile.write_text(content, encoding="utf-8")
        with pytest.raises(CoachError, match=r"profile\.json"):
            load_profile(places.profile)
