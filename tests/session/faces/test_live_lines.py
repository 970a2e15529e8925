"""Line mode on a terminal: words that stay, and below them a line that counts down in place."""

import io
from collections.abc import Callable

import pytest

from stretch_coach.routine.timeline import Timeline
from stretch_coach.session.engine import Engine, SessionCommand
from stretch_coach.session.faces.lines import LiveFace
from stretch_coach.text import text_width


class Terminal(io.StringIO):
    """Keeps what was written, and knows what a terminal shows of it."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a terminal has an encoding
        """The terminal's encoding."""
        return self._encoding

    def rows(self, columns: int = 80) -> list[str]:
        """Return the rows as shown. No row may reach the last column, where some terminals wrap."""
        rows = []
        for written in self.getvalue().split("\n"):
            cells: list[str] = []
            for part in written.split("\r"):
                fresh: list[str] = []
                for character in part:
                    if text_width(character):
                        fresh += [character, *[""] * (text_width(character) - 1)]
                    else:  # shares the cell of the letter before it
                        fresh[-1] += character
                assert len(fresh) < columns
                cells[: len(fresh)] = fresh
            rows.append("".join(cells).rstrip())
        return rows


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Set the width of the terminal, which is 80 at first."""

    def set_width(columns: int) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))

    set_width(80)
    return set_width


class Live:
    """A session on a terminal.

    Args:
        timeline: What to run.
        has_keys: Whether there is a keyboard.
        encoding: The terminal's encoding.
    """

    def __init__(self, timeline: Timeline, *, has_keys: bool = True, encoding: str = "utf-8") -> None:
        self.out = Terminal(encoding)
        self.engine = Engine(timeline)
        self.face = LiveFace(self.out, has_keys=has_keys)
        self.now = 0.0
        for event in self.engine.start(0):
            self.face.show(event, self.engine, 0)

    def run(self, until: float, command: SessionCommand | None = None) -> list[str]:
        """Tick twice a second until a second, then obey a command; return what the terminal shows."""
        while self.now < until:
            self.now += 0.5
            self._advance(None)
        if command:
            self._advance(command)
        return self.out.rows()

    def _advance(self, command: SessionCommand | None) -> None:
        engine = self.engine
        for event in engine.apply(command, self.now) if command else engine.advance(self.now):
            self.face.show(event, engine, self.now)
        self.face.tick(engine, self.now)


def drawn_in_place(written: str) -> list[str]:
    """Return the texts that were written in place; the terminal may wrap the others."""
    *lines, last = written.split("\n")
    return [*(drawn for line in lines for drawn in line.split("\r")[1:-1]), *last.split("\r")[1:]]


BEGINNING = ["1/3  Chin tuck: get ready, 2 s", "     Slide your head back."]


def test_last_line_counts_down_in_place(timeline: Timeline) -> None:
    live = Live(timeline)
    assert live.run(0) == [*BEGINNING, "     0:02  get ready  ░░░░░░░░░░░░░░░░░░░░ 0%"]
    assert live.run(1) == [*BEGINNING, "     0:01  get ready  █░░░░░░░░░░░░░░░░░░░ 3%"]
    assert live.run(2)[2:] == [
        "1/3  Chin tuck: hold 1 of 2, 5 s",
        "     Chin in.",
        "     0:05  hold 1 of 2  █░░░░░░░░░░░░░░░░░░░ 6%",
    ]


def test_only_the_words_remain_at_the_end(timeline: Timeline) -> None:
    rows = Live(timeline).run(31)
    assert rows[-3:] == ["3/3  Rest, 6 s", "     Shake out your arms.", ""]
    assert len(rows) == 2 * len(timeline.segments) + 2 + 1  # with two cautions


def test_nothing_is_written_while_nothing_changes(timeline: Timeline) -> None:
    live = Live(timeline)
    live.run(2.5)
    before = live.out.getvalue()
    for _ in range(100):
        live.face.tick(live.engine, 2.5)
    assert live.out.getvalue() == before


def test_pause_says_how_to_resume(timeline: Timeline) -> None:
    live = Live(timeline)
    assert live.run(4, SessionCommand.PAUSE)[-1] == "     0:03  hold 1 of 2  Paused: space to resume, q to end"
    assert live.run(20)[-1].startswith("     0:03  hold 1 of 2")
    assert live.run(20, SessionCommand.RESUME)[-1].endswith("12%")


def test_pause_names_no_keys_without_a_keyboard(timeline: Timeline) -> None:
    assert Live(timeline, has_keys=False).run(4, SessionCommand.PAUSE)[-1].endswith("hold 1 of 2  Paused")


def test_gap_and_extension_are_lines_that_stay(timeline: Timeline) -> None:
    live = Live(timeline)
    assert live.run(1, SessionCommand.MORE)[2:] == ["     0:01  get ready  █░░░░░░░░░░░░░░░░░░░ 3%"]
    rows = live.run(4, SessionCommand.MORE)
    assert rows[4:] == ["     10 seconds more.", "     0:13  hold 1 of 2  ███░░░░░░░░░░░░░░░░░ 12%"]
    live.now = 3601
    live.run(3601.5)
    assert live.out.rows()[5:] == [
        "     Paused: the computer slept or the program was suspended for 3598 s.",
        "     0:13  hold 1 of 2  Paused: space to resume, q to end",
    ]


@pytest.mark.parametrize("columns", [10, 20, 40, 79, 200])
def test_countdown_keeps_to_one_row_at_any_width(
    timeline: Timeline, width: Callable[[int], None], columns: int
) -> None:
    width(columns)
    live = Live(timeline)
    live.run(4, SessionCommand.PAUSE)
    live.run(5, SessionCommand.RESUME)
    live.run(31)
    assert all(text_width(drawn) < columns for drawn in drawn_in_place(live.out.getvalue()))


def test_countdown_follows_a_terminal_that_gets_narrower(timeline: Timeline, width: Callable[[int], None]) -> None:
    live = Live(timeline)
    live.run(3)
    before = len(live.out.getvalue())
    width(20)
    live.run(8)
    assert all(text_width(drawn) < 20 for drawn in drawn_in_place(live.out.getvalue()[before:]))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "no-such-encoding"])
def test_bar_is_ascii_where_blocks_cannot_be_encoded(timeline: Timeline, encoding: str) -> None:
    assert Live(timeline, encoding=encoding).run(8)[-1].endswith("#####............... 25%")


def test_wide_letters_leave_nothing_behind(timeline_of: Callable[..., Timeline]) -> None:
    live = Live(timeline_of({"rest": 3, "say": "肩を回す"}))
    live.run(1, SessionCommand.PAUSE)
    assert live.run(2, SessionCommand.RESUME)[1:] == ["     肩を回す", "     0:02  rest  ███████░░░░░░░░░░░░░ 33%"]


def test_long_lines_are_wrapped_and_indented(timeline: Timeline, width: Callable[[int], None]) -> None:
    width(20)
    live = Live(timeline)
    live.run(0)
    assert live.out.rows(20)[:4] == ["1/3  Chin tuck: get", "     ready, 2 s", "     Slide your", "     head back."]


@pytest.mark.parametrize("columns", [8, 12, 20, 40])
def test_nothing_reaches_the_last_column(
    timeline_of: Callable[..., Timeline], width: Callable[[int], None], columns: int
) -> None:
    width(columns)
    live = Live(timeline_of({"rest": 3, "say": "肩を回す首を回す肩を回す首を回す Nackenmuskulatur e\u0301e\u0301"}))
    live.run(3)
    live.out.rows(columns)  # looks at every row


def test_lead_in_counts_down_in_place() -> None:
    out = Terminal()
    face = LiveFace(out, has_keys=True)
    for seconds in (10, 9):
        face.count_in(seconds)
    assert out.rows() == ["     Starting in 9"]


def test_cautions_come_with_the_first_segment_of_an_exercise(timeline: Timeline) -> None:
    assert Live(timeline).run(15)[-5:-1] == [
        "2/3  Side bend, left: get ready, 1 s",
        "     Let your right ear sink.",
        "     Caution: Stop with tingling.",
        "     Caution: Keep it small.",
    ]


def test_warning_is_above_the_countdown(timeline: Timeline) -> None:
    live = Live(timeline)
    live.run(1)
    live.face.warn("The disk is full.")
    assert live.run(1.5)[2:] == ["     The disk is full.", "     0:01  get ready  █░░░░░░░░░░░░░░░░░░░ 4%"]
