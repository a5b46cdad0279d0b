"""Run the benchmarks and write what came out into benchmarks/RESULTS.md.

    make bench                                all sections, about two hours and a half
    .venv/bin/python -m benchmarks release    one section, or several; the page keeps the others
    .venv/bin/python -m benchmarks import     the mathematics whose title has a word; prints only

The sections are measure (the mathematics), release (building one from the national files), query
(asking one), growth (1, 10 and 100 million observations; needs 12 GB of memory and 25 GB of disk),
site (pages and answers under load, an hour of it; needs Chromium), reports (documents of places,
all 290 municipalities) and work (people who write at once, and long lists; needs PostgreSQL). Each
module says with what.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks import growth, mathematics, page, query, release, reports, site, work

SECTIONS: dict[str, Callable[[], str]] = {
    "measure": mathematics.run,
    "release": release.run,
    "query": query.run,
    "growth": growth.run,
    "site": site.run,
    "reports": reports.run,
    "work": work.run,
}


def main(words: list[str]) -> None:
    """Measure the sections that are named, or all; or print single rows of the mathematics."""
    if set(words) <= set(SECTIONS):
        for name in words or SECTIONS:
            body = SECTIONS[name]()
            print(f"## {name}\n\n{body}\n", flush=True)
            if not body.startswith("Tried"):
                page.write(name, body)
    elif any(word in title for word in words for title in mathematics.titles()):
        print(mathematics.run(words))
    else:
        there = "\n  ".join([*SECTIONS, *mathematics.titles()])
        sys.exit(f"there is no such section or benchmark; there are:\n  {there}")


if __name__ == "__main__":
    main(sys.argv[1:])
