"""``breaks``: when the coach asks, and the day as it goes. Its commands are loaded only when they are used."""

import importlib

import click

_COMMANDS = {
    "list": "rules",
    "every": "rules",
    "at": "rules",
    "remove": "rules",
    "next": "upcoming",
    "ics": "upcoming",
    "watch": "watching",
    "start": "answering",
    "snooze": "answering",
    "skip": "answering",
    "pause": "pausing",
    "resume": "pausing",
    "install": "autostart",
    "uninstall": "autostart",
}
_NAMES = {"list": "list_", "next": "next_"}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"stretch_coach.cli.breaks.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, _NAMES.get(cmd_name, cmd_name))
        return command


@click.group(cls=_LazyGroup, invoke_without_command=True, short_help="When to ask for a break, and the day as it goes.")
@click.option("--json", "as_json", is_flag=True, help="For status bars and other programs.")
@click.pass_context
def breaks(context: click.Context, *, as_json: bool) -> None:
    """Tell how the day stands: active so far, what comes next and why, and what is held back."""
    if context.invoked_subcommand is None:
        from stretch_coach.cli.breaks.standing import show_status

        show_status(as_json=as_json)
