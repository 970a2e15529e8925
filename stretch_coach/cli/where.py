"""``where``: which files and folders are used."""

import json

import click


@click.command(short_help="Which files and folders are used.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def where(*, as_json: bool) -> None:
    """Print every path. None of them needs to exist yet; STRETCH_COACH_HOME puts all under one folder."""
    from stretch_coach.journal.backups import backups_folder
    from stretch_coach.paths import bundled_routines, find_places

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
        click.echo(json.dumps({name: str(path) for name, path in paths.items()}, ensure_ascii=False))
        return
    width = max(map(len, paths)) + 2
    for name, path in paths.items():
        click.echo(f"{name.replace('_', ' '):<{width}}{path}")
