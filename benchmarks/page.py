"""The page of results: a part for each section, which is kept until it is run again."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "benchmarks/RESULTS.md"
# What is made to be measured on; `make clean` takes it away with the peers.
FOLDER = ROOT / ".bench/data"
HEAD = """# Results

A section for each of `python -m benchmarks measure`, `release`, `query`, `growth`, `site`,
`reports` and `work`, made by the run whose date it has; `make bench` runs all of them.
"""


def write(name: str, body: str) -> None:
    """Put a section on the page, in the place of what it had; the others stay as they are."""
    parts = sections() | {name: body}
    text = [HEAD, *(f"## {title}\n\n{parts[title].strip()}\n" for title in parts)]
    PAGE.write_text("\n".join(text), encoding="utf-8")


def sections() -> dict[str, str]:
    """The sections of the page, in its order."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    pieces = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def made(*packages: str) -> str:
    """When, on what machine and with which versions a section is made."""
    packages = ("samsyn", *packages)
    ours = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"Made on {datetime.now(UTC):%Y-%m-%d}: {machine()}.\n"
        f"Python {platform.python_version()} with {ours}."
    )


def machine() -> str:
    """Processor, cores and system."""
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for row in info.read_text(encoding="utf-8").splitlines():
            if row.startswith("model name"):
                return row.split(":", 1)[1].strip()
    return platform.processor() or "unknown processor"


def duration(seconds: float) -> str:
    """Seconds, to three digits."""
    return f"{seconds * 1e3:.3g} ms" if seconds < 0.1 else f"{seconds:,.3g} s"


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A table of the page."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
