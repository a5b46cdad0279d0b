"""Where work is measured: in fresh interpreters, ours in .venv and the peers' in .bench.

PySAL's segregation 2.6 needs Python 3.12: where that is not the project's Python, name one with
BENCH_PYTHON=/usr/bin/python3.12.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from benchmarks.page import ROOT

UV = ROOT / ".tools/bin/uv"
OURS, PEERS = ROOT / ".venv", ROOT / ".bench"
PACKAGES = [
    "segregation>=2.5.4", "equipop==1.62.1", "geopandas", "openpyxl>=3.1", "django>=5.2,<5.3",
    "datasette>=0.65",
]  # fmt: skip


def make_peers() -> None:
    """The peers' own environment, made once, and again when other packages are wanted."""
    ready, wanted = PEERS / ".ready", "\n".join(PACKAGES)
    if ready.exists() and ready.read_text(encoding="utf-8") == wanted:
        return
    python = os.environ.get("BENCH_PYTHON") or str(OURS / "bin/python")
    if not (PEERS / "bin/python").exists():
        # What was made to be measured on stays.
        allow = ["--allow-existing"] if PEERS.exists() else []
        subprocess.run([UV, "venv", "--quiet", *allow, "--python", python, PEERS], check=True)
    install = [UV, "pip", "install", "--quiet", "--python", PEERS / "bin/python"]
    subprocess.run([*install, *PACKAGES], check=True)
    ready.write_text(wanted, encoding="utf-8")


def peer_versions(*names: str) -> str:
    """The versions of peers and of their Python, as a page says them."""
    code = (
        "import sys; from importlib.metadata import version as v;"
        "print(', '.join(f'{n} {v(n)}' for n in sys.argv[1:]), 'on Python', sys.version.split()[0])"
    )
    command = [PEERS / "bin/python", "-c", code, *names]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def timed(environment: Path, module: str, work: str, **settings: object) -> dict[str, object]:
    """The figures of a piece of work, done in a fresh interpreter of an environment.

    `settings` reach the work as variables of its environment.
    """
    command = [environment / "bin/python", "-m", "benchmarks.timing", f"benchmarks.{module}", work]
    told = {name: str(value) for name, value in settings.items()}
    ran = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | told
    )
    last = ran.stdout.strip().splitlines()[-1:] or [""]
    if last[0].startswith("{"):
        figures: dict[str, object] = json.loads(last[0])
        return figures
    tail = ran.stderr.strip().splitlines()[-1:] or [f"exit {ran.returncode}"]
    return {"error": tail[0]}
