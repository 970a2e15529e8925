"""The one kind of error that a user is told about, and how it reads."""


class CoachError(Exception):
    """Something the user can put right, told in one line: where, what is wrong, and the cure.

    Args:
        title: The place: a file with line and column, a command, a setting.
        message: What is wrong there, as a sentence.
        hint: What to do about it, as a sentence; may be empty.
    """

    def __init__(self, title: str, message: str, hint: str = "") -> None:
        super().__init__(title, message, hint)
        self.title = title
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.title}:", self.message, self.hint) if part)
