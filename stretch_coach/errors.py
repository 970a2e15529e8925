"""The error that is shown to the user, and how its sentence is formed."""

_VERBS = frozenset(
    ("already", "bends", "cannot", "could", "does", "ended", "exists", "has", "is", "names", "take", "was")
)


def sentence(subject: str, message: str) -> str:
    """Return what is wrong with a subject, such as `voice.rat is not a setting.`, as a sentence.

    Args:
        subject: What the message is about. One that ends with a line number is followed by a colon, as editors expect.
        message: A sentence, or the rest of one that starts with its verb.
    """
    is_line = subject.rpartition(":")[2].isdigit()
    return f"{subject} {message}" if message.partition(" ")[0] in _VERBS and not is_line else f"{subject}: {message}"


class CoachError(Exception):
    """Something the user can fix, reported on one line: where it is, what is wrong, and what to do.

    Args:
        title: Where it is: a file with line and column, a command or a setting.
        message: What is wrong, as a sentence; one about the title itself starts with its verb.
        hint: What to do about it, as a sentence; may be empty.
    """

    def __init__(self, title: str, message: str, hint: str = "") -> None:
        super().__init__(title, message, hint)
        self.title = title
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.problem} {self.hint}" if self.hint else self.problem

    @property
    def problem(self) -> str:
        """What is wrong and where, as a sentence without the hint."""
        return sentence(self.title, self.message)
