"""Whole years of simulated breaks."""

import pytest

from tests.breaks.test_year import YEAR_DAYS, Simulation


@pytest.mark.parametrize(
    ("home", "travels"), [("America/New_York", False), ("Australia/Lord_Howe", False), ("Europe/London", True)]
)
def test_prompts_of_a_year_keep_every_rule(home: str, travels: bool) -> None:  # noqa: FBT001 - a case
    simulation = Simulation(home, travels=travels)
    simulation.run(YEAR_DAYS)
    assert sum(simulation.asked_on.values()) > 500
    assert set(simulation.answers) == {"started", "snoozed", "skipped", "missed", "natural"}
