"""The script that lets a shell complete the command."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from samsyn.cli.manual import ManualCommand


@click.command(
    cls=ManualCommand,
    short_help="Print the script for completion in bash, zsh or fish.",
    examples="""
samsyn completion bash >> ~/.bashrc
samsyn completion zsh >> ~/.zshrc
samsyn completion fish > ~/.config/fish/completions/samsyn.fish
""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands, options and indices with the tab key."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}")
    # The version of bash is no concern here: whoever runs the script has it.
    script = (
        kind.source_template
        % kind(ctx.find_root().command, {}, "samsyn", "_SAMSYN_COMPLETE").source_vars()
    )
    click.echo(script)
