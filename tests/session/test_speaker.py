"""The speaker: every cue is handed over in time, once, for its instant, and nothing that no longer applies."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from stretch_coach.journal.records import Outcome
from stretch_coach.routine.library import Library
from stretch_coach.routine.timeline import Timeline, build_timeline
from stretch_coach.session.cue_plan import closing_cue
from stretch_coach.session.cues import SpeechLevel
from stretch_coach.session.engine import SessionCommand
from stretch_coach.session.speaker import AHEAD_SECONDS, HAND_OVER_SECONDS
from tests.session.cue_rules import plans
from tests.session.speech import ZERO, Spoken

if TYPE_CHECKING:
    from tests.session.conftest import FakeClock, NotingFace


@pytest.fixture(autouse=True)
def one_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand the voice instants of the clock of the tests."""
    monkeypatch.setattr("stretch_coach.session.speaker.shared_instant", lambda _clock, instant: instant)


@pytest.fixture
def bend(timeline_of: Callable[..., Timeline]) -> Timeline:
    """Left: prepare 0-9, hold 9-39; right: prepare 39-48, hold 48-78."""
    return timeline_of({"exercise": "bend", "side": "each", "prepare": 9, "hold": 30, "reps": 1})


def planned(spoken: Spoken) -> list[tuple[float, str]]:
    """Return what is to be heard of a session without commands."""
    cues = [
        (segment.start + cue.offset, f"[{cue.tone}]" if cue.tone else cue.text)
        for segment, cues in plans(spoken.timeline, spoken.how)
        for cue in cues
    ]
    closing = closing_cue(spoken.timeline, spoken.how)
    assert closing
    cues.append((spoken.timeline.total, f"[{closing.tone}]" if closing.tone else closing.text))
    return cues


@pytest.mark.parametrize("level", [SpeechLevel.FULL, SpeechLevel.BRIEF, SpeechLevel.TONES])
@pytest.mark.parametrize("name", ["micro-break", "screen-break", "neck-and-shoulders", "towel-snag"])
def test_each_cue_is_handed_over_ahead_and_once(
    library: Library, clock: "FakeClock", face: "NotingFace", name: str, level: SpeechLevel
) -> None:
    spoken = Spoken(build_timeline(library.routines[name]), clock, level=level).run(face)
    assert [one.what for one in spoken.speech.said] == [what for _, what in planned(spoken)]
    assert [one.at for one in spoken.speech.said] == pytest.approx([at for at, _ in planned(spoken)])
    for one in spoken.speech.said:
        assert one.handed <= one.at + 1e-6
        assert one.at - one.handed <= AHEAD_SECONDS + 1e-6
    assert spoken.speech.hushed == spoken.speech.forgotten == []


def test_every_cue_reaches_the_player_in_time(library: Library, clock: "FakeClock", face: "NotingFace") -> None:
    said = Spoken(build_timeline(library.routines["screen-break"]), clock).run(face).speech.said
    assert min(one.at - one.handed for one in said) >= HAND_OVER_SECONDS - 1e-6


def test_session_that_will_be_partial_has_no_closing_words(
    bend: Timeline, clock: "FakeClock", face: "NotingFace"
) -> None:
    spoken = Spoken(bend, clock).run(face, (20, SessionCommand.NEXT))
    assert spoken.engine.outcome is Outcome.PARTIAL
    assert not any("Well done." in one.what for one in spoken.speech.said)


def test_command_before_the_start_starts_the_session_at_once(
    bend: Timeline, clock: "FakeClock", face: "NotingFace"
) -> None:
    spoken = Spoken(bend, clock).run(face, (-0.1, SessionCommand.STOP))
    assert spoken.engine.outcome is Outcome.STOPPED
    assert spoken.speech.heard() == []
    assert clock.time == pytest.approx(ZERO - 0.1)


def test_each_cue_is_shown_at_its_instant(library: Library, clock: "FakeClock", face: "NotingFace") -> None:
    spoken = Spoken(build_timeline(library.routines["screen-break"]), clock).run(face)
    assert [one.at for one in spoken.given] == pytest.approx([at for at, _ in planned(spoken)], abs=0.001)
    assert all(one.heard for one in spoken.given)
    assert all(one.t == pytest.approx(one.at, abs=0.002) for one in spoken.given)


def test_cues_are_shown_without_a_voice(bend: Timeline, clock: "FakeClock", face: "NotingFace") -> None:
    spoken = Spoken(bend, clock, silent=True).run(face)
    assert [one.at for one in spoken.given] == pytest.approx([at for at, _ in planned(spoken)], abs=0.001)
    assert not any(one.heard for one in spoken.given)
    assert clock.time == pytest.approx(ZERO + 78)


def test_important_cues_that_are_not_rendered_become_tones(
    bend: Timeline, clock: "FakeClock", face: "NotingFace"
) -> None:
    spoken = Spoken(bend, clock, rendered=lambda _: False).run(face)
    count = ["[count]"] * 3
    assert [one.what for one in spoken.speech.said] == [
        "[side]", "[start]", *count, "[end]", "[side]", "[start]", *count, "[end]",
    ]  # fmt: skip
    assert not any(one.heard for one in spoken.given)


@pytest.mark.parametrize(
    "command",
    [SessionCommand.PAUSE, SessionCommand.NEXT, SessionCommand.REPEAT, SessionCommand.STOP, SessionCommand.END],
)
def test_commands_silence_the_voice_at_once(
    bend: Timeline, clock: "FakeClock", face: "NotingFace", command: SessionCommand
) -> None:
    """Break in at 23.4 seconds, while "Half way." waits to be said at 24."""
    spoken = Spoken(bend, clock).run(face, (23.4, command), (23.6, SessionCommand.STOP))
    assert "Half way." in [one.what for one in spoken.speech.said if one.handed < 23.4]
    assert spoken.speech.hushed[0] == pytest.approx(23.4)
    heard = [(at, what) for at, what in spoken.speech.heard() if at >= 23.4]
    begins = {
        SessionCommand.NEXT: [(23.4, "Back from the left.")],
        SessionCommand.REPEAT: [(23.4, "Side bend. Left side.")],
    }
    assert heard == begins.get(command, [])


def test_nothing_is_said_after_it_hurt(bend: Timeline, clock: "FakeClock", face: "NotingFace") -> None:
    spoken = Spoken(bend, clock).run(face, (26.0, SessionCommand.STOP))
    assert set(spoken.speech.hushed) == {26}
    assert max(at for at, _ in spoken.speech.heard()) < 26
    assert clock.time == ZERO + 26


def test_resuming_says_the_remaining_cues(bend: Timeline, clock: "FakeClock", face: "NotingFace") -> None:
    spoken = Spoken(bend, clock).run(face, (23.4, SessionCommand.PAUSE), (100, SessionCommand.RESUME))
    later = [(round(at - 76.6, 2), what) for at, what in spoken.speech.heard() if at >= 100]
    count = [(36, "Three."), (37, "Two."), (38, "One.")]
    assert later[:5] == [(23.4, "Hold."), *count, (39, "Back from the left.")]
    assert spoken.speech.hushed == [pytest.approx(23.4)]
    assert spoken.shown()[-1] == (78, "Back from the right. Well done.")


def test_cues_of_a_gap_are_not_made_up_for(bend: Timeline, clock: "FakeClock") -> None:
    spoken = Spoken(bend, clock).start()
    for now in range(1, 24):
        spoken.at(now)
    shown = len(spoken.given)
    spoken.at(3600)
    assert (len(spoken.given), spoken.speech.hushed) == (shown, [3600])
    spoken.at(3700, SessionCommand.RESUME)
    assert [one.cue.text for one in spoken.given[shown:]] == ["Hold."]


def test_set_chosen_during_a_pause_is_named_on_resuming(bend: Timeline, clock: "FakeClock") -> None:
    spoken = Spoken(bend, clock).start()
    spoken.at(1)
    spoken.at(2, SessionCommand.PAUSE)
    spoken.at(3, SessionCommand.NEXT)
    spoken.at(60, SessionCommand.RESUME)
    assert [one.what for one in spoken.speech.said if one.handed >= 2] == ["Back from the left."]
    for now in (61, 62, 63):
        spoken.at(now)
    later = [one.what for one in spoken.speech.said if one.handed >= 2]
    assert later[1:] == ["Now the right side.", "Let your left ear sink."]


def test_more_time_moves_the_countdown_and_cuts_no_cue(bend: Timeline, clock: "FakeClock", face: "NotingFace") -> None:
    """Ask for more time while "Three." is heard and "Two." waits for its instant."""
    spoken = Spoken(bend, clock).run(face, (36.5, SessionCommand.MORE))
    assert spoken.speech.forgotten == [36.5]
    assert spoken.speech.hushed == []
    heard = spoken.speech.heard()
    late = heard[heard.index((36, "Three.")) :]
    assert late[:4] == [(36, "Three."), (46, "Three."), (47, "Two."), (48, "One.")]
    assert late[4] == (49, "Back from the left.")


def test_more_time_repeats_no_cue(bend: Timeline, clock: "FakeClock", face: "NotingFace") -> None:
    spoken = Spoken(bend, clock).run(
        face, (17.0, SessionCommand.MORE), (24.5, SessionCommand.MORE), (30.0, SessionCommand.MORE)
    )
    hold = [what for at, what in spoken.speech.heard() if 9 <= at < 69]
    assert hold == ["Hold.", "Feel the left side.", "Half way.", "Three.", "Two.", "One."]


def test_more_time_adds_no_cue_that_would_cut_another(
    timeline_of: Callable[..., Timeline], clock: "FakeClock", face: "NotingFace"
) -> None:
    """Ten seconds more put the middle of the hold where "Hold." is still heard."""
    timeline = timeline_of({"exercise": "bend", "side": "left", "prepare": 9, "hold": 14, "reps": 1})
    typed = ((20.7, SessionCommand.PAUSE), (100, SessionCommand.RESUME), (100.1, SessionCommand.MORE))
    heard = Spoken(timeline, clock).run(face, *typed).speech.heard()
    assert [what for at, what in heard if at >= 100][:2] == ["Hold.", "Three."]


def test_more_time_withdraws_the_next_opening(bend: Timeline, clock: "FakeClock", face: "NotingFace") -> None:
    spoken = Spoken(bend, clock).run(face, (38.5, SessionCommand.MORE))
    assert [one.at for one in spoken.speech.said if one.what == "Back from the left."] == [39, 49]
    assert [at for at, what in spoken.speech.heard() if what == "Back from the left."] == [49]


def test_cue_of_a_segment_that_passed_unnoticed_is_still_shown(
    timeline_of: Callable[..., Timeline], clock: "FakeClock"
) -> None:
    """The speaker does not tick during a rest of one second, whose opening was handed over before."""
    timeline = timeline_of({"exercise": "tuck", "prepare": 5, "hold": 10, "reps": 2, "rest": 1})
    spoken = Spoken(timeline, clock).start()
    for now in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 13.9):
        spoken.at(now)
    spoken.at(16.2)
    for now in (17, 18, 19):
        spoken.at(now)
    shown = spoken.shown()
    assert shown[2:] == [(12, "Three."), (13, "Two."), (14, "One."), (15, "Release."), (16, "Hold.")]
    assert [one.what for one in spoken.speech.said].count("Hold.") == 2


def test_late_ticks_repeat_no_cue_and_keep_the_order(library: Library, clock: "FakeClock", face: "NotingFace") -> None:
    late = [0.9, 0.0, 2.5, 0.3, 1.4, 0.0, 4.0]
    clock.oversleep = lambda: late[clock.waits % len(late)]
    spoken = Spoken(build_timeline(library.routines["screen-break"]), clock).run(face)
    shown = spoken.shown()
    assert shown == sorted(shown, key=lambda one: one[0])
    assert len(shown) == len(set(shown)) == len(spoken.speech.said)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ((), "Back from the right. Well done."),
        (((70.0, SessionCommand.NEXT),), None),
        (((70.0, SessionCommand.END),), None),
    ],
)
def test_only_a_completed_session_has_closing_words(
    bend: Timeline,
    clock: "FakeClock",
    face: "NotingFace",
    typed: tuple[tuple[float, SessionCommand], ...],
    words: str | None,
) -> None:
    spoken = Spoken(bend, clock).run(face, *typed)
    assert ("Well done." in spoken.speech.said[-1].what) == (words is not None)
    closing = closing_cue(bend, spoken.how)
    assert closing
    # The session waits until they are said.
    assert clock.time == pytest.approx(ZERO + (78 + closing.seconds if words else 70))
    if words:
        assert (spoken.given[-1].at, spoken.given[-1].cue.text) == (78, words)


def test_end_skips_the_closing_words(bend: Timeline, clock: "FakeClock", face: "NotingFace") -> None:
    Spoken(bend, clock).run(face, (78.5, SessionCommand.END))
    assert clock.time == ZERO + 78.5


def test_muting_silences_at_once_and_cues_are_still_shown(bend: Timeline, clock: "FakeClock") -> None:
    spoken = Spoken(bend, clock).start()
    for tenth in range(50):
        spoken.at(tenth / 10)
    spoken.speaker.mute(muted=True)
    assert spoken.speech.hushed == [pytest.approx(4.9)]
    muted_at_once = spoken.speaker.muted
    assert muted_at_once
    before, shown = len(spoken.speech.said), len(spoken.given)
    for tenth in range(50, 300):
        spoken.at(tenth / 10)
    assert len(spoken.speech.said) == before
    muted = spoken.given[shown:]
    assert muted
    assert not any(one.heard for one in muted[1:])
    spoken.speaker.mute(muted=False)
    assert not spoken.speaker.muted
    for tenth in range(300, 400):
        spoken.at(tenth / 10)
    assert len(spoken.speech.said) > before
    assert spoken.given[-1].heard
    assert spoken.speech.hushed == [pytest.approx(4.9)]


def test_muting_without_a_voice_changes_nothing(bend: Timeline, clock: "FakeClock") -> None:
    spoken = Spoken(bend, clock, silent=True).start()
    spoken.speaker.mute(muted=True)
    spoken.speaker.mute(muted=False)
    spoken.at(3.0)
    assert spoken.given
