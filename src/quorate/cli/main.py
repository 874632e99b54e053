"""The `quorate` command's table of contents.

A command's module is imported when that command is called: counting a ward does not wait for the
whole democracy to load.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

COMMANDS = {
    "new": "founding:new",
    "serve": "serving:serve",
    "act": "acting:act",
    "import": "importing:import_",
    "export": "leaving:export",
    "backup": "backing_up:backup",
    "restore": "restoring:restore",
    "verify": "checking:verify",
    "entries": "reading:entries",
    "demo": "demonstrating:demo",
    "count": "counting:count",
    "ballots": "ballots:app",
    "docs": "docs:docs",
    "receipt": "checking:receipts",
    "key": "keys:app",
    "witness": "witnessing:app",
    "mirror": "mirroring:mirror",
    "rules": "rules:app",
}
"""Name → module below quorate.cli, and the function or group of commands in it."""


class _Table(TyperGroup):
    """The commands in the order of COMMANDS, each imported when it is asked for.

    A context and a command are Any: their classes are click's in one version of typer, its own in
    the next.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(f"quorate.cli.{module}"), attribute)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            alone.command(cmd_name)(found)
            found = alone
        command = get_command(found)
        command.name = cmd_name
        return command


app = typer.Typer(
    name="quorate",
    cls=_Table,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _quorate() -> None:
    """Membership organisations run their own democracy on it."""


def main() -> None:
    """The entry point."""
    app()
