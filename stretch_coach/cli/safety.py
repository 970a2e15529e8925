"""`safety`: print what the program is for, the warning signs, and when to stop."""

import signal

import click

from stretch_coach.cli.output import page


@click.command()
def safety() -> None:
    """Show what the program is for, the warning signs to check before you exercise, and when to stop."""
    from stretch_coach.cli.notice import stop_sign_lines, warning_sign_lines, wrap_prose
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.safety import load_safety

    texts = load_safety(bundled_routines())
    lines = [*texts.intended_use, texts.review, "", *warning_sign_lines(texts), "", *stop_sign_lines(texts)]
    # Ctrl+C is for the pager. If it ended this process, both the pager and the shell would read the terminal.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    page("\n".join(map(wrap_prose, lines)) + "\n")
