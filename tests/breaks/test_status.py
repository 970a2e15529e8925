"""The sentences of breaks, and what programs read."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from stretch_coach.breaks.activity import Seat
from stretch_coach.breaks.forecast import ExpectedPrompt
from stretch_coach.breaks.prompt import Choice, Deferral, Phase, Prompt
from stretch_coach.breaks.state import DayState
from stretch_coach.breaks.status import Status, instant_text, prompt_notification, rule_line
from stretch_coach.journal.prompts import Answer
from stretch_coach.settings import BreakRule, BreakSettings, Window
from tests.breaks.zones import RegionZone

ZONE = RegionZone(UTC)
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC).timestamp()
DESK = BreakRule("desk", every=45)
TEA = BreakRule("tea", at=(time(15),), routine="screen-break")
MINUTE, HOUR, DAY = 60, 3600, 86_400


def title_of(routine: str) -> str:
    return {"micro-break": "One-minute micro-break", "screen-break": "Screen break"}[routine]


def status(**values: Any) -> Status:
    """Return the status of a watcher that is running."""
    return Status(DayState(), BreakSettings(rules=(DESK, TEA)), NOW, ZONE, watching=True)._replace(**values)


def prompted(phase: Phase, **values: Any) -> Status:
    prompt = Prompt("x", ("desk",), "micro-break", NOW, phase, **values)
    return status(state=DayState(active=2700.0, prompt=prompt))


class TestLines:
    def test_without_rules_and_without_a_watcher(self) -> None:
        assert status(settings=BreakSettings(), watching=False).lines(title_of) == [
            "No rules yet. Add one with `stretch-coach breaks every 45` or `breaks at 10:30 15:00`.",
            "No watcher is running. Start it with `breaks watch`, or at login with `breaks install`.",
        ]

    def test_time_at_the_screen_and_the_next_break(self) -> None:
        upcoming = ExpectedPrompt(NOW + 33 * MINUTE, "desk", "micro-break")
        assert status(state=DayState(active=12 * MINUTE), upcoming=upcoming).lines(title_of) == [
            "12 minutes at the screen.",
            "Next break at 09:33, after 33 more active minutes: One-minute micro-break (desk).",
        ]

    def test_a_break_by_the_clock(self) -> None:
        upcoming = ExpectedPrompt(NOW + 6 * HOUR, "tea", "screen-break")
        assert status(upcoming=upcoming).lines(title_of)[-1] == "Next break at 15:00: Screen break (tea)."

    def test_away(self) -> None:
        lines = status(state=DayState(seat=Seat(away=True))).lines(title_of)
        assert lines == ["0 minutes at the screen; you're away now."]

    def test_a_desktop_that_is_gone(self) -> None:
        away = DayState(seat=Seat(away=True))
        lines = status(state=away, about={"seat": "waiting for the desktop"}).lines(title_of)
        assert lines == ["0 minutes at the screen; waiting for the desktop."]

    def test_a_pause(self) -> None:
        assert "Breaks are paused until 11:00." in status(paused_until=NOW + 2 * HOUR).lines(title_of)

    def test_a_pause_asks_for_no_rules(self) -> None:
        paused = status(settings=BreakSettings(), paused_until=NOW + 2 * HOUR)
        assert paused.lines(title_of) == ["Breaks are paused until 11:00.", "0 minutes at the screen."]
        assert paused.next_break(title_of) == "Breaks are paused until 11:00."

    def test_answers_and_what_is_wrong(self) -> None:
        lines = status(
            today={Answer.STARTED: 2, Answer.SKIPPED: 1},
            about={"trouble": "There is no notification service.", "reset": "state.json is not valid."},
        ).lines(title_of)
        assert lines[1:] == [
            "Today: 2 started, 1 skipped.",
            "There is no notification service.",
            "state.json is not valid.",
        ]

    @pytest.mark.parametrize(
        ("prompt", "sentence"),
        [
            (
                prompted(Phase.ASKING),
                "Time for a break: One-minute micro-break. Type `stretch-coach breaks start`, `snooze` or `skip`.",
            ),
            (prompted(Phase.SNOOZED, left=300.0), "Snoozed for 5 minutes: One-minute micro-break."),
            (prompted(Phase.STARTED), "Running now: One-minute micro-break."),
            (prompted(Phase.ANNOUNCED, left=30.0), "Break in 30 seconds: One-minute micro-break."),
            (
                prompted(Phase.WAITING, deferral=Deferral.MICROPHONE),
                "Break deferred because a microphone is in use: One-minute micro-break.",
            ),
            (prompted(Phase.WAITING), "Break deferred: One-minute micro-break."),
        ],
    )
    def test_a_prompt(self, prompt: Status, sentence: str) -> None:
        assert prompt.lines(title_of)[-1] == sentence

    def test_every_deferral_has_words(self) -> None:
        for deferral in Deferral:
            assert "because" in prompted(Phase.WAITING, deferral=deferral).next_break(title_of)


class TestNextBreak:
    def test_is_empty_without_rules(self) -> None:
        assert status(settings=BreakSettings()).next_break(title_of) == ""

    def test_says_when(self) -> None:
        upcoming = ExpectedPrompt(NOW + 45 * MINUTE, "desk", "micro-break")
        assert status(upcoming=upcoming).next_break(title_of) == "Next break at 09:45, after 45 more active minutes."
        # A rule that is closed, or kept apart from the last prompt, has no such count.
        assert status(upcoming=upcoming._replace(at=NOW + 3 * HOUR)).next_break(title_of) == "Next break at 12:00."

    def test_says_that_there_is_none(self) -> None:
        assert status().next_break(title_of) == "No break is expected in the next month."

    def test_says_that_breaks_are_paused(self) -> None:
        assert status(paused_until=NOW + 30 * DAY).next_break(title_of) == "Breaks are paused until Sun 27 Dec 09:00."


@pytest.mark.parametrize(
    ("days", "text"),
    [(0, "09:00"), (1, "Sat 09:00"), (6, "Thu 09:00"), (7, "Fri 04 Dec 09:00"), (29, "Sat 26 Dec 09:00")],
)
def test_a_distant_instant_has_its_date(days: int, text: str) -> None:
    assert instant_text(ZONE, NOW + days * DAY, NOW) == text


def test_rule_lines_begin_with_the_name() -> None:
    windows = (Window(time(9), time(12, 30)), Window(time(13, 30), time(0)))
    rule = DESK._replace(windows=windows, days=frozenset(range(5)))
    assert rule_line(rule, title_of) == (
        "desk: every 45 active minutes, 09:00-12:30, 13:30-24:00, mon-fri: One-minute micro-break"
    )
    assert rule_line(TEA, title_of) == "tea: at 15:00, daily: Screen break"


class TestNotifications:
    def test_a_prompt_without_buttons_says_what_to_type(self) -> None:
        prompt = prompt_notification("Screen break.", 5, can_answer=False, sounds=True)
        assert prompt.choices == ()
        assert prompt.body == "Screen break. Type `stretch-coach breaks start, snooze or skip`."

    def test_the_last_prompt_cannot_be_snoozed(self) -> None:
        prompt = prompt_notification("Screen break.", None, can_answer=True, sounds=False)
        assert [choice for choice, _ in prompt.choices] == [Choice.START, Choice.SKIP]
        assert not prompt.sounds
        assert "snooze" not in prompt_notification("Screen break.", None, can_answer=False, sounds=False).body


def test_programs_read_the_same_keys_as_ever() -> None:
    upcoming = ExpectedPrompt(NOW + HOUR, "tea", "screen-break")
    about = {"seat": "X11", "prompter": "dunst"}
    data = prompted(Phase.WAITING, deferral=Deferral.GAP)._replace(upcoming=upcoming, about=about).to_json()
    assert data == {
        "watching": True,
        "app_open": False,
        "active_seconds": 2700,
        "away": False,
        "paused_until": None,
        "prompt": {
            "phase": "waiting",
            "rules": ["desk"],
            "routine": "micro-break",
            "why": "",
            "due_at": "2026-11-27T09:00:00+00:00",
            "asked": 0,
            "snoozes_left": 3,
            "held_back": "gap",
            "seconds_left": 0,
        },
        "next": {"at": "2026-11-27T10:00:00+00:00", "rule": "tea", "routine": "screen-break"},
        "today": {"started": 0, "snoozed": 0, "skipped": 0, "missed": 0, "natural": 0},
        "seat": "X11",
        "prompter": "dunst",
        "trouble": "",
    }
