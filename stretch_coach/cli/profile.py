"""`profile`: what you say about yourself, so that what does not suit you is left out."""

from typing import TYPE_CHECKING, Any, get_args

import click

from stretch_coach.cli.output import echo, echo_columns, echo_json
from stretch_coach.errors import CoachError
from stretch_coach.paths import find_places

if TYPE_CHECKING:
    from stretch_coach.guide.profile import Profile

_NONE = "none"
_FIELDS = ("cautions", "kit", "place", "goal", "minutes")
_ONLY_ONE = ("place", "goal", "minutes")


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
    from stretch_coach.guide.profile import GOAL_NAMES
    from stretch_coach.phrasing import count

    labels = _labels()
    kit = "not stated" if known.kit is None else ", ".join(known.kit) or _NONE
    echo_columns(
        [
            ("Cautions", ", ".join(labels[one] for one in known.cautions) or _NONE),
            ("Kit", kit),
            ("Place", known.place or "not stated"),
            ("Goal", GOAL_NAMES[known.goal] if known.goal else "not stated"),
            ("Time a day", count(known.minutes_a_day, "minute") if known.minutes_a_day else "not stated"),
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
    stable-chair, band, towel and floor. place: home, office or travel. goal: ease, strength, move or unwind.
    minutes: how many you want to spend on a day, 1 to 60.
    """
    from stretch_coach.guide.profile import load_profile, save_profile

    file = find_places().profile
    name = "minutes_a_day" if field == "minutes" else field
    changed = load_profile(file).model_copy(update={name: _parse(field, values)})
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
    from stretch_coach.guide.profile import Caution, Goal, Kit, Spot
    from stretch_coach.phrasing import did_you_mean
    from stretch_coach.text import quoted

    words = [word for value in values for word in value.lower().split(",") if word]
    if words == [_NONE]:
        return None if field in _ONLY_ONE else ()
    if field == "minutes":
        return _parse_minutes(words)
    choices = get_args({"cautions": Caution, "kit": Kit, "place": Spot, "goal": Goal}[field])
    for word in words:
        if word not in choices:
            among = f"is not a {field}." if field in _ONLY_ONE else f"is not among the {field}."
            raise CoachError(quoted(word), among, did_you_mean(word, choices))
    if field not in _ONLY_ONE:
        return tuple(dict.fromkeys(words))
    if len(words) > 1:
        raise CoachError(field, "can only be one.", f"Write one of: {', '.join(choices)}.")
    return words[0]


def _parse_minutes(words: list[str]) -> int:
    """Return the minutes a day.

    Raises:
        CoachError: They are not a whole number in range.
    """
    from stretch_coach.guide.profile import MOST_MINUTES_A_DAY
    from stretch_coach.text import quoted

    word = " ".join(words)
    number = int(word) if word.isascii() and word.isdigit() and len(word) <= len(str(MOST_MINUTES_A_DAY)) else 0
    if not 1 <= number <= MOST_MINUTES_A_DAY:
        raise CoachError(quoted(word), "is not a number of minutes.", f"Write one from 1 to {MOST_MINUTES_A_DAY}.")
    return number


def _show_effect(changed: "Profile") -> None:
    """Print which exercises the profile leaves out, and why."""
    from stretch_coach.cli.library import find_library
    from stretch_coach.guide.profile_effect import MILDER, find_effect
    from stretch_coach.guide.suitability import Suitability
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.safety import load_safety

    suits = Suitability(changed, load_safety(bundled_routines()).filters)
    effect = find_effect(suits, find_library(find_places()))
    echo(f"{effect.sentence}{':' if effect.left_out else '.'}")
    echo_columns([(f"  {name}", why) for name, why in effect.left_out])
    if effect.without:
        echo("Nothing is left of these routines:")
        echo_columns([(f"  {title}", why) for title, why in effect.without])
    if effect.left_out:
        echo(MILDER)


def _labels() -> dict[str, str]:
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.safety import load_safety

    return {one.id: one.label for one in load_safety(bundled_routines()).filters}
