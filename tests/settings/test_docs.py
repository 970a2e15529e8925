"""docs/settings.md against the settings."""

import re
import tomllib
from pathlib import Path

import pytest

from stretch_coach.settings.kinds import format_value
from stretch_coach.settings.load import read_settings
from stretch_coach.settings.schema import RULES, SETTINGS

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


def settings_table() -> str:
    """Return the table of all settings as docs/settings.md has it."""
    rows = ["| setting | default | accepts | what it does |", "|---|---|---|---|"]
    for setting in SETTINGS.values():
        if setting is not RULES:
            default, accepts = f"`{format_value(setting.default)}`", setting.kind.accepts
            rows.append(f"| `{setting.name}` | {default} | {accepts} | {setting.help} |")
    return "\n".join(rows) + "\n"


def test_table_lists_every_setting_as_the_schema_has_it() -> None:
    assert settings_table() in DOCS.read_text(encoding="utf-8"), f"docs/settings.md should have:\n{settings_table()}"


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL))
def test_examples_are_valid_settings(example: str) -> None:
    assert tomllib.loads(example)
    read_settings(example, DOCS)
