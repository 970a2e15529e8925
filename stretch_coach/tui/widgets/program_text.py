"""A program as a text: what it is for, today's day of it, and its weeks."""

from collections.abc import Iterator, Mapping

from textual.content import Content

from stretch_coach.guide.programs import ProgramStatus, today_sentences, week_lines
from stretch_coach.phrasing import count
from stretch_coach.routine.program import Program

_DONE, _NOW, _AHEAD = ("✓ ", "$text-success"), ("▶ ", "$text-accent"), ("○ ", "$text-muted")


def program_text(program: Program, status: ProgramStatus | None, titles: Mapping[str, str]) -> Content:
    """Return a program as a text.

    Args:
        program: The program.
        status: Where the user is in it, or None if it is not running.
        titles: The titles of routines by id.
    """
    file = program.file
    lines = [
        Content.assemble((program.title, "bold $text-accent"), (f"  {count(program.weeks, 'week')}", "$text-muted"))
    ]
    lines += [Content(text) for text in (file.summary, file.need and f"For: {file.need}.") if text]
    if file.weekdays:
        lines.append(Content(f"Its days are {program.weekday_names}."))
    if status:
        done = f"{status.done_days} of {count(status.all_days, 'day')} done since {status.from_day}."
        today = " ".join(filter(None, today_sentences(status, titles)))
        lines += [Content(""), Content.assemble(("Today  ", "bold"), today), Content.styled(done, "$text-muted")]
    lines += _weeks(program, status, titles)
    lines += [Content(""), *(Content.styled(caution, "$text-warning") for caution in file.cautions)]
    if file.evidence:
        lines += [Content(""), Content.styled(f"Evidence {file.evidence.grade}: {file.evidence.note}", "$text-muted")]
    return Content("\n").join(lines)


def _weeks(program: Program, status: ProgramStatus | None, titles: Mapping[str, str]) -> Iterator[Content]:
    first = 1
    for week in program.file.weeks:
        last = first + week.times - 1
        name = f"Week {first}" if last == first else f"Weeks {first} to {last}"
        yield Content("")
        yield Content.assemble(*_mark(status, first, last), (f"{name}: {week.title}", "bold"))
        if week.note:
            yield Content.styled(week.note, "$text-muted")
        for which, what in week_lines(week, titles):
            yield Content(f"  {which:<12} {what}") if what else Content.styled(f"  {which}", "$text-muted")
        first = last + 1


def _mark(status: ProgramStatus | None, first: int, last: int) -> list[tuple[str, str]]:
    """Return whether weeks are done, present or ahead, as a sign; nothing of a program that is not running."""
    if status is None:
        return []
    week = status.day.week if status.day else last + 1
    return [_DONE if last < week else _NOW if first <= week else _AHEAD]
