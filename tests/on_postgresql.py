"""Runs pytest with PostgreSQL in place of SQLite: `python -m tests.on_postgresql tests/people`.

The database is a cluster of this run's own, which is gone afterwards. Where there is no PostgreSQL
it says so and ends well, but not on a build server.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests.postgresql import cluster, programs


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments; its exit status."""
    binaries = programs()
    if binaries is None:
        sys.stderr.write("PostgreSQL is missing (make postgresql): tests ran on SQLite only\n")
        return 1 if os.environ.get("CI") else 0
    with cluster(binaries) as running:
        told = f"postgresql://{running.user}@/{running.database}?host={running.host}"
        environment = {**os.environ, "SAMSYN_DATABASE": told}
        command = [sys.executable, "-m", "pytest", *arguments]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
