"""CONTRIBUTING.md against the repository: its files, names and commands exist, and its recipes work."""

import importlib.util
import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from stretch_coach.cli.commands import cli
from stretch_coach.routine.library import load_library
from tests.figure import contact_sheet

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
SPANS = [re.sub(r"\s+", " ", span) for span in re.findall(r"(?<!`)`([^`]+)`(?!`)", TEXT)]
PATHS = [
    span for span in SPANS if re.fullmatch(r"(?:stretch_coach|routines|tests|docs)/[\w/.-]*|[\w-]+\.(?:md|toml)", span)
]
SYMBOLS = re.findall(r"`([\w/]+\.py)`\s+\(`(\w+)`\)", TEXT)
COMMANDS = [
    command.strip()
    for line in [*SPANS, *re.findall(r"^(?:uv run|\.ci).*$", TEXT, re.MULTILINE)]
    for command in line.split("#")[0].split("&&")
    if re.match(r"uv run |stretch-coach ", command.strip())
]


@pytest.mark.parametrize("path", sorted(set(PATHS)))
def test_file_exists(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize(("file", "name"), SYMBOLS)
def test_name_is_defined_in_its_file(file: str, name: str) -> None:
    assert re.search(rf"^\s*(?:def |class |async def )?{name}\b", (ROOT / file).read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_command_exists(command: str) -> None:
    words = shlex.split(command)
    if words[:2] == ["uv", "run"]:
        words = words[4:] if words[2] == "--group" else words[2:]
    if words[:2] == ["python", "-m"]:
        assert importlib.util.find_spec(words[2])
    elif words[0] == "stretch-coach":
        assert cli.get_command(None, words[1])  # type: ignore[arg-type]  # the commands depend on no context
    else:
        assert words[0] in {"pytest", "python", "ruff", "mypy", "lint-imports"}
    for word in words:
        if "/" in word and not word.startswith("-") and "=" not in word and "(" not in word:
            assert (ROOT / word).exists(), word


def test_map_names_every_package() -> None:
    packages = {file.parent.name for file in (ROOT / "stretch_coach").glob("*/__init__.py")}
    modules = {file.stem for file in (ROOT / "stretch_coach").glob("[!_]*.py")}
    code = TEXT.split("```")[3]
    assert {name for name in packages if f"  {name}/" not in code} == set()
    assert {name for name in modules if not re.search(rf"\b{name}\b", code)} == set()


class TestRecipes:
    def test_checked_files_are_valid(self) -> None:
        files = re.findall(r"stretch-coach check (\S+\.json)", TEXT)
        assert files
        for file in files:
            result = CliRunner().invoke(cli, ["check", str(ROOT / file)])
            assert (result.exit_code, "valid" in result.output) == (0, True), result.output

    def test_exercise_is_drawn_on_both_sides(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        picture = tmp_path / "sheet.png"
        monkeypatch.setattr("sys.argv", ["contact_sheet", str(picture), "upper-trap-stretch"])
        contact_sheet.main()
        assert picture.stat().st_size > 0

    def test_translated_files_replace_the_bundled_ones(self, tmp_path: Path) -> None:
        (tmp_path / "exercises").mkdir()
        for file, field, text in (
            ("exercises/chin-tuck.json", "name", "Kinn zurück"),
            ("micro-break.json", "title", "Kurze Pause"),
        ):
            data = json.loads((ROOT / "routines" / file).read_text("utf-8"))
            (tmp_path / file).write_text(json.dumps(data | {field: text, "id": data["id"]}), encoding="utf-8")
        library = load_library(ROOT / "routines", tmp_path)
        assert library.errors == ()
        assert library.routines["micro-break"].title == "Kurze Pause"
        assert library.exercises["chin-tuck"].name == "Kinn zurück"
