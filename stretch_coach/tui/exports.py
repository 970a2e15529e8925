"""What the app writes to files for the user: the history to keep, and the report to print or to hand over."""

from pathlib import Path

from stretch_coach.context import Context
from stretch_coach.paths import make_private_folder
from stretch_coach.routine.library import Library

_REPORT_DAYS = 84


def export_history(context: Context) -> Path:
    """Write the whole history as JSONL, which can be imported again, and return the file.

    Raises:
        CoachError: The history cannot be read, or the file cannot be written.
    """
    from stretch_coach.files import atomic_write  # noqa: PLC0415 - seldom needed
    from stretch_coach.journal.exchange.lines import write_lines  # noqa: PLC0415 - seldom needed
    from stretch_coach.journal.exchange.record_type import ExportRange  # noqa: PLC0415 - seldom needed

    file = _file(context, "history", "jsonl")
    with context.history() as database:
        database.execute("BEGIN")  # so that everything exported shows the same moment
        with atomic_write(file) as text:
            text.writelines(write_lines(database, ExportRange()))
    return file


def export_report(context: Context, library: Library) -> Path:
    """Write the report of the last twelve weeks, without notes, as a page, and return the file.

    Args:
        context: The user's folders and history.
        library: The routines, for the names of exercises.

    Raises:
        CoachError: The history cannot be read, or the file cannot be written.
    """
    from stretch_coach import __version__  # noqa: PLC0415 - seldom needed
    from stretch_coach.files import atomic_write  # noqa: PLC0415 - seldom needed
    from stretch_coach.journal.report.facts import load_report  # noqa: PLC0415 - seldom needed
    from stretch_coach.journal.report.page import PageTexts, write_report  # noqa: PLC0415 - seldom needed
    from stretch_coach.journal.statistics import range_start  # noqa: PLC0415 - seldom needed
    from stretch_coach.paths import bundled_routines  # noqa: PLC0415 - seldom needed
    from stretch_coach.routine.safety import load_safety  # noqa: PLC0415 - seldom needed

    # After its first sentence the text is advice to the user, with the keys of the app.
    intended_use = load_safety(bundled_routines()).intended_use[0]
    today = context.today
    with context.history() as database:
        database.execute("BEGIN")  # so that all numbers are from the same moment
        facts = load_report(database, range_start(_REPORT_DAYS, today), today, context.counting_rules, with_notes=False)
    file = _file(context, "report", "html")
    with atomic_write(file) as page:
        page.write(write_report(facts, PageTexts(library.exercise_names(), intended_use, today, __version__)))
    return file


def _file(context: Context, name: str, ending: str) -> Path:
    folder = context.places.data / "exports"
    make_private_folder(folder)
    return folder / f"stretch-coach-{name}-{context.today:%Y-%m-%d}.{ending}"
