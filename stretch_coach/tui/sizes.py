"""From which size on a screen has which class, so that styles alone decide what is shown where there is little room."""

WIDTHS: list[tuple[int, str]] = [(0, "-narrow"), (64, "-middling"), (100, "-wide")]
HEIGHTS: list[tuple[int, str]] = [(0, "-low"), (18, "-upright"), (28, "-high")]
