"""docs/settings.md and docs/themes-and-keys.md against the settings."""

import re
import tomllib
from pathlib import Path

import pytest

from stretch_coach.settings.keys import DEFAULT_KEYS, HURTS
from stretch_coach.settings.kinds import format_value
from stretch_coach.settings.load import read_settings
from stretch_coach.settings.schema import RULES, SETTINGS

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"
KEY_DOCS = DOCS.parent / "themes-and-keys.md"


def settings_table() -> str:
    """Return the table of all settings as docs/settings.md has it."""
    rows = ["| setting | default | accepts | what it does |", "|---|---|---|---|"]
    for setting in SETTINGS.values():
        if setting is not RULES:
            default, accepts = f"`{format_value(setting.default)}`", setting.kind.accepts
            rows.append(f"| `{setting.name}` | {default} | {accepts} | {setting.help} |")
    return "\n".join(rows) + "\n"


def test_table_lists_the_keys_of_every_action() -> None:
    rows = ["| action | keys |", "|---|---|"]
    rows += [f"| `{action}` | `{keys}` |" for action, keys in DEFAULT_KEYS.items() if action != HURTS]
    table = "\n".join(rows) + "\n"
    assert table in KEY_DOCS.read_text(encoding="utf-8"), f"docs/themes-and-keys.md should have:\n{table}"


def test_example_of_keys_is_valid() -> None:
    [example] = re.findall(r"```toml\n(\[keys\].*?)```", KEY_DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert read_settings(example, KEY_DOCS).keys


def test_table_lists_every_setting_as_the_schema_has_it() -> None:
    assert settings_table() in DOCS.read_text(encoding="utf-8"), f"docs/settings.md should have:\n{settings_table()}"


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL))
def test_examples_are_valid_settings(example: str) -> None:
    assert tomllib.loads(example)
    read_settings(example, DOCS)
