"""Rules for everything spoken: short enough for its time, and easy for a voice to pronounce."""

import re

import pytest

from tests.routine.bundled import Entries, Entry, matching

PLACEHOLDERS = ("{side}", "{other}")
SPELT = re.compile(r"[A-Za-z,. -]+")

# One spelling, two pronunciations: a voice often picks the wrong one.
TWO_PRONUNCIATIONS = {
    "abuse", "alternate", "attribute", "bass", "bow", "bowed", "close", "closed", "conduct", "console", "content",
    "contract", "converse", "deliberate", "desert", "diffuse", "does", "dove", "estimate", "excuse", "graduate",
    "house", "intimate", "invalid", "lead", "learned", "live", "lives", "minute", "moderate", "moped", "number",
    "object", "perfect", "permit", "present", "primer", "produce", "project", "protest", "read", "rebel", "record",
    "refuse", "reject", "resume", "row", "separate", "sewer", "sow", "subject", "tear", "tears", "use", "used",
    "uses", "wind", "winds", "wound",
}  # fmt: skip


def spoken(exercise: Entry) -> list[str]:
    own = [text for one in exercise.get("repetitions", []) for text in (one["say"], one["cue"])]
    starts = [exercise["start"]] if "start" in exercise else []
    return [*exercise["instructions"], exercise["say"], exercise["cue"], *starts, exercise["release"], *own]


def spoken_by_steps(routine: Entry) -> list[str]:
    return [step["say"] for step in routine["steps"] if "say" in step]


def assert_speakable(text: str) -> None:
    bare = text
    for placeholder in PLACEHOLDERS:
        assert not text.startswith(placeholder), "a sentence starts with a capital, not with a placeholder"
        bare = bare.replace(placeholder, "x")
    assert SPELT.fullmatch(bare), "only letters, commas, full stops, hyphens and the two placeholders"
    assert not set(re.findall(r"[a-z]+", bare.lower())) & TWO_PRONUNCIATIONS
    assert not re.search(r"[A-Z]{2}|\.\w|\b(?:etc|approx|sec|min|cm)\b", bare), "no abbreviations"
    assert text == " ".join(text.split()), "single spaces"


def test_instructions_are_speakable(exercise: Entry) -> None:
    for text in spoken(exercise):
        assert_speakable(text)


def test_sentences_of_steps_are_speakable(routine: Entry) -> None:
    for text in spoken_by_steps(routine):
        assert_speakable(text)
        assert len(text.split()) <= 16


@pytest.mark.parametrize(("field", "at_most"), [("say", 16), ("cue", 7), ("start", 2), ("release", 6)])
def test_short_texts_have_few_words(exercise: Entry, field: str, at_most: int) -> None:
    for one in (exercise, *exercise.get("repetitions", [])):
        if field in one:
            assert 1 <= len(one[field].split()) <= at_most


def test_the_words_of_a_breath_follow_the_figure(exercises: Entries) -> None:
    numbers = {4: "four", 6: "six"}
    for exercise in matching(exercises, lambda one: one["figure"]["focus"] == "breath"):
        figure = exercise["figure"]
        inhale = numbers[figure["breath_in_seconds"]]
        exhale = numbers[figure["seconds_per_cycle"] - figure["breath_in_seconds"]]
        assert exercise["cue"] == f"In {inhale}, out {exhale}."
        assert re.search(f"in for {inhale} .*out for {exhale}", exercise["say"])
        assert exercise["dose"]["hold"] % figure["seconds_per_cycle"] == 0


def test_half_an_instruction_never_stands_for_two_repetitions(exercises: Entries) -> None:
    # A text that speaks of a second hold has to be said before that hold, and drawn in it.
    for exercise in exercises.values():
        words = " ".join([*exercise["instructions"], exercise["say"]]).lower()
        assert not re.search(r"\bfor the second|second (hold|round)", words), exercise["id"]


def test_instructions_have_at_most_14_words(exercise: Entry) -> None:
    assert exercise["instructions"]
    for line in exercise["instructions"]:
        assert 1 <= len(line.split()) <= 14


def test_sentences_have_a_capital_and_a_full_stop(exercise: Entry) -> None:
    for line in spoken(exercise):
        assert line[0].isupper()
        assert line.endswith(".")


def test_say_is_one_sentence(exercise: Entry) -> None:
    assert exercise["say"].count(".") == 1


def test_only_sided_exercises_name_a_side(exercises: Entries) -> None:
    for exercise in matching(exercises, lambda one: not one["sided"]):
        texts = [*spoken(exercise), exercise["intensity"], *exercise["errors"], *exercise["cautions"]]
        assert not any("{" in text for text in texts), exercise["id"]


def test_sided_exercises_name_their_side(exercises: Entries) -> None:
    # Otherwise the second side would sound like a repetition of the first.
    for exercise in matching(exercises, lambda one: one["sided"]):
        assert any(placeholder in exercise["say"] for placeholder in PLACEHOLDERS), exercise["id"]


def test_only_sided_steps_name_a_side(routine: Entry, exercises: Entries) -> None:
    for step in routine["steps"]:
        if not exercises[step["exercise"]]["sided"]:
            assert "{" not in step.get("say", "")


def test_left_and_right_are_placeholders(exercise: Entry) -> None:
    # A literal word would be wrong for one of the two sides.
    for text in spoken(exercise):
        assert not {"left", "right"} & set(re.findall(r"[a-z]+", text.lower()))
