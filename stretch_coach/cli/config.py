"""``config``: the settings in force, and changing one."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click

from stretch_coach.errors import CoachError
from stretch_coach.paths import find_places, make_private_folder
from stretch_coach.settings import Settings, load_settings
from stretch_coach.settings.words import shown_value, value_from_words, value_of

_EDITORS = ("sensible-editor", "nano", "vi", "notepad")


@click.group(invoke_without_command=True, short_help="The settings, and changing one.")
@click.pass_context
def config(context: click.Context) -> None:
    """Show the settings in force, and the file they come from."""
    if context.invoked_subcommand is not None:
        return
    file = find_places().settings_file
    settings = load_settings(file)
    click.echo(f"# {file}" + ("" if file.exists() else " (there is none yet: these are the defaults)"))
    for section in Settings._fields:
        values = getattr(settings, section)
        click.echo(f"\n[{section}]")
        for key in values._fields:
            if (section, key) != ("breaks", "rules"):
                mark = "" if getattr(values, key) == values._field_defaults[key] else "  # set"
                click.echo(f"{key} = {shown_value(getattr(values, key))}{mark}")
    rules = len(settings.breaks.rules)
    click.echo(f"# {'1 rule' if rules == 1 else f'{rules} rules'} for breaks: `stretch-coach breaks list`")


@config.command("get", short_help="Print one setting.")
@click.argument("name", metavar="SECTION.KEY")
def get_(name: str) -> None:
    """Print the value in force of one setting."""
    settings = load_settings(find_places().settings_file)
    value = value_of(settings, *_split(name))
    click.echo(value if isinstance(value, str) else shown_value(value).strip('"'))


@config.command("set", short_help="Change one setting.")
@click.argument("name", metavar="SECTION.KEY")
@click.argument("value")
def set_(name: str, value: str) -> None:
    """Change one setting in the file; comments and order stay. Lists are written as [5, 10]."""
    from stretch_coach.settings.editing import change_setting

    section, key = _split(name)
    settings = change_setting(find_places().settings_file, section, key, value_from_words(section, key, value))
    click.echo(f"{section}.{key} = {shown_value(value_of(settings, section, key))}")


@config.command("unset", short_help="Go back to a setting's default.")
@click.argument("name", metavar="SECTION.KEY")
def unset(name: str) -> None:
    """Take one setting out of the file, so that its default holds again."""
    from stretch_coach.settings.editing import remove_setting

    section, key = _split(name)
    settings = remove_setting(find_places().settings_file, section, key)
    click.echo(f"{section}.{key} = {shown_value(value_of(settings, section, key))}")


@config.command("path", short_help="Print the file's path.")
def path() -> None:
    """Print the path of the settings file, which need not exist."""
    click.echo(find_places().settings_file)


@config.command("edit", short_help="Open the file in your editor.")
def edit() -> None:
    """Open the settings file in $VISUAL or $EDITOR, and say afterwards what is wrong in it, if anything is."""
    file = find_places().settings_file
    make_private_folder(file.parent)
    command = [*_editor(), str(file)]
    try:
        ended = subprocess.run(command, check=False)  # noqa: S603 - the user's own editor, no shell
    except OSError as error:
        raise CoachError(command[0], f"cannot be started ({error.strerror}).", "Set $EDITOR to another.") from error
    if ended.returncode:
        raise CoachError(command[0], f"ended with code {ended.returncode}.")
    load_settings(file)


def _split(name: str) -> tuple[str, str]:
    section, dot, key = name.partition(".")
    if not dot:
        raise CoachError(name, "is not a setting.", "Write section and key, such as voice.rate.")
    return section, key


def _editor() -> list[str]:
    for variable in ("VISUAL", "EDITOR"):
        if wished := os.environ.get(variable, "").strip():
            # On Windows a backslash is part of a path.
            return shlex.split(wished, posix=sys.platform != "win32")
    if found := next(filter(None, map(shutil.which, _EDITORS)), None):
        return [str(Path(found))]
    raise CoachError("config", "no editor was found.", "Set $EDITOR to the one you use.")
