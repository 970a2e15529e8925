"""Notices are shown by whatever there is, and by something better once there is."""

import itertools

from stretch_coach.breaks.notify.choose import PrompterChoice
from stretch_coach.breaks.prompt import Choice, Notice, PromptError
from stretch_coach.breaks.showing import Showing

NOTICE = Notice("Time for a break", "Micro break.")
MISSING = PromptError("notifications", "there is no service.")


class Board:
    """Shows notices, unless it fails."""

    def __init__(self, name: str = "board") -> None:
        self.name = name
        self.shown: list[Notice] = []
        self.fails = False
        self.is_open = True

    def show(self, notice: Notice) -> None:
        """Remember it."""
        if self.fails:
            raise MISSING
        self.shown.append(notice)

    def withdraw(self) -> None:
        """Forget it."""
        self.shown.clear()

    def answers(self) -> list[Choice]:
        """None, or that it is gone."""
        if self.fails:
            raise MISSING
        return []

    def can_answer(self) -> bool:
        """It can."""
        return True

    def descriptors(self) -> list[int]:
        """None."""
        return []

    def close(self) -> None:
        """It is gone."""
        self.is_open = False


def test_a_notice_is_shown_anew_where_what_showed_it_is_lost() -> None:
    boards = [Board(), Board()]
    left = iter(boards)
    showing = Showing(lambda: PrompterChoice(next(left)))
    showing.show(lambda _: NOTICE, 0.0)
    boards[0].fails = True
    assert showing.answers(1.0) == []
    assert not boards[0].is_open
    assert showing.trouble
    assert showing.wait_seconds(1.0) == 2.0
    showing.keep_up(2.0)
    assert boards[1].shown == []
    showing.keep_up(3.0)
    assert boards[1].shown == [NOTICE]
    assert showing.trouble == ""
    assert showing.wait_seconds(3.0) is None


def test_a_makeshift_gives_way_to_something_better_and_is_not_shown_twice() -> None:
    makeshift, other, better = Board("makeshift"), Board("other"), Board("better")
    left = iter([PrompterChoice(makeshift, MISSING), PrompterChoice(other, MISSING), PrompterChoice(better)])
    showing = Showing(lambda: next(left))
    showing.show(lambda _: NOTICE, 0.0)
    showing.keep_up(2.0)
    assert (makeshift.shown, other.shown, other.is_open) == ([NOTICE], [], False)
    showing.keep_up(6.0)
    assert (better.shown, makeshift.is_open, showing.name) == ([NOTICE], False, "better")


def test_what_fails_is_tried_less_and_less_often() -> None:
    tries = []

    def fail() -> PrompterChoice:
        tries.append(now)
        raise MISSING

    showing = Showing(fail)
    for now in range(3600):
        showing.keep_up(float(now))
    distances = [later - earlier for earlier, later in itertools.pairwise(tries)]
    assert distances == sorted(distances)
    assert distances[-1] == 300
