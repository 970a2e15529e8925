"""Choosing among several routines that settings, a rule or a command name."""

import json
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.guide.choice import RoutineChoice, choose_for_prompt, choose_routine
from stretch_coach.guide.offers import read_offers
from stretch_coach.guide.profile import Caution, Profile, Spot, save_profile
from stretch_coach.guide.suitability import why_unsuitable
from stretch_coach.paths import Places, bundled_routines
from stretch_coach.routine.library import Library
from stretch_coach.routine.safety import load_safety
from stretch_coach.settings import Settings
from tests.clocks import FixedClock


@pytest.fixture
def context(places: Places) -> Context:
    return Context(places, Settings(), FixedClock(), lambda _: None)


def test_routines_are_read_as_the_library_has_them(places: Places, library: Library) -> None:
    filters = load_safety(bundled_routines()).filters
    for caution, place in product((*get_args(Caution)[:2], "attack-now"), get_args(Spot)):
        profile = Profile(cautions=(caution,), place=place, kit=("wall",))
        save_profile(places.profile, profile)
        offers = read_offers(places).routines
        assert list(offers) == list(library.routines)
        for id_, routine in library.routines.items():
            found = offers[id_]
            assert (found.title, found.tags, found.level) == (routine.title, routine.tags, routine.level)
            assert (found.locked, found.seconds) == (routine.locked, routine.total_seconds)
            suits = [why_unsuitable(one, profile, filters) is None for one in routine.exercises]
            assert (found.suited == 1) == all(suits)


def test_one_routine_is_returned_as_it_was_named(context: Context) -> None:
    assert choose_routine(context, "no-such-routine") == RoutineChoice("no-such-routine")


def test_shortest_comes_first_where_none_was_done(context: Context) -> None:
    chosen = choose_routine(context, "rotate: quick")
    assert chosen == RoutineChoice("micro-break", "One-minute micro-break", "You haven't tried this one yet.")
    assert choose_for_prompt(context, "rotate: quick") == chosen


def test_wrong_name_is_an_error_that_names_the_cure_and_a_prompt_still_comes(context: Context) -> None:
    with pytest.raises(CoachError) as raised:
        choose_routine(context, "rotate: quik")
    assert str(raised.value) == '"quik" is neither a routine nor a tag of one. Did you mean "quick"?'
    assert choose_for_prompt(context, "rotate: quik") == RoutineChoice("quik", reason=str(raised.value))
    assert choose_for_prompt(context, "rotate: screen-break, quik").routine == "screen-break"


def test_where_nothing_suits_that_is_said(context: Context, places: Places) -> None:
    save_profile(places.profile, Profile(kit=()))
    with pytest.raises(CoachError, match="names nothing that suits you"):
        choose_routine(context, "rotate: band-raise")


class TestOwnFiles:
    """A user's own files are read as far as they can be used."""

    @pytest.fixture
    def folder(self, places: Places) -> Path:
        places.routines.mkdir(parents=True)
        return places.routines

    def write(self, file: Path, **more: object) -> None:
        step = {"exercise": "chin-tuck"}
        file.write_text(json.dumps({"title": "Mine", "steps": [step], **more}), encoding="utf-8")

    def test_named_by_id_or_file(self, folder: Path, places: Places) -> None:
        self.write(folder / "mine.json", tags=["quick"])
        self.write(folder / "copy of mine.json", id="mine", title="Old")
        assert read_offers(places).routines["mine"].title == "Mine"

    @pytest.mark.parametrize(
        "broken",
        [
            {"steps": []},
            {"steps": 3},
            {"steps": [{"exercise": "gone"}]},
            {"steps": [{"exercise": []}]},
            {"title": "\u202e"},
            {"title": 7},
            {"id": "A b"},
        ],
    )
    def test_what_cannot_be_done_is_left_out(self, folder: Path, places: Places, broken: dict[str, object]) -> None:
        self.write(folder / "mine.json", **broken)
        (folder / "other.json").write_text("[", encoding="utf-8")
        (folder / "list.json").write_text("[]", encoding="utf-8")
        assert "mine" not in read_offers(places).routines

    def test_strange_values_do_no_harm(self, folder: Path, places: Places) -> None:
        self.write(folder / "mine.json", tags=3, level=[], total_seconds="long", exercises=[1])
        assert read_offers(places).routines["mine"].suited == 1
        places.profile.write_text('{"cautions": 3, "kit": "wall", "place": [], "goal": 1}', encoding="utf-8")
        assert read_offers(places).routines["mine"].suited == 1
