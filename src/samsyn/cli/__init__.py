"""Floor 6, the command samsyn: files in, tables out."""

from samsyn.cli.door import main

__all__ = ["main"]
