"""A PostgreSQL of the tests' own: a cluster in a temporary folder, reached by a socket in it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

USER = "samsyn"
# Tests lose nothing when the computer stops, and so need not wait for its disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
WAIT_SECONDS = 30


@dataclass(frozen=True)
class Cluster:
    """A running cluster. Everybody who can open its folder is let in."""

    host: str  # the folder of the socket
    user: str = USER
    database: str = "postgres"

    @property
    def conninfo(self) -> str:
        """How psycopg and libpq are told of it."""
        return f"host={self.host} user={self.user} dbname={self.database}"


def programs() -> Path | None:
    """The folder of the newest PostgreSQL's server programs, if there is any."""
    # Debian keeps them off PATH, one folder for each version.
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: [int(part) for part in path.parts[4].split(".") if part.isdecimal()],
    )
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def _account() -> dict[str, Any]:
    """Whom the server runs as: it refuses to be root, who has to choose somebody else."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _wait_for(server: subprocess.Popen[bytes], ready: list[str | Path], log: Path) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while subprocess.run(ready, check=False, capture_output=True).returncode != 0:
        if server.poll() is not None or time.monotonic() > end:
            said = log.read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"PostgreSQL did not start:\n{said}")
        time.sleep(0.05)


@contextmanager
def cluster(binaries: Path, told: Mapping[str, str] = SETTINGS) -> Iterator[Cluster]:
    """Starts a new cluster with these settings, and stops and removes it afterwards."""
    account = _account()
    # Not in pytest's folder, which nobody else may enter; a socket's path has to be short, too.
    folder = Path(tempfile.mkdtemp(prefix="samsyn-postgresql-"))
    if account:
        os.chown(folder, account["user"], account["group"])
    log = folder / "log"
    try:
        subprocess.run(
            [
                binaries / "initdb", "--pgdata", folder / "data", "--username", USER,
                "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
            ],
            check=True, stdout=subprocess.DEVNULL, cwd=folder, **account,
        )  # fmt: skip
        options = [part for name, value in told.items() for part in ("-c", f"{name}={value}")]
        with (
            log.open("wb") as output,
            subprocess.Popen(
                [binaries / "postgres", "-D", folder / "data", "-k", folder, *options],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder, **account,
            ) as server,
        ):  # fmt: skip
            try:
                _wait_for(server, [binaries / "pg_isready", "-q", "-h", folder], log)
                yield Cluster(host=str(folder))
            finally:
                server.send_signal(signal.SIGINT)  # what is connected is told to go
    finally:
        shutil.rmtree(folder, ignore_errors=True)
