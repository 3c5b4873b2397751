"""govsite completion: a script that completes commands and options in a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from govsite.cli.words import SpeakingCommand


@click.command("completion", cls=SpeakingCommand, help="cli.completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print the script for one shell, to be sourced from its start-up file."""
    kind = get_completion_class(shell)
    if kind is not None:
        root = ctx.find_root().command
        click.echo(kind(root, {}, "govsite", "_GOVSITE_COMPLETE").source())
    return 0
