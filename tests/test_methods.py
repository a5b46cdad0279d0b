"""Every public function of measure is explained on a methods page, and every page is reachable."""

import inspect
import re
from pathlib import Path

from samsyn import measure

PAGES = Path(__file__).resolve().parents[1] / "docs/methods"


def test_every_public_function_has_its_heading_on_one_page():
    headings: list[str] = []
    for page in PAGES.glob("*.md"):
        found = re.findall(r"^### (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        headings += [name for line in found for name in re.findall(r"`(\w+)`", line)]
    functions = [name for name in measure.__all__ if inspect.isfunction(getattr(measure, name))]
    internal = {"tabulate"}
    missing = sorted(set(functions) - set(headings) - internal)
    twice = sorted(name for name in set(headings) if headings.count(name) > 1)
    assert (missing, twice) == ([], [])


def test_every_methods_page_is_in_the_index_and_the_other_way_round():
    named = re.findall(r"\]\((\S+\.md)\)", (PAGES / "README.md").read_text(encoding="utf-8"))
    there = {page.name for page in PAGES.glob("*.md")} - {"README.md"}
    assert set(named) == there
