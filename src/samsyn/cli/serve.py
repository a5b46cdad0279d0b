"""`samsyn serve`: the site on which anyone measures and compares."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import click

from samsyn.cli import installation
from samsyn.cli.manual import ManualCommand, option
from samsyn.cli.store import opened_store, storing

ANYWHERE = {"0.0.0.0", "::"}


@click.command(
    cls=ManualCommand,
    short_help="Serve the site: pages, downloads and the API.",
    examples="""
samsyn serve
samsyn serve --release sweden-2022 --port 8080
samsyn serve --host 0.0.0.0 --allow samsyn.example.org --workers 4
""",
)
@option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port.")
@option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@option("--release", metavar="NAME", help="Show this release; default the current one.")
@option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes.")
@option("--allow", metavar="HOST", multiple=True, help="Host name that readers use, if others.")
@storing
def serve(
    port: int,
    host: str,
    release: str | None,
    workers: int,
    allow: tuple[str, ...],
    store: Path | None,
) -> None:
    """Serve the releases of a store as a site, until Ctrl+C stops it.

    A release that becomes current is shown from that moment, without a restart; older ones go on
    answering at their permalinks. With --release that one is shown, whichever is current. What
    people write is kept in the folder SAMSYN_WORK, or in a PostgreSQL that SAMSYN_DATABASE names;
    what these lack is made first. The handbook says how to put it behind a proxy with https.
    """
    installation.need_packages()
    shelf = opened_store(store)
    shown = shelf.folder(release).name
    _free(host, port)
    os.environ["SAMSYN_STORE"] = str(shelf.path.absolute())
    if release is not None:
        os.environ["SAMSYN_RELEASE"] = release
    own = [] if host in ANYWHERE else [host]
    told = os.environ.get("SAMSYN_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
    os.environ["SAMSYN_HOSTS"] = ",".join(dict.fromkeys([*told, *own, *allow]))
    name = f"[{host}]" if ":" in host else host
    click.echo(f"Release {shown} at http://{name}:{port} (Ctrl+C stops)")

    from samsyn.site.preparing import prepare
    from samsyn.site.serving import serve as start

    prepare(click.echo)
    start(host, port, workers, tell=click.echo)


def _free(host: str, port: int) -> None:
    """Say now if the port cannot be had, and not after the workers have failed."""
    from samsyn.measure import InputError

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise InputError(
                f"Cannot listen at {host} port {port} ({error.strerror}): choose another --port"
            ) from error
