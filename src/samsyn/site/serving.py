"""The site as a running server: Granian with its workers, one port, production settings."""

from __future__ import annotations

import os
from typing import Final

WORKERS: Final = 2


def serve(host: str, port: int, workers: int = WORKERS) -> None:
    """Serve until stopped. What is shown is told by the environment: see the settings."""
    # Django and Polars must first be touched in the workers: neither survives a fork.
    from granian import Granian
    from granian.constants import Interfaces

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.site.settings")
    Granian(
        "samsyn.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        backpressure=128,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()
