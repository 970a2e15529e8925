"""`profile`: what you say about yourself, so that what does not suit you is left out."""

from typing import TYPE_CHECKING, Any, get_args

import click

from stretch_coach.cli.output import echo, echo_columns, echo_json
from stretch_coach.errors import CoachError
from stretch_coach.paths import find_places

if TYPE_CHECKING:
    from stretch_coach.guide.profile import Profile

_NONE = "none"
_FIELDS = ("cautions", "kit", "place")


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@click.pass_context
def profile(context: click.Context, *, as_json: bool) -> None:
    """Show your profile. What does not suit it is left out of every session, and each routine says what and why.

    It makes routines milder, not safe. It stays on this machine: no report has it, and of the exports only the ZIP.
    """
    if context.invoked_subcommand is not None:
        return
    from stretch_coach.guide.profile import load_profile

    known = load_profile(find_places().profile)
    if as_json:
        echo_json(known.model_dump(mode="json"), indent=1)
        return
    labels = _labels()
    kit = "not stated" if known.kit is None else ", ".join(known.kit) or _NONE
    echo_columns(
        [
            ("Cautions", ", ".join(labels[one] for one in known.cautions) or _NONE),
            ("Kit", kit),
            ("Place", known.place or "not stated"),
        ]
    )
    echo("\nChange it with `stretch-coach profile set`. Cautions:")
    echo_columns([(f"  {id_}", label) for id_, label in labels.items()])


@profile.command("set", short_help="Change your profile.")
@click.argument("field", type=click.Choice(_FIELDS))
@click.argument("values", nargs=-1, required=True, metavar="VALUE…")
def change(field: str, values: tuple[str, ...]) -> None:
    """Set one FIELD of your profile in place of what it was before; `none` clears it.

    cautions: what applies to you, such as osteoporosis or dizziness. kit: what you have of desk, wall, doorway,
    stable-chair, band, towel and floor. place: home, office or travel.
    """
    from stretch_coach.guide.profile import load_profile, save_profile

    file = find_places().profile
    changed = load_profile(file).model_copy(update={field: _parse(field, values)})
    try:
        save_profile(file, changed)
    except OSError as error:
        raise CoachError(str(file), f"cannot be written ({error.strerror}).", "Check the folder.") from error
    _show_effect(changed)


def _parse(field: str, values: tuple[str, ...]) -> Any:
    """Return the value of a field from the words of a command line.

    Raises:
        CoachError: A word is not known, or there are too many.
    """
    from stretch_coach.guide.profile import Caution, Kit, Spot
    from stretch_coach.phrasing import did_you_mean
    from stretch_coach.text import quoted

    words = [word for value in values for word in value.lower().split(",") if word]
    choices = get_args({"cautions": Caution, "kit": Kit, "place": Spot}[field])
    if words == [_NONE]:
        return None if field == "place" else ()
    for word in words:
        if word not in choices:
            raise CoachError(quoted(word), f"is not among the {field}.", did_you_mean(word, choices))
    if field != "place":
        return tuple(dict.fromkeys(words))
    if len(words) > 1:
        raise CoachError("place", "can only be one.", f"Write one of: {', '.join(choices)}.")
    return words[0]


def _show_effect(changed: "Profile") -> None:
    """Print which exercises the profile leaves out, and why."""
    from stretch_coach.cli.library import find_library
    from stretch_coach.guide.suitability import why_unsuitable
    from stretch_coach.paths import bundled_routines
    from stretch_coach.phrasing import count
    from stretch_coach.routine.safety import load_safety

    filters = load_safety(bundled_routines()).filters
    exercises = find_library(find_places()).exercises.values()
    reasons = [(one.name, why) for one in exercises if (why := why_unsuitable(one, changed, filters))]
    echo(f"{count(len(reasons), 'exercise')} of {len(exercises)} will be left out{':' if reasons else '.'}")
    echo_columns([(f"  {name}", why) for name, why in reasons])


def _labels() -> dict[str, str]:
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.safety import load_safety

    return {one.id: one.label for one in load_safety(bundled_routines()).filters}
