"""`breaks`: the rules by which the coach asks for breaks, and how the day is going."""

import click

from stretch_coach.cli.lazy import LazyGroup

_COMMANDS = {
    "list": ("rule_commands", "List the rules."),
    "every": ("rule_commands", "Ask after minutes at the screen."),
    "at": ("rule_commands", "Ask at times of day."),
    "remove": ("rule_commands", "Remove a rule."),
    "ics": ("rule_commands", "Write the times of day as a calendar."),
    "next": ("day_commands", "Show when prompts are expected."),
    "start": ("day_commands", "Take the break that is offered."),
    "snooze": ("day_commands", "Be asked again later."),
    "skip": ("day_commands", "Skip this break."),
    "pause": ("day_commands", "Pause all prompts for a while."),
    "resume": ("day_commands", "End a pause."),
    "watch": ("watcher_commands", "Watch, and ask at the right moment."),
    "install": ("watcher_commands", "Start the watcher at login."),
    "uninstall": ("watcher_commands", "Don't start the watcher at login."),
}


@click.group(cls=LazyGroup, package="stretch_coach.cli.breaks", table=_COMMANDS, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for status bars and other programs.")
@click.pass_context
def breaks(context: click.Context, *, as_json: bool) -> None:
    """Show how the day is going: time at the screen, the next break, and why a prompt is deferred."""
    if context.invoked_subcommand is None:
        from stretch_coach.cli.breaks.day_commands import show_status

        show_status(as_json=as_json)
