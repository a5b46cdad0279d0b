"""The option that says where the releases are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.cli.manual import F, option

if TYPE_CHECKING:
    from samsyn.statistics.release.store import Store

STORE = "Where the releases are"


def storing(command: F) -> F:
    """The option --store, handed to the command as `store`: a path, or None for the default."""
    return option(
        "--store",
        type=click.Path(path_type=Path),
        metavar="DIR",
        envvar="SAMSYN_STORE",
        subject=STORE,
        help="Folder of the releases; default SAMSYN_STORE, else the user's data folder.",
    )(command)


def opened_store(store: Path | None) -> Store:
    """The store that --store names; it need not be there yet."""
    from samsyn.statistics.release.store import Store

    return Store.at(store)
