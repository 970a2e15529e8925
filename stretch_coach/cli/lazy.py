"""A group of commands that loads a command's module only when the command is run."""

import importlib
from collections.abc import Mapping

import click


class LazyGroup(click.Group):
    """A group that shows its help without loading any of its commands.

    Args:
        package: The package of the commands' modules.
        table: For each command, its module in the package and its line in the group's help. The module defines the
            command under its own name, followed by an underscore where the name is a keyword or a built-in of Python.
    """

    def __init__(self, *args: object, package: str, table: Mapping[str, tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what click passes on
        self._package = package
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the table."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Load and return the command with this name, or None if there is none."""
        if cmd_name not in self._table:
            return None
        module = importlib.import_module(f"{self._package}.{self._table[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_", None) or getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the table's lines."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self._table.items()])
