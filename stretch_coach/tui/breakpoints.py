"""The sizes from which a screen gets a class, so that styles alone decide what is shown in a small terminal."""

WIDTHS: list[tuple[int, str]] = [(0, "-narrow"), (64, "-medium"), (100, "-wide")]
HEIGHTS: list[tuple[int, str]] = [(0, "-low"), (18, "-mid"), (30, "-high")]
