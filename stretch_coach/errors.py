"""The error that is shown to the user."""


class CoachError(Exception):
    """Something the user can fix, reported on one line: where it is, what is wrong, and what to do.

    Args:
        title: Where it is: a file with line and column, a command or a setting.
        message: What is wrong, as a sentence that continues the title.
        hint: What to do about it, as a sentence; may be empty.
    """

    def __init__(self, title: str, message: str, hint: str = "") -> None:
        super().__init__(title, message, hint)
        self.title = title
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.title}:", self.message, self.hint) if part)
