"""The `quorate` command's table of contents."""

from __future__ import annotations

import typer

from quorate.cli import (
    acting,
    checking,
    demonstrating,
    docs,
    founding,
    importing,
    leaving,
    rules,
    serving,
)

app = typer.Typer(
    name="quorate",
    help="Membership organisations run their own democracy on it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("new")(founding.new)
app.command("serve")(serving.serve)
app.command("act")(acting.act)
app.command("import")(importing.import_)
app.command("export")(leaving.export)
app.command("verify")(checking.verify)
app.command("demo")(demonstrating.demo)
app.command("docs")(docs.docs)
app.add_typer(checking.receipts, name="receipt")
app.add_typer(rules.app, name="rules")


def main() -> None:
    """The entry point."""
    app()
