"""What the command palette offers at home besides the app's own: every routine, its title as text and nothing else."""

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

if TYPE_CHECKING:
    from stretch_coach.tui.screens.home import HomeScreen

_HELP = "Begin this routine"


class RoutineCommands(Provider):
    """Starts a routine. Textual's own provider takes titles for markup."""

    @property
    def _home(self) -> "HomeScreen":
        return cast("HomeScreen", self.screen)  # the only screen that names these commands

    async def discover(self) -> Hits:
        """All of them, before something is typed."""
        for routine in self._home.routines:
            title = f"Start: {routine.title}"
            yield DiscoveryHit(Content(title), partial(self._home.want, routine), text=title, help=_HELP)

    async def search(self, query: str) -> Hits:
        """Those that fit, with what fits in them marked."""
        matcher = self.matcher(query)
        for routine in self._home.routines:
            title = f"Start: {routine.title}"
            score, places = matcher.fuzzy_search.match(query, title)
            if score > 0:
                words = Content(title)
                for place in places:
                    words = words.stylize(matcher.match_style, place, place + 1)
                yield Hit(score, words, partial(self._home.want, routine), text=title, help=_HELP)
