"""What axe finds wrong with a page for those who do not see, hear or point as others do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
COLOURS = ["color-contrast"]  # what a change of colours can break
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@cache
def _source() -> str:
    if not AXE.exists():
        pytest.fail("axe-core is missing: run `make bundles`", pytrace=False)
    return AXE.read_text(encoding="utf-8")


def violations(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """Each breach of WCAG 2.1 AA and of good practice that axe sees: the rule, why, and where."""
    page.evaluate(_source())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", list(rules)
    )
    return [
        f"{violation['id']}: {violation['help']} ({' '.join(map(str, node['target']))})"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
