"""`config` and `where`: the settings, changing them, and the files in use."""

from contextlib import suppress

import click

from stretch_coach.cli.output import echo, echo_columns, echo_json
from stretch_coach.editor import edit_file
from stretch_coach.errors import CoachError
from stretch_coach.paths import Places, bundled_routines, find_places
from stretch_coach.phrasing import count
from stretch_coach.settings import load_settings
from stretch_coach.settings.choices import RoutineChoice, rotating, rotating_names
from stretch_coach.settings.kinds import InvalidValue, format_value, parse_text, plain_value
from stretch_coach.settings.schema import RULES, SECTION_TITLES, SETTINGS, find_value_setting


@click.group(invoke_without_command=True)
@click.pass_context
def config(context: click.Context) -> None:
    """Show all settings and the file that sets them."""
    if context.invoked_subcommand is not None:
        return
    file = find_places().settings_file
    settings = load_settings(file)
    echo(f"# {file}{'' if file.exists() else ': no file; using defaults'}")
    for section in SECTION_TITLES:
        echo(f"\n[{section}]")
        for setting in SETTINGS.values():
            if setting.section == section and setting is not RULES:
                value = settings.value(setting)
                echo(f"{setting.key} = {format_value(value)}{'' if value == setting.default else '  # set'}")
    echo(f"# {count(len(settings.breaks.rules), 'rule')} for breaks, listed by `stretch-coach breaks list`")


@config.command("get", short_help="Print a setting.")
@click.argument("name", metavar="NAME")
def get_(name: str) -> None:
    """Print the value of the setting NAME, such as voice.rate."""
    echo(plain_value(load_settings(find_places().settings_file).value(find_value_setting(name))))


@config.command("set", short_help="Change a setting.")
@click.argument("name", metavar="NAME")
@click.argument("value")
def set_(name: str, value: str) -> None:
    """Set NAME to VALUE in the file. Its comments and order are kept. A list is written as [5, 10]."""
    from stretch_coach.settings.edit import change_setting

    places, setting = find_places(), find_value_setting(name)
    if isinstance(setting.kind, RoutineChoice):
        value = _known_routine(places, name, value)
    settings = change_setting(places.settings_file, name, parse_text(setting.kind, value))
    echo(f"{name} = {format_value(settings.value(setting))}")


@config.command("unset", short_help="Reset a setting to its default.")
@click.argument("name", metavar="NAME")
def unset(name: str) -> None:
    """Remove NAME from the file, so that its default applies again."""
    from stretch_coach.settings.edit import remove_setting

    settings = remove_setting(find_places().settings_file, name)
    echo(f"{name} = {format_value(settings.value(find_value_setting(name)))}")


@config.command("path", short_help="Print the path of the file.")
def path() -> None:
    """Print the path of the settings file, which need not exist."""
    echo(find_places().settings_file)


@config.command("edit", short_help="Open the file in your editor.")
def edit() -> None:
    """Open the settings file in $VISUAL or $EDITOR, and check it afterwards."""
    file = find_places().settings_file
    edit_file(file)
    load_settings(file)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def where(*, as_json: bool) -> None:
    """Print every path. None of them needs to exist; STRETCH_COACH_HOME puts all of them in one folder."""
    from stretch_coach.journal.backups import backups_folder

    places = find_places()
    paths = {
        "settings": places.settings_file,
        "routines": places.routines,
        "bundled_routines": bundled_routines(),
        "history": places.history,
        "backups": backups_folder(places.history),
        "log": places.log,
        "cache": places.cache,
    }
    if as_json:
        echo_json({name: str(path) for name, path in paths.items()})
    else:
        echo_columns([(name.replace("_", " "), str(path)) for name, path in paths.items()])


def _known_routine(places: Places, setting: str, text: str) -> str:
    """Return the id of the routine that a text names. A path to a file, and several names, are returned unchanged.

    Raises:
        CoachError: There is no such routine. The message names the setting.
    """
    from stretch_coach.cli.library import find_library, find_routine

    kind = find_value_setting(setting).kind
    with suppress(InvalidValue):
        if names := rotating_names(kind.read(parse_text(kind, text))):
            return _known_names(places, setting, names)
    library = find_library(places)
    try:
        routine = find_routine(library, text.strip().strip('"'))
    except CoachError as error:
        raise CoachError(setting, error.problem, error.hint) from error
    return routine.id if library.routines.get(routine.id) is routine else text


def _known_names(places: Places, setting: str, names: tuple[str, ...]) -> str:
    """Return the choice between several routines, if each name is a routine or a tag of one."""
    from stretch_coach.guide.choice import check_names
    from stretch_coach.guide.offers import read_offers

    try:
        check_names(names, read_offers(places).routines)
    except CoachError as error:
        raise CoachError(setting, error.problem, error.hint) from error
    return rotating(names)
