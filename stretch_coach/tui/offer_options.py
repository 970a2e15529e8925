"""What can be chosen where one routine is expected, or several that take turns."""

from stretch_coach.breaks.titles import RoutineTitles
from stretch_coach.paths import Places
from stretch_coach.routine.library import Library
from stretch_coach.settings.choices import EVERYTHING, rotating
from stretch_coach.tags import GROUP_TITLES

_MIN_ROUTINES = 2


def offer_options(places: Places, library: Library, current: str) -> list[tuple[str, str]]:
    """Return labels with the values of the settings: the groups of routines in turn, then each routine.

    Args:
        places: The user's folders.
        library: The routines.
        current: The value that is set now. It is among the options, whatever it is.
    """
    for_everybody = [one for one in library.routines.values() if one.level == "all" and not one.locked]
    tags = [tag for tag in reversed(GROUP_TITLES) if sum(tag in one.tags for one in for_everybody) >= _MIN_ROUTINES]
    find = RoutineTitles(places).find
    rotations = [rotating([name]) for name in (*tags, EVERYTHING)]
    options = [(find(choice), choice) for choice in rotations]
    options += [(routine.title, id_) for id_, routine in library.routines.items()]
    is_known = any(value == current for _, value in options)
    return options if is_known else [(find(current), current), *options]
