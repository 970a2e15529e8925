"""The coach's own themes; every theme of Textual can be chosen too."""

from textual.theme import Theme

DARK = Theme(
    name="coach-dark",
    dark=True,
    background="#12151c",
    surface="#1a1f29",
    panel="#232b38",
    foreground="#dfe4ec",
    primary="#4a9fc4",
    secondary="#8fa3bf",
    accent="#7fd6c2",
    warning="#f0b35a",
    error="#ef6f66",
    success="#86c98a",
    variables={
        "footer-key-foreground": "#f0b35a",
        "button-focus-text-style": "bold underline",
        "border": "#2f3a4a",
        "input-selection-background": "#4a9fc4 35%",
    },
)

LIGHT = Theme(
    name="coach-light",
    dark=False,
    background="#faf8f3",
    surface="#f2eee6",
    panel="#e7e1d5",
    foreground="#242a33",
    primary="#1f6f94",
    secondary="#5b6878",
    accent="#0d7a68",
    warning="#9a5b00",
    error="#b3261e",
    success="#2e7d32",
    variables={
        "footer-key-foreground": "#9a5b00",
        "button-focus-text-style": "bold underline",
        "border": "#cfc6b5",
        "input-selection-background": "#1f6f94 25%",
    },
)

THEMES = (DARK, LIGHT)
