"""Themes of the user: what is accepted, and that a bad file costs one sentence."""

import re
from pathlib import Path

import pytest
from textual.widgets import OptionList

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.tui.palette import ChoicePalette
from stretch_coach.tui.screens.home import HomeScreen
from stretch_coach.tui.user_themes import OPTIONAL, REQUIRED, load_themes, read_theme
from tests.tui.driving import at, notifications, running, until

LEAST = 'background = "#102018"\nforeground = "#e0f0e0"\nprimary = "#40a070"\n'


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_theme_needs_three_colours_and_may_have_more(tmp_path: Path) -> None:
    theme = read_theme(write(tmp_path, "forest", LEAST))
    assert (theme.name, theme.dark, theme.primary) == ("forest", True, "#40a070")
    light = LEAST.replace("#102018", "#f0fff0").replace("#e0f0e0", "#102018") + 'accent = "#070"\n'
    theme = read_theme(write(tmp_path, "meadow", light))
    assert (theme.dark, theme.accent) == (False, "#070")


def test_example_in_the_docs_is_a_theme(tmp_path: Path) -> None:
    docs = Path(__file__).parents[2] / "docs" / "themes-and-keys.md"
    [example] = re.findall(r"```toml\n(# themes/forest.*?)```", docs.read_text(encoding="utf-8"), re.DOTALL)
    assert {*OPTIONAL, *REQUIRED} <= {line.partition(" ")[0] for line in example.splitlines()}
    assert read_theme(write(tmp_path, "forest", example)).name == "forest"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (LEAST + 'acent = "#fff"', 'mine.toml:4: acent is not part of a theme. Did you mean "accent"?'),
        (LEAST.replace("#40a070", "green [/b]"), 'mine.toml:3: primary: "green [/b]" is not a colour. Write it as'),
        (LEAST + 'dark = "yes"', "mine.toml:4: dark is not a flag. Write true or false, without quotes."),
        (LEAST.replace("primary", "accent"), "mine.toml has no primary. Add a line such as primary ="),
        ("background = #102018", "mine.toml:1:14: is not valid TOML: Invalid value. Write lines such as"),
        (LEAST + '[variables]\nborder = "#fff"', "mine.toml:4: variables is not part of a theme."),
        ("", "mine.toml has no background."),
    ],
)
def test_error_names_file_line_and_cure(tmp_path: Path, text: str, error: str) -> None:
    with pytest.raises(CoachError, match=re.escape(error)):
        read_theme(write(tmp_path, "mine", text))


def test_bad_files_leave_the_good_ones(tmp_path: Path) -> None:
    write(tmp_path, "forest", LEAST)
    write(tmp_path, "Bad Name", LEAST)
    write(tmp_path, "broken", "[")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "folder.toml").mkdir()
    loaded = load_themes(tmp_path)
    assert [theme.name for theme in loaded.themes] == ["forest"]
    assert len(loaded.errors) == 4
    assert load_themes(tmp_path / "missing") == ((), ())


async def test_list_of_themes_shows_each_and_keeps_the_chosen_one(context: Context) -> None:
    write(context.places.themes, "forest", LEAST)
    write(context.places.themes, "broken", "primary = 3")
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        await until(pilot, lambda: any("broken.toml:1" in one for one in notifications(pilot)), "the bad file is named")
        pilot.app.search_themes()
        palette = await at(pilot, ChoicePalette)
        options = palette.query_one(OptionList)
        await until(pilot, lambda: options.option_count > 3, "the themes are listed")
        assert pilot.app.theme == "coach-dark"
        await pilot.press("down")
        await until(pilot, lambda: pilot.app.theme == "forest", "it is shown")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.theme == "coach-dark", "nothing was chosen")
        assert context.settings.app.theme == ""
        pilot.app.search_themes()
        palette = await at(pilot, ChoicePalette)
        await pilot.press(*"fore")
        await until(pilot, lambda: pilot.app.theme == "forest", "it is found and shown")
        await pilot.press("enter")
        await until(pilot, lambda: context.settings.app.theme == "forest", "it is kept")
        assert pilot.app.theme == "forest"


async def test_theme_that_is_gone_is_named(context: Context) -> None:
    context.settings = context.settings._replace(app=context.settings.app._replace(theme="gone [/b]"))
    async with running(context) as pilot:
        await at(pilot, HomeScreen)
        expected = 'app.theme: "gone [/b]" is not a theme. coach-dark is used instead.'
        await until(pilot, lambda: expected in notifications(pilot), "it is named")
