"""The breaks screen: rules, upcoming prompts, pauses and answers."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Select

from stretch_coach.breaks.pause import paused_until
from stretch_coach.breaks.prompt import Phase, Prompt
from stretch_coach.breaks.state import DayState, state_to_json
from stretch_coach.breaks.store import load_day, state_file
from stretch_coach.breaks.timetable import SystemZone
from stretch_coach.context import Context
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.prompts import Answer, PromptRecord, save_prompts
from stretch_coach.routine.library import Library
from stretch_coach.settings import load_settings
from stretch_coach.settings.edit import add_rule, read_rule
from stretch_coach.tui.dialogs import ConfirmDialog
from stretch_coach.tui.screens.breaks import BreaksScreen
from stretch_coach.tui.widgets.rule_form import RuleForm, fields_from_rule, rule_from_fields
from tests.breaks.fakes import SettableClock
from tests.tui.break_host import BreakHost
from tests.tui.conftest import NOON
from tests.tui.driving import at, until
from tests.tui.frames import words_of

COMMENT = "# my own words\n[breaks]\ngap = 12 # as I like it\n"
NOW = NOON.ms / 1000


@pytest.fixture
def context(make_context: Callable[[object], Context]) -> Context:
    return make_context(SettableClock(NOW))


@asynccontextmanager
async def opened(
    context: Context, library: Library, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[BreakHost, Pilot[int], BreaksScreen]]:
    """Open the screen, and wait until it has loaded."""
    context.settings = load_settings(context.places.settings_file)
    screen = BreaksScreen(context, library)
    host = BreakHost(context, library, screen)
    async with host.run_test(size=size) as pilot:
        await until(pilot, lambda: "Today" in upcoming(screen), "it has loaded")
        yield host, pilot, screen


def text(screen: BreaksScreen, part: str) -> str:
    return str(screen.query_one(f"#breaks-{part}").render())


def upcoming(screen: BreaksScreen) -> str:
    return text(screen, "upcoming")


async def fill(pilot: Pilot[int], key: str, **typed: str) -> RuleForm:
    """Open the form of a rule, and type into it."""
    await pilot.press(key)
    await until(pilot, lambda: bool(pilot.app.screen.query(RuleForm)), "the form is open")
    form = pilot.app.screen.query_one(RuleForm)
    for field, words in typed.items():
        form.query_one(f"#rule-{field}", Input).value = words
    return form


def rules(screen: BreaksScreen) -> list[str]:
    """Return the rules that are listed, once no form is in their place."""
    rows = screen.query_one("#breaks-rules", OptionList)
    return [str(option.prompt) for option in rows.options] if rows.display else []


def written(context: Context) -> str:
    return context.places.settings_file.read_text(encoding="utf-8")


class TestWithoutRules:
    async def test_one_key_adds_a_sensible_rule(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (_, pilot, screen):
            [offer] = rules(screen)
            assert offer.startswith("No rules yet. Press Enter to add this one:\nEvery 45 minutes at the screen\n")
            assert "Today: 09:45, 10:30, 11:15," in offer
            assert "With the app closed you won't get reminders." in text(screen, "status")
            assert "No more prompts." in upcoming(screen)
            assert text(screen, "answers") == "Your responses will appear here."
            await pilot.press("enter")
            await until(pilot, lambda: "14:15" in upcoming(screen), "its prompts are upcoming")
            assert rules(screen) == ["Every 45 minutes at the screen\n  09:00-17:30 · mon-fri · Short breaks in turn"]
        (rule,) = load_settings(context.places.settings_file).breaks.rules
        assert (rule.id, rule.every, rule.days) == ("every-45", 45, frozenset(range(5)))

    async def test_nothing_can_be_removed_resumed_or_snoozed(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (host, pilot, screen):
            await pilot.press("d", "r", "z")
            assert host.screen is screen
        assert not context.places.settings_file.exists()


class TestAddingRules:
    async def test_minutes_at_the_screen(self, context: Context, library: Library) -> None:
        context.places.settings_file.write_text(COMMENT, encoding="utf-8")
        async with opened(context, library) as (_, pilot, screen):
            form = await fill(pilot, "e", every="45", to="17:30", days="mon-fri", **{"from": "9:00"})
            form.query_one("#rule-routine", Select).value = "screen-break"
            await pilot.click("#rule-add")
            await until(pilot, lambda: "Every 45" in str(rules(screen)), "it is listed")
        assert written(context).startswith(COMMENT)
        (rule,) = load_settings(context.places.settings_file).breaks.rules
        assert (rule.every, [str(one) for one in rule.windows], rule.days, rule.routine) == (
            *(45, ["09:00-17:30"]),
            *(frozenset(range(5)), "screen-break"),
        )

    async def test_times_of_day(self, context: Context, library: Library) -> None:
        soon = SystemZone().wall(NOW + 3600)
        async with opened(context, library) as (_, pilot, screen):
            await fill(pilot, "t", at=f"{soon:%H:%M}, 8:15", days="")
            await pilot.press("enter")
            offer = f"  {soon:%H:%M}  Short breaks in turn"
            await until(pilot, lambda: offer in upcoming(screen), "it is upcoming")
            assert "2 prompts, 08:15" in upcoming(screen)

    async def test_usual_minutes_are_filled_in(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (_, pilot, screen):
            await fill(pilot, "e")
            await pilot.press("enter")
            await until(pilot, lambda: "Every 45" in str(rules(screen)), "it is listed")

    async def test_cancelling_adds_nothing(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (_, pilot, screen):
            await fill(pilot, "e", every="45")
            await pilot.click("#rule-cancel")
            await until(pilot, lambda: bool(rules(screen)), "the form is closed")
            assert screen.focused is screen.query_one("#breaks-rules")
        assert not context.places.settings_file.exists()

    async def test_an_error_is_shown_in_the_form_and_the_text_stays(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (_, pilot, _screen):
            form = await fill(pilot, "e", every="45", days="[/b]someday")
            await pilot.press("enter")
            await until(pilot, lambda: "someday" in str(form.query_one("#rule-preview").render()), "it is shown")
            assert form.query_one("#rule-days", Input).value == "[/b]someday"
            await pilot.press("escape")
        assert not context.places.settings_file.exists()

    async def test_a_file_that_became_invalid_is_left_alone(self, context: Context, library: Library) -> None:
        async with opened(context, library) as (_, pilot, _screen):
            form = await fill(pilot, "e", every="45")
            context.places.settings_file.write_text("[breaks\n", encoding="utf-8")
            await pilot.press("enter")
            await until(pilot, lambda: "config.toml" in str(form.query_one("#rule-preview").render()), "it is shown")
        assert written(context) == "[breaks\n"


class TestChangingRules:
    async def test_form_has_the_rule_and_shows_what_it_would_do(self, context: Context, library: Library) -> None:
        context.places.settings_file.write_text(COMMENT, encoding="utf-8")
        add_rule(context.places.settings_file, {"every": 45, "windows": ["09:00-17:00"], "days": "mon-fri"})
        async with opened(context, library) as (_, pilot, screen):
            form = await fill(pilot, "enter")
            preview = form.query_one("#rule-preview")
            assert "Today: 09:45, 10:30," in str(preview.render())
            form.query_one("#rule-every", Input).value = "120"
            await until(pilot, lambda: "Today: 11:00, 13:00, 15:00" in str(preview.render()), "it follows")
            await pilot.press("enter")
            await until(pilot, lambda: "Every 120" in str(rules(screen)), "it is changed")
        (rule,) = load_settings(context.places.settings_file).breaks.rules
        assert (rule.id, rule.every) == ("every-45", 120)
        assert written(context).startswith(COMMENT)

    @pytest.mark.parametrize(
        "table",
        [
            {"every": 45},
            {"every": 45, "windows": ["09:00-12:00"], "days": "mon"},
            {"every": 45, "windows": ["09:00-12:00", "22:00-24:00"]},
            {"at": ["10:30", "15:00"], "days": "sat-sun"},
        ],
    )
    def test_fields_hold_the_whole_rule(self, table: dict[str, object]) -> None:
        rule = read_rule(table)
        again = read_rule(rule_from_fields(fields_from_rule(rule), rule.routine))
        assert again == rule


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"every": " 45 ", "from": "", "to": "", "days": ""}, {"every": 45}),
        ({"every": "soon", "from": "", "to": "", "days": ""}, {"every": "soon"}),
        ({"every": "45", "from": "9:00", "to": "", "days": ""}, {"every": 45, "windows": ["9:00-24:00"]}),
        ({"every": "45", "from": "", "to": "", "days": "mon"}, {"every": 45, "days": "mon"}),
        ({"every": "45", "from": "", "to": "17:30", "days": ""}, {"every": 45, "windows": ["00:00-17:30"]}),
        ({"at": "10:30, 15:00", "days": ""}, {"at": ["10:30", "15:00"]}),
        ({"at": " ", "days": ""}, {"at": []}),
    ],
)
def test_fields_become_a_rule_or_are_kept_for_the_error(fields: dict[str, str], rule: dict[str, object]) -> None:
    assert rule_from_fields(fields, "x") == {**rule, "routine": "x"}


async def test_a_rule_is_removed_after_a_confirmation(context: Context, library: Library) -> None:
    context.places.settings_file.write_text(COMMENT, encoding="utf-8")
    for minutes in (45, 90):
        add_rule(context.places.settings_file, {"every": minutes})
    async with opened(context, library) as (host, pilot, screen):
        await pilot.press("down", "d")
        await at(pilot, ConfirmDialog)
        assert "every 90 active minutes" in words_of(host)
        await pilot.press("n")
        await until(pilot, lambda: host.screen is screen, "it is closed")
        assert "every = 90" in written(context)
        await pilot.press("d")
        await at(pilot, ConfirmDialog)
        await pilot.press("y")
        await until(pilot, lambda: screen.query_one(OptionList).option_count == 1, "one is left")
        assert host.warnings == []
    assert written(context).startswith(COMMENT)
    assert [rule.every for rule in load_settings(context.places.settings_file).breaks.rules] == [45]


class TestPause:
    @pytest.mark.parametrize("key", ["p", "o"])
    async def test_is_set_and_ended(self, context: Context, library: Library, key: str) -> None:
        add_rule(context.places.settings_file, {"every": 45})
        async with opened(context, library) as (_, pilot, screen):
            await pilot.press(key)
            await until(pilot, lambda: "Breaks are paused until" in text(screen, "status"), "it is paused")
            until_then = paused_until(context.places.breaks, NOW)
            assert until_then
            assert until_then == NOW + 7200 if key == "p" else NOW < until_then <= NOW + 86_400
            await pilot.press("r")
            await until(pilot, lambda: "paused" not in text(screen, "status"), "it is over")
        assert paused_until(context.places.breaks, NOW) is None

    async def test_one_that_cannot_be_stored_is_reported(self, context: Context, library: Library) -> None:
        context.places.breaks.write_text("in the way", encoding="utf-8")
        async with opened(context, library) as (host, pilot, _screen):
            await pilot.press("p")
            await until(pilot, lambda: any("breaks" in one for one in host.warnings), "it is reported")


async def test_a_prompt_that_is_due_can_be_snoozed(context: Context, library: Library) -> None:
    add_rule(context.places.settings_file, {"every": 45})
    file = state_file(context.places.breaks)
    file.parent.mkdir(parents=True)
    prompt = Prompt(new_id(NOON.ms), ("every-45",), "micro-break", NOW, Phase.SNOOZED, left=300.0)
    state = state_to_json(DayState(active=2700.0, prompt=prompt, wall=NOW, day="2026-11-20"))
    file.write_text(json.dumps({"format": 1, "about": {}, "state": state, "unrecorded": []}), encoding="utf-8")
    async with opened(context, library) as (host, pilot, screen):
        await host.prompts.tick()
        screen.reload()
        await until(pilot, lambda: screen.check_action("snooze", ()) is True, "it can be snoozed")
        await pilot.press("z")
        await host.prompts.tick()
        stored = load_day(context.places.breaks).state.prompt
        assert stored
        assert stored.snoozes == 1


@pytest.mark.parametrize("size", [(40, 12), (100, 30)])
async def test_answers_have_columns_that_fit(context: Context, library: Library, size: tuple[int, int]) -> None:
    records = [
        PromptRecord(new_id(NOON.ms), number, NOON.ms - number, 3600, day, "every-45", "micro-break", answer)
        for day, times in (("2026-11-20", 2), ("2026-11-19", 1), ("2026-10-01", 7))
        for answer in (Answer.STARTED, Answer.SKIPPED)
        for number in range(times)
    ]
    with context.writable_history() as history:
        save_prompts(history, records)
    async with opened(context, library, size) as (_, pilot, screen):

        def rows() -> list[list[str]]:
            return [line.split() for line in text(screen, "answers").splitlines()]

        await until(pilot, lambda: ["Total", "3", "·", "3", "·", "·"] in rows(), "they are shown")
        assert ["11-20", "2", "·", "2", "·", "·"] in rows()
        assert ["11-19", "1", "·", "1", "·", "·"] in rows()
        width = screen.query_one("#breaks-answers").size.width
        assert all(len(line) <= width for line in text(screen, "answers").splitlines()[1:])


async def test_line_shows_answers_prompts_and_now(context: Context, library: Library) -> None:
    add_rule(context.places.settings_file, {"every": 45, "windows": ["09:00-17:00"], "days": "mon-fri"})
    at_ten = NOON.ms - 3 * 3_600_000
    record = PromptRecord(new_id(at_ten), 1, at_ten, 3600, "2026-11-20", "every-45", "micro-break", Answer.STARTED)
    with context.writable_history() as history:
        save_prompts(history, [record])
    async with opened(context, library) as (_, _pilot, screen):
        hours, now, bar, marks, key = text(screen, "line").splitlines()
        assert hours.index("10:00") == marks.index("✓")
        assert bar.startswith("Today   ━")
        assert now.index("▼") < marks.index("○")
        assert "1 started" in key
        week = text(screen, "week").splitlines()
        assert [line[:3] for line in week[1:]] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        assert "✓" in week[5]
        assert "━" not in week[6]


async def test_settings_of_breaks_are_here_too(context: Context, library: Library) -> None:
    async with opened(context, library) as (_, pilot, screen):
        await pilot.press("2")
        await until(pilot, lambda: getattr(screen.focused, "id", "") == "breaks-gap", "the first has the focus")
        for key in ("enter", "2", "5", "enter"):
            await pilot.press(key)
        await until(pilot, lambda: context.settings.breaks.gap == 25, "it is changed")
        await pilot.press("1")
        assert screen.focused is screen.query_one("#breaks-rules")
