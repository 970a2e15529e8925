"""The suggestion: what stays of its reason where there is little space."""

import pytest
from textual.screen import Screen

from stretch_coach.routine.catalogue import make_card
from stretch_coach.routine.library import Library
from stretch_coach.session.suggestion import Suggestion
from stretch_coach.tui.widgets.suggestion_card import SuggestionCard
from tests.tui.host import hosting

REASON = "Nothing is planned for today. Want a short one? You haven't tried this one yet."


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((100, 4), REASON),
        ((80, 4), "Want a short one? You haven't tried this one yet."),
        ((44, 4), "You haven't tried this one yet."),
    ],
)
async def test_reason_loses_its_first_sentences_where_it_does_not_fit(
    library: Library, size: tuple[int, int], shown: str
) -> None:
    screen, card = Screen[None](), SuggestionCard()
    async with hosting(screen, size=size) as driver:
        await screen.mount(card)
        card.show_suggestion(Suggestion(make_card(library.routines["micro-break"]), REASON))
        await driver.shows("▶ One-minute micro-break")
        await driver.shows(shown)
        assert (REASON in driver.text) is (shown == REASON)


async def test_advice_cannot_be_accepted(library: Library) -> None:
    screen, card = Screen[None](), SuggestionCard()
    async with hosting(screen, size=(40, 6)) as driver:
        await screen.mount(card)
        card.show_suggestion(Suggestion(None, "You stopped because it hurt. Rest for today."))
        await driver.shows("because it hurt. Rest")
        assert not card.can_focus
        card.show_suggestion(Suggestion(make_card(library.routines["micro-break"]), REASON))
        assert card.can_focus
