"""The pointer: the small file that says which release is current."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from samsyn.statistics.release.durable import write_whole

POINTER: Final = "current"


def pointed(store: Path) -> str | None:
    """The name that the pointer of a store holds; None where there is no pointer."""
    try:
        return (store / POINTER).read_text(encoding="utf-8").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None


def point(store: Path, name: str, scratch: Path | None = None) -> None:
    """Make a release current in one step; a reader sees the old name or the new.

    `scratch` is the folder that the new pointer is written in, by default the store.
    """
    write_whole(store / POINTER, f"{name}\n", scratch)
