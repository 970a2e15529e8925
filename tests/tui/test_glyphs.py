"""Glyphs are chosen only where the terminal is known to draw them."""

import pytest

from stretch_coach.figure.blocks import HALVES, OCTANTS, QUADRANTS, SEXTANTS, Cells
from stretch_coach.tui.glyphs import cells_for

XTERM = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(
    ("environ", "platform", "cells"),
    [
        ({}, "linux", QUADRANTS),
        (XTERM, "linux", QUADRANTS),
        ({"TERM": "linux"}, "linux", HALVES),
        ({}, "win32", HALVES),
        ({"WT_SESSION": "1"}, "win32", QUADRANTS),
        ({"TERM": "xterm-kitty"}, "linux", SEXTANTS),
        ({"TERM": "xterm-kitty", "SSH_CONNECTION": "1"}, "linux", SEXTANTS),
        ({"TERM": "foot"}, "linux", SEXTANTS),
        ({"TERM": "xterm-kitty", "TMUX": "1,2,3"}, "linux", QUADRANTS),
        ({"TERM": "screen-256color", "TERM_PROGRAM": "WezTerm"}, "linux", QUADRANTS),
        (XTERM | {"TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "20240203-110809-5046fc22"}, "darwin", SEXTANTS),
        ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty", "TERM_PROGRAM_VERSION": "1.2.3"}, "darwin", OCTANTS),
        ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty", "TERM_PROGRAM_VERSION": "1.1"}, "darwin", SEXTANTS),
        (XTERM | {"VTE_VERSION": "7600"}, "linux", SEXTANTS),
        (XTERM | {"VTE_VERSION": "8100"}, "linux", OCTANTS),
        (XTERM | {"VTE_VERSION": "8100", "SSH_CONNECTION": "1"}, "linux", QUADRANTS),
        (XTERM | {"VTE_VERSION": "8100", "TERM_PROGRAM": "vscode"}, "linux", QUADRANTS),
        (XTERM | {"VTE_VERSION": "new"}, "linux", QUADRANTS),
    ],
)
def test_cells_suit_the_terminal(environ: dict[str, str], platform: str, cells: Cells) -> None:
    assert cells_for(environ, platform) is cells
