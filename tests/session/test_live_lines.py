"""Line mode on a terminal: words that stay, and below them one line that counts down in place."""

import io
from collections.abc import Callable

import pytest

from stretch_coach.cells import text_width
from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.engine import Command, Engine
from stretch_coach.session.lines import LiveFace


class Terminal(io.StringIO):
    """Keeps what was written, and can say what a terminal shows of it."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a terminal has one
        """What the terminal understands."""
        return self._encoding

    def rows(self, columns: int = 80) -> list[str]:
        """The rows as they stand. No row may reach the last column, where some terminals break it."""
        rows = []
        for written in self.getvalue().split("\n"):
            cells: list[str] = []
            for part in written.split("\r"):
                fresh: list[str] = []
                for character in part:
                    if text_width(character):
                        fresh += [character, *[""] * (text_width(character) - 1)]
                    else:  # stands in the cell of the letter before it
                        fresh[-1] += character
                assert len(fresh) < columns
                cells[: len(fresh)] = fresh
            rows.append("".join(cells).rstrip())
        return rows


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Make the terminal so many columns wide; 80 unless done."""

    def set_width(columns: int) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))

    set_width(80)
    return set_width


class Live:
    """A session on a terminal."""

    def __init__(self, timeline: Timeline, *, can_resume: bool = True, encoding: str = "utf-8") -> None:
        self.out = Terminal(encoding)
        self.engine = Engine(timeline)
        self.face = LiveFace(self.out, can_resume=can_resume)
        self.now = 0.0
        for event in self.engine.start(0):
            self.face.show(event, self.engine, 0)

    def go(self, until: float, command: Command | None = None) -> list[str]:
        """Look twice a second until then, then command something; what the terminal shows."""
        while self.now < until:
            self.now += 0.5
            self._tell(None)
        if command:
            self._tell(command)
        return self.out.rows()

    def _tell(self, command: Command | None) -> None:
        engine = self.engine
        for event in engine.apply(command, self.now) if command else engine.advance(self.now):
            self.face.show(event, engine, self.now)
        self.face.look(engine, self.now)


def drawn_in_place(written: str) -> list[str]:
    """All that was written over itself; the words that stay are the terminal's to break."""
    *lines, last = written.split("\n")
    return [*(drawn for line in lines for drawn in line.split("\r")[1:-1]), *last.split("\r")[1:]]


BEGINNING = ["1/3  Chin tuck: get ready, 2 s", "     Slide your head back."]


def test_the_last_line_counts_down_in_place(timeline: Timeline) -> None:
    live = Live(timeline)
    assert live.go(0) == [*BEGINNING, "     0:02  get ready  ░░░░░░░░░░░░░░░░░░░░ 0%"]
    assert live.go(1) == [*BEGINNING, "     0:01  get ready  █░░░░░░░░░░░░░░░░░░░ 3%"]
    assert live.go(2)[2:] == [
        "1/3  Chin tuck: hold 1 of 2, 5 s",
        "     Chin in.",
        "     0:05  hold 1 of 2  █░░░░░░░░░░░░░░░░░░░ 6%",
    ]


def test_at_the_end_only_the_words_are_left(timeline: Timeline) -> None:
    rows = Live(timeline).go(31)
    assert rows[-3:] == ["3/3  Rest, 6 s", "     Shake out your arms.", ""]
    assert len(rows) == 2 * len(timeline.segments) + 1


def test_nothing_is_written_while_nothing_changes(timeline: Timeline) -> None:
    live = Live(timeline)
    live.go(2.5)
    before = live.out.getvalue()
    for _ in range(100):
        live.face.look(live.engine, 2.5)
    assert live.out.getvalue() == before


def test_a_pause_is_a_word_and_says_how_to_go_on(timeline: Timeline) -> None:
    live = Live(timeline)
    assert live.go(4, Command.PAUSE)[-1].endswith("12%  Paused: space goes on, q ends")
    assert live.go(20)[-1].startswith("     0:03  hold 1 of 2")
    assert live.go(20, Command.RESUME)[-1].endswith("12%")


def test_where_nobody_can_type_no_keys_are_named(timeline: Timeline) -> None:
    assert Live(timeline, can_resume=False).go(4, Command.PAUSE)[-1].endswith("%  Paused")


def test_a_gap_and_more_time_are_told_in_lines_that_stay(timeline: Timeline) -> None:
    live = Live(timeline)
    rows = live.go(1, Command.MORE)
    assert rows[2:] == ["     10 seconds more.", "     0:11  get ready  █░░░░░░░░░░░░░░░░░░░ 3%"]
    live.now = 3601
    live.go(3601.5)
    assert live.out.rows()[3:] == [
        "     Paused, because nothing happened for 3600 seconds (sleep, or stopped).",
        "     0:11  get ready  █░░░░░░░░░░░░░░░░░░░ 3%  Paused: space goes on, q ends",
    ]


@pytest.mark.parametrize("columns", [10, 20, 40, 79, 200])
def test_the_countdown_keeps_to_one_row_of_any_width(
    timeline: Timeline, width: Callable[[int], None], columns: int
) -> None:
    width(columns)
    live = Live(timeline)
    live.go(4, Command.PAUSE)
    live.go(5, Command.RESUME)
    live.go(31)
    assert all(text_width(drawn) < columns for drawn in drawn_in_place(live.out.getvalue()))


def test_a_terminal_made_narrower_is_not_written_over_its_edge(
    timeline: Timeline, width: Callable[[int], None]
) -> None:
    live = Live(timeline)
    live.go(3)
    before = len(live.out.getvalue())
    width(20)
    live.go(8)
    assert all(text_width(drawn) < 20 for drawn in drawn_in_place(live.out.getvalue()[before:]))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "no-such-encoding"])
def test_where_the_bar_cannot_be_written_signs_do_for_it(timeline: Timeline, encoding: str) -> None:
    assert Live(timeline, encoding=encoding).go(8)[-1].endswith("#####............... 25%")


def test_wide_letters_leave_nothing_behind(timeline_of: Callable[..., Timeline]) -> None:
    live = Live(timeline_of({"rest": 3, "say": "肩を回す"}))
    live.go(1, Command.PAUSE)
    assert live.go(2, Command.RESUME)[1:] == ["     肩を回す", "     0:02  rest  ███████░░░░░░░░░░░░░ 33%"]


def test_words_and_headings_are_broken_between_words_and_indented(
    timeline: Timeline, width: Callable[[int], None]
) -> None:
    width(20)
    live = Live(timeline)
    live.go(0)
    assert live.out.rows(20)[:4] == ["1/3  Chin tuck: get", "     ready, 2 s", "     Slide your", "     head back."]


@pytest.mark.parametrize("columns", [8, 12, 20, 40])
def test_nothing_that_is_written_reaches_the_last_column(
    timeline_of: Callable[..., Timeline], width: Callable[[int], None], columns: int
) -> None:
    width(columns)
    live = Live(timeline_of({"rest": 3, "say": "肩を回す首を回す肩を回す首を回す Nackenmuskulatur e\u0301e\u0301"}))
    live.go(3)
    live.out.rows(columns)  # looks at every row


def test_trouble_is_told_above_the_countdown(timeline: Timeline) -> None:
    live = Live(timeline)
    live.go(1)
    live.face.warn("The disk is full.")
    assert live.go(1.5)[2:] == ["     The disk is full.", "     0:01  get ready  █░░░░░░░░░░░░░░░░░░░ 4%"]
