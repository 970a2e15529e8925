"""The routines as they were listed last time, which home shows while the library is being loaded."""

import json

from stretch_coach.context import Context
from stretch_coach.errors import CoachError
from stretch_coach.files import atomic_write, read_json
from stretch_coach.journal import acknowledgements
from stretch_coach.paths import make_private_folder
from stretch_coach.routine import catalogue
from stretch_coach.routine.catalogue import RoutineCard
from stretch_coach.session import first_use


def known_cards(context: Context) -> tuple[RoutineCard, ...]:
    """Return the routines that were listed last time; none if another screen has to come before home."""
    try:
        with context.history() as history:
            if acknowledgements.notice_is_due(history, context.clock.wall().ms) or first_use.is_due(history):
                return ()
    except CoachError:
        return ()
    return catalogue.from_json(read_json(context.places.catalogue))


def keep_cards(context: Context, cards: tuple[RoutineCard, ...], kept: tuple[RoutineCard, ...]) -> None:
    """Keep what the list of routines shows for the next start, if it has changed."""
    file = context.places.catalogue
    if cards != kept:
        with context.reporting_errors():
            make_private_folder(file.parent)
            with atomic_write(file, durable=False) as text:
                json.dump(catalogue.to_json(cards), text, ensure_ascii=False)
