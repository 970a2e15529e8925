"""``safety``: what this is for, the warning signs, and when to stop."""

import signal

import click


@click.command(short_help="Warning signs, and when to stop.")
def safety() -> None:
    """Show what the program is for, the warning signs to ask yourself about before exercising, and when to stop."""
    from stretch_coach.cli.notice import stop_signs, warning_signs, wrap_prose
    from stretch_coach.paths import bundled_routines
    from stretch_coach.routine.safety import load_safety

    texts = load_safety(bundled_routines())
    lines = [*texts.intended_use, texts.review, "", *warning_signs(texts), "", *stop_signs(texts)]
    # A pager takes Ctrl+C for itself; were we to end by it, the pager and the shell would both read the terminal.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    click.echo_via_pager("\n".join(map(wrap_prose, lines)) + "\n")
