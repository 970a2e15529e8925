"""The breaks screen: rules made and removed in the user's file, what comes, pauses, and what was answered."""

import json

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Select

from stretch_coach.breaks.commands import commands_folder
from stretch_coach.breaks.keeper import state_file
from stretch_coach.breaks.pause import paused_until
from stretch_coach.breaks.state import DayState, Phase, Prompt, state_json
from stretch_coach.breaks.zone import SystemZone
from stretch_coach.journal.ids import new_id
from stretch_coach.journal.prompts import Answer, PromptRecord, save_prompts
from stretch_coach.locking import is_locked
from stretch_coach.settings import load_settings
from stretch_coach.settings.editing import add_rule
from stretch_coach.tui.screens.breaks import BreaksScreen
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.screens.remove_rule import RemoveRule
from stretch_coach.tui.screens.rule_form import RuleForm
from stretch_coach.world import World
from tests.tui.conftest import NOON
from tests.tui.frames import words_of
from tests.tui.pilots import at, running, told, until

COMMENT = "# my own words\n[breaks]\ngap = 12 # as I like it\n"
SIZES = [(80, 24), (100, 30), (140, 40), (40, 12)]


async def opened(pilot: Pilot[int]) -> BreaksScreen:
    """The breaks screen, once it knows how the day stands."""
    await at(pilot, HomeScreen)
    await pilot.press("b")
    screen = await at(pilot, BreaksScreen)
    await until(pilot, lambda: "Today" in words_of(pilot.app), "it has looked")
    return screen


async def fill(pilot: Pilot[int], key: str, **typed: str) -> RuleForm:
    """The form of a new rule, with something typed into it."""
    await pilot.press(key)
    form = await at(pilot, RuleForm)
    for field, words in typed.items():
        form.query_one(f"#rule-{field}", Input).value = words
    return form


def written(world: World) -> str:
    return world.places.settings_file.read_text(encoding="utf-8")


async def test_without_rules_it_says_how_to_make_one(world: World) -> None:
    async with running(world) as pilot:
        await opened(pilot)
        words = words_of(pilot.app)
        assert "No rules yet." in words
        assert "No more prompts." in words
        assert "will stand here" in words
        await pilot.press("d", "r", "z")  # nothing to remove, resume or snooze
        assert isinstance(pilot.app.screen, BreaksScreen)
    assert not world.places.settings_file.exists()


async def test_a_rule_of_active_time_is_added_and_comments_stay(world: World) -> None:
    world.places.settings_file.write_text(COMMENT, encoding="utf-8")
    async with running(world) as pilot:
        await opened(pilot)
        form = await fill(pilot, "e", every="45", to="17:30", days="mon-fri", **{"from": "9:00"})
        form.query_one("#rule-routine", Select).value = "screen-break"
        await pilot.click("#rule-add")
        await at(pilot, BreaksScreen)
        await until(pilot, lambda: "every-45" in words_of(pilot.app), "it is shown")
    assert written(world).startswith(COMMENT)
    (rule,) = load_settings(world.places.settings_file).breaks.rules
    assert (rule.every, [str(one) for one in rule.windows], rule.days, rule.routine) == (
        45,
        ["09:00-17:30"],
        frozenset(range(5)),
        "screen-break",
    )


async def test_a_rule_of_times_is_added_and_comes(world: World) -> None:
    zone = SystemZone()
    soon = zone.wall(NOON.ms / 1000 + 3600)
    async with running(world) as pilot:
        await opened(pilot)
        await fill(pilot, "t", at=f"{soon:%H:%M}, 8:15")
        await pilot.press("enter")
        await at(pilot, BreaksScreen)
        await until(pilot, lambda: f"  {soon:%H:%M}  Micro break" in words_of(pilot.app), "it comes")
        assert "2 prompts, 08:15" in words_of(pilot.app)
    (rule,) = load_settings(world.places.settings_file).breaks.rules
    assert len(rule.at) == 2


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("e", {"every": "soon"}, '"soon" is not a number of active minutes'),
        ("e", {"every": ""}, "is not a number of active minutes"),
        ("e", {"every": "45", "from": "[/b]"}, "is not a part of the day"),
        ("e", {"every": "45", "days": "someday"}, '"someday" is not weekdays'),
        ("t", {"at": "25:99"}, "is not a list of times of day"),
        ("t", {"at": " "}, "is not a list of up to 48 times"),
    ],
)
async def test_what_does_not_fit_is_told_in_the_form_and_stays_there(
    world: World, key: str, typed: dict[str, str], sentence: str
) -> None:
    async with running(world) as pilot:
        await opened(pilot)
        form = await fill(pilot, key, **typed)
        await pilot.press("enter")
        await until(pilot, lambda: sentence in str(form.query_one("#rule-trouble").render()), "it is told")
        assert {field: form.query_one(f"#rule-{field}", Input).value for field in typed} == typed
        await pilot.press("escape")
        await at(pilot, BreaksScreen)
    assert not world.places.settings_file.exists()


async def test_a_rule_is_removed_when_that_is_meant(world: World) -> None:
    world.places.settings_file.write_text(COMMENT, encoding="utf-8")
    for minutes in (45, 90):
        add_rule(world.places.settings_file, {"every": minutes})
    async with running(world) as pilot:
        screen = await opened(pilot)
        await until(pilot, lambda: screen.query_one(OptionList).option_count == 2, "both are shown")
        await pilot.press("down", "d")
        await at(pilot, RemoveRule)
        assert "every 90 active minutes" in words_of(pilot.app)
        await pilot.press("n")
        await at(pilot, BreaksScreen)
        assert "every = 90" in written(world)
        await pilot.press("d")
        await at(pilot, RemoveRule)
        await pilot.press("y")
        await at(pilot, BreaksScreen)
        assert told(pilot) == []
        await until(pilot, lambda: screen.query_one(OptionList).option_count == 1, "one is left")
    assert written(world).startswith(COMMENT)
    assert [rule.every for rule in load_settings(world.places.settings_file).breaks.rules] == [45]


async def test_a_file_that_breaks_meanwhile_is_told_and_left_alone(world: World) -> None:
    async with running(world) as pilot:
        await opened(pilot)
        form = await fill(pilot, "e", every="45")
        world.places.settings_file.write_text("[breaks\n", encoding="utf-8")
        await pilot.press("enter")
        await until(pilot, lambda: "config.toml" in str(form.query_one("#rule-trouble").render()), "it is told")
    assert written(world) == "[breaks\n"


@pytest.mark.parametrize("key", ["p", "o"])
async def test_a_pause_is_made_and_ended(world: World, key: str) -> None:
    now = NOON.ms / 1000
    add_rule(world.places.settings_file, {"every": 45})
    async with running(world) as pilot:
        await opened(pilot)
        await pilot.press(key)
        await until(pilot, lambda: "Paused until" in words_of(pilot.app), "it is paused")
        until_then = paused_until(world.places.breaks, now)
        assert until_then
        assert until_then == now + 7200 if key == "p" else now < until_then <= now + 86_400
        await until(pilot, lambda: pilot.app.screen.check_action("resume", ()) is True, "it can be ended")
        await pilot.press("r")
        await until(pilot, lambda: "Paused until" not in words_of(pilot.app), "it is over")
    assert paused_until(world.places.breaks, now) is None


async def test_a_pause_that_cannot_be_kept_is_told(world: World) -> None:
    world.places.breaks.parent.mkdir(parents=True, exist_ok=True)
    world.places.breaks.write_text("in the way", encoding="utf-8")
    async with running(world) as pilot:
        await opened(pilot)
        await pilot.press("p")
        await until(pilot, lambda: any("breaks" in one for one in told(pilot)), "it is told")


async def test_what_is_due_is_snoozed_for_whoever_asks(world: World) -> None:
    add_rule(world.places.settings_file, {"every": 45})
    file = state_file(world.places.breaks)
    file.parent.mkdir(parents=True)
    prompt = Prompt(new_id(NOON.ms), ("every-45",), "micro-break", NOON.ms / 1000, Phase.SNOOZED, left=300.0)
    state = state_json(DayState(active=2700.0, prompt=prompt, wall=NOON.ms / 1000))
    file.write_text(json.dumps({"format": 1, "about": {}, "state": state, "unrecorded": []}), encoding="utf-8")
    async with running(world) as pilot:
        screen = await opened(pilot)
        await until(pilot, lambda: screen.check_action("snooze", ()) is True, "it can be snoozed")
        await pilot.press("z")
        await until(pilot, lambda: not list(commands_folder(world.places.breaks).glob("*.json")), "it is taken")
        await until(pilot, lambda: '"snoozes": 1' in file.read_text(encoding="utf-8"), "it is snoozed")
        assert is_locked(world.places.app_lock)


@pytest.mark.parametrize("size", SIZES)
async def test_the_answers_of_four_weeks_stand_in_their_columns(world: World, size: tuple[int, int]) -> None:
    records = [
        PromptRecord(new_id(NOON.ms), number, NOON.ms - number, 3600, day, "every-45", "micro-break", answer)
        for day, times in (("2026-11-20", 2), ("2026-11-19", 1), ("2026-10-01", 7))
        for answer in (Answer.STARTED, Answer.SKIPPED)
        for number in range(times)
    ]
    with world.writable_history() as history:
        save_prompts(history, records)
    async with running(world, size=size) as pilot:
        screen = await opened(pilot)

        def lines() -> list[list[str]]:
            return [line.split() for line in str(screen.query_one("#breaks-answers").render()).splitlines()]

        await until(pilot, lambda: ["In", "all", "3", "·", "3", "·", "·"] in lines(), "they are shown")
        assert ["11-20", "2", "·", "2", "·", "·"] in lines()
        assert ["11-19", "1", "·", "1", "·", "·"] in lines()
        width = screen.query_one("#breaks-answers").size.width
        assert all(len(line) <= width for line in str(screen.query_one("#breaks-answers").render()).splitlines()[1:])
