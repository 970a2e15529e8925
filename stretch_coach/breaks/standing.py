"""How the day of breaks stands, as commands and the app see it from outside."""

from collections import Counter
from typing import Any

from stretch_coach.breaks.files import read_json
from stretch_coach.breaks.forecast import Forecast
from stretch_coach.breaks.keeper import load_state, state_file
from stretch_coach.breaks.pause import paused_until
from stretch_coach.breaks.state import DayState
from stretch_coach.breaks.status import Status
from stretch_coach.breaks.zone import SystemZone
from stretch_coach.journal.prompts import count_answers
from stretch_coach.locking import is_locked
from stretch_coach.world import World


def is_watching(world: World) -> bool:
    """Whether a watcher runs."""
    return is_locked(world.places.breaks / "watch.lock")


def wall_seconds(world: World) -> float:
    """The instant that it is now."""
    return world.clock.wall().ms / 1000


def find_status(world: World) -> Status:
    """How it stands now."""
    zone, now = SystemZone(), wall_seconds(world)
    settings = world.settings.breaks
    watching, app_open = is_watching(world), is_locked(world.places.app_lock)
    state, _ = load_state(world.places.breaks)
    if not (watching or app_open):
        state = DayState()  # what was counted some time ago says nothing of now
    until = paused_until(world.places.breaks, now)
    upcoming = Forecast(settings, zone, world.settings.record.day_start).expect(state, now, 1, until)
    with world.history() as database:
        counts: Counter[Any] = Counter()
        for one in count_answers(database, world.today.isoformat()):
            counts[one.answer] += one.times
    about = (read_json(state_file(world.places.breaks)) or {}).get("about") if watching else None
    return Status(
        state=state,
        settings=settings,
        now=now,
        watching=watching,
        app_open=app_open,
        paused_until=until,
        upcoming=upcoming[0] if upcoming else None,
        today=counts,
        about=about or {},
    )
