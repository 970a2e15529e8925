"""`tight` and `exercises`."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from stretch_coach.session.request import SessionRequest
from tests.cli.conftest import CommandResult

Coach = Callable[..., CommandResult]


class TestTight:
    def test_without_a_place_the_places_are_listed(self, coach: Coach) -> None:
        ended = coach("tight")
        assert ended.code == 0
        assert "\n  between the shoulder blades\n" in ended.out

    def test_muscles_are_shown_with_the_caveat_and_a_routine_with_reasons(self, coach: Coach) -> None:
        ended = coach("tight", "side of neck", "--minutes", "3")
        assert (ended.code, ended.err) == (0, "")
        words = " ".join(ended.out.split())
        assert "upper trapezius side of the neck" in words
        assert "the theory is disputed" in words
        assert "Side of the neck, 3 minutes (3:00)" in words
        assert "For the upper trapezius. People sometimes feel it here: side of the neck." in words

    def test_saved_routine_is_valid_and_never_overwrites(self, coach: Coach, tmp_path: Path) -> None:
        file = tmp_path / "my neck.json"
        assert f"Start it with: stretch-coach start '{file}'" in coach("tight", "temple", "--save", str(file)).out
        assert "3:00." in coach("check", str(file)).out
        before = file.read_bytes()
        ended = coach("tight", "temple", "--save", str(file))
        assert (ended.code, "already exists" in ended.err) == (1, True)
        assert file.read_bytes() == before

    @pytest.mark.parametrize(
        ("arguments", "problem"),
        [
            (["elbow"], "is not a place"),
            (["temple", "--minutes", "40"], "Choose 1 to 15."),
            (["temple", "--save", "my.txt"], "does not end in .json"),
            (["temple", "--save", "no/such/folder.json"], "cannot be written"),
        ],
    )
    def test_a_mistake_is_one_sentence(self, coach: Coach, arguments: list[str], problem: str) -> None:
        ended = coach("tight", *arguments)
        assert ended.code == 1
        assert problem in ended.err

    def test_says_so_if_nothing_suits_the_profile(self, coach: Coach) -> None:
        coach("profile", "set", "cautions", "attack-now")
        ended = coach("tight", "back of the neck")
        assert (ended.code, "No exercise for these muscles suits you." in ended.out) == (0, True)

    def test_arm_and_hand_cannot_be_started(self, coach: Coach) -> None:
        ended = coach("tight", "arm and hand", "--start")
        assert (ended.code, "See a clinician" in ended.out) == (1, True)


class TestExercises:
    def test_all_are_listed_by_id(self, coach: Coach) -> None:
        ids = [line.split()[0] for line in coach("exercises").out.splitlines()]
        assert ids == sorted(ids)
        assert "snag-c1c2" in ids

    def test_they_are_found_by_muscle(self, coach: Coach) -> None:
        found = json.loads(coach("exercises", "--find", "levator", "--json").out)
        assert {"levator-stretch", "half-circles"} <= {one["id"] for one in found}
        assert all(any("levator" in text.lower() for text in [one["name"], *one["targets"]]) for one in found)

    def test_nothing_found_says_so(self, coach: Coach) -> None:
        ended = coach("exercises", "--find", "xyzzy")
        assert (ended.code, ended.err) == (
            1,
            'stretch-coach: exercises: none matches "xyzzy". Try another word, such as a muscle.\n',
        )

    def test_an_exercise_is_shown_with_all_its_words(self, coach: Coach) -> None:
        words = " ".join(coach("exercises", "show", "ear-to-shoulder stretch").out.split())
        for text in (
            "2 holds of 30 s, on each side",
            "1. Sit tall and hold the seat edge with your left hand.",
            "pulling on the head",
            "Evidence B (part of a tested program, or guideline advice)",
            "https://doi.org/10.1177/0269215515575747",
            "Three-minute screen break",
            "You haven't done it yet.",
        ):
            assert text in words

    def test_one_is_started_alone_with_its_usual_dose(self, coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
        requests = []

        def keep(_: object, request: SessionRequest) -> int:
            requests.append(request)
            return 0

        monkeypatch.setattr("stretch_coach.cli.session.run_request", keep)
        assert coach("exercises", "start", "eye-20").code == 0
        assert [(one.routine.id, one.routine.total_seconds) for one in requests] == [("exercise-eye-20", 25)]

    def test_an_unknown_one_is_refused_with_the_nearest(self, coach: Coach) -> None:
        ended = coach("exercises", "show", "chin-tuk")
        assert (ended.code, 'Did you mean "chin-tuck"?' in ended.err) == (1, True)


class TestProfile:
    def test_what_is_set_is_shown_and_says_what_is_left_out(self, coach: Coach) -> None:
        ended = coach("profile", "set", "cautions", "osteoporosis,dizziness")
        assert re.match(r"\d+ of \d+ exercises are left out:\n  ", ended.out)
        assert ended.out.endswith("This makes routines milder, not safe.\n")
        assert json.loads(coach("profile", "--json").out)["cautions"] == ["osteoporosis", "dizziness"]
        assert "osteoporosis or fragile bones, dizziness" in coach("profile").out
        assert coach("profile", "set", "cautions", "none").out == "No exercise is left out.\n"

    def test_routines_and_exercises_say_what_is_left_out_and_why(self, coach: Coach) -> None:
        coach("profile", "set", "kit", "none")
        assert "Left out (needs a wall): Wall slides." in coach("routines", "show", "deep-neck-endurance").out
        assert "Left out of your sessions (needs a wall)." in coach("exercises", "show", "wall-slides").out
        assert "Wall slides" not in coach("tight", "between the shoulder blades", "--minutes", "10").out

    def test_goal_and_minutes_leave_nothing_out_and_decide_how_long_a_built_routine_takes(self, coach: Coach) -> None:
        assert coach("profile", "set", "goal", "strength").out == "No exercise is left out.\n"
        coach("profile", "set", "minutes", "5")
        shown = coach("profile").out
        assert "get stronger" in shown
        assert "5 minutes" in shown
        assert "Temple, 5 minutes (5:00)" in coach("tight", "temple").out
        coach("profile", "set", "minutes", "none")
        assert "Temple, 3 minutes (3:00)" in coach("tight", "temple").out

    @pytest.mark.parametrize(
        ("words", "problem"),
        [
            (["cautions", "osteo"], 'Did you mean "osteoporosis"?'),
            (["kit", "walls"], 'Did you mean "wall"?'),
            (["place", "home", "office"], "can only be one"),
            (["goal", "strong"], 'Did you mean "strength"?'),
            (["minutes", "0"], "Write one from 1 to 60."),
            (["minutes", "5", "10"], "Write one from 1 to 60."),
        ],
    )
    def test_an_unknown_word_is_refused(self, coach: Coach, words: list[str], problem: str) -> None:
        ended = coach("profile", "set", *words)
        assert (ended.code, problem in ended.err) == (1, True)
