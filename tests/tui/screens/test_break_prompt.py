"""The prompt for a break: every answer can be seen and given in any size, and its keys can be looked up."""

import pytest

from stretch_coach.breaks.prompt import Choice
from stretch_coach.tui.screens.break_prompt import BreakPromptScreen
from tests.tui.conftest import FrozenClock
from tests.tui.host import hosting

SIZES = [(40, 12), (80, 24), (140, 40)]

OFFER = "One-minute micro-break. Not done since Tuesday."


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("key", "choice"), [("s", Choice.START), ("z", Choice.SNOOZE), ("k", Choice.SKIP), ("escape", Choice.DISMISSED)]
)
async def test_every_answer_is_named_and_has_a_key(
    clock: FrozenClock, size: tuple[int, int], key: str, choice: Choice
) -> None:
    answers: list[Choice] = []
    async with hosting(BreakPromptScreen(OFFER, 5, clock, answers.append), size=size) as prompt:
        for words in ("Time for a break", OFFER, "s Start", "z Snooze 5 min", "k Skip", "Later"):
            await prompt.shows(words)
        clock.time += 1
        await prompt.press(key)
        await prompt.until(lambda: answers == [choice], f"{choice} is the answer")


async def test_keys_can_be_looked_up(clock: FrozenClock) -> None:
    asked: list[bool] = []
    async with hosting(BreakPromptScreen(OFFER, 5, clock, lambda _: None)) as prompt:
        prompt.app.action_help = lambda: asked.append(True)  # type: ignore[attr-defined]
        await prompt.shows("? Help")
        await prompt.press("question_mark")
        await prompt.until(lambda: asked == [True], "the help is opened")
